"""What of the story a platform tells by itself, as it would post it: the fake writes the body, nobody is asked."""

from collections.abc import Callable, Mapping

from tresen.channels.feeds import Told
from tresen.channels.meta.account import FACEBOOK, INSTAGRAM
from tresen.channels.sms.signing import MESSAGE, STATUS
from tresen.channels.webhooks import ACCOUNT
from tresen.fakes.meta import webhooks as of_pages
from tresen.fakes.meta.platform import FakeMeta
from tresen.fakes.sales import Letter
from tresen.fakes.sms import webhooks as of_messages
from tresen.fakes.whatsapp import NUMBER
from tresen.fakes.whatsapp import webhooks as of_numbers
from tresen.fakes.world import World
from tresen.local.demo.platforms.talks import comment_of, letter_of, talk_of
from tresen.local.demo.tale.happenings import Answered, Arrived, Beside, Happening, Plot, Wrote

_PAGES = {"facebook": FACEBOOK, "instagram": INSTAGRAM}
_HERE = "https://tresen.example/hooks/"
"""Signed besides, and forgotten: nobody proves what the demo tells."""


def told_by_webhook(plot: Plot, happening: Happening) -> Told:
    """What one POST tells of this. Raises LookupError for what no platform tells."""
    told = _ON[plot.thread.store.channel](plot, happening)
    if told is None:
        raise LookupError(f"{happening} is told by no webhook.")
    return told


def _by_page(plot: Plot, happening: Happening) -> Told | None:
    talk = talk_of(plot)
    fake = FakeMeta(world=World(clock=lambda: happening.at), of=_PAGES[plot.thread.store.channel])
    comment, letter = comment_of(plot, happening), letter_of(plot, happening)
    if comment is not None:
        entry = of_pages.of_comment(fake, comment)
    elif letter is not None:
        about_story = isinstance(happening, Wrote) and happening.beside is Beside.STORY
        story = f"https://pictures.example/story-{plot.thread.product.item}.jpg" if about_story else ""
        entry = of_pages.of_letter(fake, letter, person=talk.buyer.key, story=story)
    elif isinstance(happening, Arrived):
        entry = of_pages.of_arrival(fake, _ours(plot, happening), person=talk.buyer.key, at=happening.at)
    else:
        return None
    return Told(about=fake.of.object, body=of_pages.delivered(fake, [entry]).body, headers={ACCOUNT: fake.account})


def _by_number(plot: Plot, happening: Happening) -> Told | None:
    letter = letter_of(plot, happening)
    if letter is not None:
        change = of_numbers.of_letter(letter, person=talk_of(plot).buyer)
    elif isinstance(happening, Arrived):
        change = of_numbers.of_status(_ours(plot, happening), "read", at=happening.at)
    else:
        return None
    return Told(about="whatsapp_business_account", body=of_numbers.delivered([change]).body, headers={ACCOUNT: NUMBER})


def _by_twilio(plot: Plot, happening: Happening) -> Told | None:
    letter, person = letter_of(plot, happening), talk_of(plot).buyer.key
    if letter is not None:
        return _posted(MESSAGE, of_messages.of_letter(letter, person=person))
    if isinstance(happening, Arrived):
        return _posted(STATUS, of_messages.of_status(_ours(plot, happening), "delivered", person=person))
    return None


def _posted(about: str, form: dict[str, str]) -> Told:
    return Told(about=about, body=of_messages.posted(form, to=_HERE).body)


def _ours(plot: Plot, arrived: Arrived) -> Letter:
    """Our newest answer before that."""
    before = plot.happenings[: plot.happenings.index(arrived)]
    newest = next(one for one in reversed(before) if isinstance(one, Answered))
    letter = letter_of(plot, newest)
    assert letter is not None  # it was sent
    return letter


_ON: Mapping[str, Callable[[Plot, Happening], Told | None]] = {
    "facebook": _by_page,
    "instagram": _by_page,
    "whatsapp": _by_number,
    "sms": _by_twilio,
}
HOOKED = frozenset(_ON)
"""The channels whose matters are told so."""
