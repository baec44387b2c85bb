"""A reply as the mail it leaves in. Pure: the same values give the same bytes."""

from datetime import datetime

from tresen.channels.contract import OutboundMessage, Refused, SendResult, StoreAccess
from tresen.mail import quoting
from tresen.mail.composing import OutgoingFile, OutgoingMail, compose, reply_subject
from tresen.mail.parsed import Address


def relayed_answer(message: OutboundMessage, *, at: datetime, text: str | None = None) -> bytes:
    """For a platform's relay: no marks of ours and no quoted history, which would snowball there.

    `text` replaces the message's own where the platform wants something added. Raises ValueError for an address or id
    that is none.
    """
    return compose(_mail(message, at=at, text=text if text is not None else message.text))


def direct_answer(message: OutboundMessage, *, at: datetime) -> bytes:
    """For a person's own mailbox: what is answered stands quoted below. Raises ValueError like `relayed_answer`."""
    return compose(_mail(message, at=at, text=message.text, quoted=_quoted(message), marks_loops=True))


def fresh_mail(message: OutboundMessage, *, at: datetime) -> bytes:
    """For somebody who wrote by form: a mail of its own, for there is none to refer to. Raises ValueError likewise."""
    return compose(_mail(message, at=at, text=message.text, threaded=False, marks_loops=True))


def mail_after_chat(message: OutboundMessage, *, at: datetime) -> bytes:
    """The same for somebody who has left a chat: what he wrote there is quoted. Raises ValueError likewise."""
    quoted = _quoted(message)
    return compose(_mail(message, at=at, text=message.text, quoted=quoted, threaded=False, marks_loops=True))


def first_mail(message: OutboundMessage, *, at: datetime) -> bytes:
    """For somebody who has not written: a subject without "Re:". Raises ValueError likewise."""
    return compose(_mail(message, at=at, text=message.text, threaded=False, marks_loops=True, answers=False))


def letter(message: OutboundMessage, *, at: datetime) -> bytes:
    """For a partner: the subject as it stands, and no quotes. Raises ValueError like `relayed_answer`."""
    return compose(_mail(message, at=at, text=message.text, marks_loops=True, answers=False))


def hand_over(message: OutboundMessage, raw: bytes, access: StoreAccess) -> SendResult:
    """Give the finished mail to the store's mail server."""
    return access.mail.send(raw, sender=message.sender, recipient=message.recipient)


def not_sendable(trouble: ValueError) -> Refused:
    """What a person must mend before the mail can leave."""
    return Refused(reason=str(trouble))


def _quoted(message: OutboundMessage) -> str:
    if not message.quoted.strip():
        return ""
    return quoting.quoted(message.quoted, introduction=f"{message.recipient_name or message.recipient}:")


def _mail(
    message: OutboundMessage,
    *,
    at: datetime,
    text: str,
    threaded: bool = True,
    quoted: str = "",
    marks_loops: bool = False,
    answers: bool = True,
) -> OutgoingMail:
    return OutgoingMail(
        message_id=message.idempotency_key,
        sender=Address(email=message.sender, name=message.sender_name),
        recipient=Address(email=message.recipient, name=message.recipient_name),
        subject=reply_subject(message.subject) if answers else message.subject,
        text=text,
        at=at,
        in_reply_to=message.in_reply_to if threaded else None,
        references=message.references if threaded else (),
        quoted=quoted,
        files=tuple(
            OutgoingFile(name=file.name, content_type=file.content_type, content=file.content)
            for file in message.attachments
        ),
        marks_loops=marks_loops,
    )
