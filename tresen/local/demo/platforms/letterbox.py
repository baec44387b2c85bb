"""What our mails become at the other end: a marketplace's relay puts them into its conversation, others lie here."""

from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from werkzeug.wrappers import Request, Response

from tresen.fakes.sales import Buyer, By, Talk
from tresen.fakes.world import World

LETTERBOX = "mail"
"""The name of its page."""


@dataclass(slots=True, kw_only=True)
class Letterbox:
    """The inboxes of all who write by ordinary mail, as one page; it is no platform and answers nothing."""

    world: World
    title: str = "E-mail"

    def answer(self, request: Request) -> Response:
        """Nobody can ask it anything."""
        del request
        return Response("There is no interface here.", status=404, mimetype="text/plain")

    def too_many(self) -> Response:
        """As ever."""
        return Response(status=429)

    def broken(self) -> Response:
        """As ever."""
        return Response(status=500)


def deliver(raw: bytes, recipient: str, *, relays: Iterable[World], letterbox: World) -> None:
    """Put a mail of ours where its recipient reads it: in his newest conversation at a platform, else in his inbox."""
    mail = message_from_bytes(raw, policy=policy.default)
    files = tuple((part.get_filename() or "", len(part.get_content())) for part in mail.iter_attachments())
    subject = str(mail["Subject"] or "")
    for world in relays:
        with world.alone():
            talks = [talk for talk in world.talks.values() if talk.buyer.email == recipient]
            if talks:
                newest = max(talks, key=lambda one: max(letter.at for letter in one.letters))
                world.write(newest.id, by=By.SELLER, text=_text(mail), to=(By.BUYER,), subject=subject, files=files)
                return
    with letterbox.alone():
        if recipient not in letterbox.talks:
            buyer = Buyer(key=recipient, name=recipient, email=recipient)
            letterbox.begin(Talk(id=recipient, buyer=buyer, topic=subject))
        letterbox.write(recipient, by=By.SELLER, text=_text(mail), to=(By.BUYER,), subject=subject, files=files)


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain", "html"))
    return str(body.get_content()).strip() if body else ""
