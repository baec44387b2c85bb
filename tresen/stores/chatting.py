"""The chat of a website store: whether there is one, how it looks, and how long it waits for whom."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.stores.models import Store
from tresen.stores.wording import Problem, SetupWrong

LONGEST_TITLE = 60
LONGEST_GREETING = 300
MOST_SECONDS = 600
MOST_MINUTES = 60
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSettings:
    """What a store says of its chat. Empty `title` and `greeting`: the widget's own words, in the visitor's language.

    `colour`: "#rrggbb". A chat that nobody took for `take_within` seconds, and one whose newest message nobody answered
    for `answer_within` minutes, goes to the queue; a visitor without a sign of life for `left_after` minutes has left.
    """

    on: bool = False
    title: str = ""
    greeting: str = ""
    colour: str = "#1f6f5c"
    take_within: int = 60
    answer_within: int = 5
    left_after: int = 3

    @property
    def round_lasts(self) -> timedelta:
        """How long a chat is offered round."""
        return timedelta(seconds=self.take_within)

    @property
    def answered_within(self) -> timedelta:
        """How long whoever has taken a chat may leave a message unanswered."""
        return timedelta(minutes=self.answer_within)

    @property
    def gone_after(self) -> timedelta:
        """How long a page may be silent before its visitor counts as gone."""
        return timedelta(minutes=self.left_after)


def chat_of(store: Store) -> ChatSettings:
    """The store's chat; one that is off while nothing was said of it."""
    kept = store.settings.get("chat")
    return ChatSettings(**kept) if isinstance(kept, Mapping) else ChatSettings()


@transaction.atomic
def set_chat(store_id: int, chat: ChatSettings, *, by: Actor, at: datetime) -> None:
    """Say how the store's chat is from now. Raises SetupWrong."""
    chat = ChatSettings(
        on=chat.on,
        title=" ".join(chat.title.split()),
        greeting=" ".join(chat.greeting.split()),
        colour=chat.colour.strip().lower(),
        take_within=chat.take_within,
        answer_within=chat.answer_within,
        left_after=chat.left_after,
    )
    if problems := list(_problems(chat)):
        raise SetupWrong(problems)
    store = Store.objects.select_for_update().get(pk=store_id)
    kept = asdict(chat)
    if store.settings.get("chat") != kept:
        store.settings = {**store.settings, "chat": kept}
        store.save(update_fields=["settings"])
        record_change(f"store:{store_id}", "chat_changed", by=by, at=at, details={"on": chat.on})


def _problems(chat: ChatSettings) -> list[Problem]:
    found = []
    if not _COLOUR.fullmatch(chat.colour):
        found.append(Problem("colour", _("Write the colour like #1f6f5c.")))
    for name, text, most in (("title", chat.title, LONGEST_TITLE), ("greeting", chat.greeting, LONGEST_GREETING)):
        if len(text) > most:
            found.append(Problem(name, _("At most %(most)s characters.") % {"most": most}))
    spans = (
        ("take_within", chat.take_within, 10, MOST_SECONDS),
        ("answer_within", chat.answer_within, 1, MOST_MINUTES),
        ("left_after", chat.left_after, 1, MOST_MINUTES),
    )
    for name, number, least, most in spans:
        if not least <= number <= most:
            words = {"least": least, "most": most}
            found.append(Problem(name, _("Enter a number between %(least)s and %(most)s.") % words))
    return found
