"""What every message that came by mail carries, whatever the platform."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypedDict

from tresen.channels.contract import (
    Automatic,
    DeliveryNotice,
    Inbound,
    InboundAttachment,
    ParsedMail,
    RawPayload,
    ThreadKey,
    ThreadKeyKind,
    Unreadable,
    Verdict,
)
from tresen.channels.mailed.hosts import local_of
from tresen.mail.parsed import FailedRecipient

MAX_REFERENCES = 50
THE_FIRST = datetime(1995, 1, 1, tzinfo=UTC)
"""No marketplace is older. A server that lost its clock stamps 1970, and there working time can't be counted."""
_DAEMONS = frozenset({"mailer-daemon", "postmaster"})


class Arrival(TypedDict):
    """The fields that are the same for every value made from one mail."""

    external_id: str | None
    occurred_at: datetime
    subject: str


class Envelope(Arrival):
    """The fields that are the same for every message made from one mail."""

    html: str
    full_text: str
    attachments: tuple[InboundAttachment, ...]
    authenticated: Verdict
    claimed_at: datetime | None


def occurred_at(payload: RawPayload) -> datetime:
    """When the message reached our side: the trusted receiver's stamp, never later than we recorded it.

    Never before there were marketplaces either.
    """
    stamped = payload.mail.received_at if payload.mail else None
    return max(THE_FIRST, min(stamped or payload.received_at, payload.recorded_at)).astimezone(UTC)


def arrival(payload: RawPayload, mail: ParsedMail) -> Arrival:
    """What a notice, an answer or a bounce takes over from its mail."""
    return Arrival(external_id=mail.headers.message_id, occurred_at=occurred_at(payload), subject=mail.headers.subject)


def envelope(payload: RawPayload, mail: ParsedMail) -> Envelope:
    """What a message takes over from its mail."""
    return Envelope(
        **arrival(payload, mail),
        html=mail.html,
        full_text=mail.text,
        attachments=attachments(mail),
        authenticated=mail.headers.authenticated,
        claimed_at=mail.headers.claimed_at,
    )


def attachments(mail: ParsedMail) -> tuple[InboundAttachment, ...]:
    """The files of a mail."""
    return tuple(
        InboundAttachment(
            name=file.name,
            content_type=file.content_type,
            content=file.content,
            content_id=file.content_id,
            inline=file.inline,
        )
        for file in mail.attachments
    )


def reference_keys(mail: ParsedMail) -> tuple[ThreadKey, ...]:
    """The mails this one answers to, nearest first."""
    named = (*mail.headers.in_reply_to, *reversed(mail.headers.references))
    return keys(ThreadKeyKind.REFERENCE, list(unique(named))[:MAX_REFERENCES])


def keys(kind: ThreadKeyKind, values: Iterable[str]) -> tuple[ThreadKey, ...]:
    """One key for each value that is not empty."""
    return tuple(ThreadKey(kind=kind, value=value) for value in values if value)


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The values without repeats, in the order of their first coming."""
    return tuple(dict.fromkeys(values))


def not_a_mail(payload: RawPayload) -> tuple[Unreadable]:
    """What a mail-borne channel says of something else."""
    return (Unreadable(reason="not_a_mail", excerpt=payload.body[:200].decode("utf-8", "replace")),)


def relayed_delivery_notices(payload: RawPayload, mail: ParsedMail) -> tuple[Inbound, ...]:
    """The same on a platform's hosts, where only a server's own report counts: a buyer may write of failed delivery."""
    local = local_of(mail.headers.sender.email) if mail.headers.sender else ""
    reported = mail.headers.get("content-type").strip().lower().startswith("multipart/report")
    return delivery_notices(payload, mail) if reported or local in _DAEMONS else ()


def delivery_notices(payload: RawPayload, mail: ParsedMail) -> tuple[Inbound, ...]:
    """What a report says of our answers: came back, late, arrived, read; nothing where the mail is no report."""
    report = mail.report
    if report is None:
        return ()
    recipients = report.recipients
    if not recipients:
        # A letter of old that names nobody, or nothing went wrong: our id alone must find the answer.
        bounced = mail.headers.automatic is Automatic.BOUNCE
        recipients = (FailedRecipient(email="", reason=mail.headers.subject, permanent=bounced),)
    return tuple(
        DeliveryNotice(
            **arrival(payload, mail),
            message_id=report.message_id,
            recipient=recipient.email,
            permanent=recipient.permanent,
            reason=recipient.reason,
            status=recipient.status,
            text=mail.text,
            authenticated=mail.headers.authenticated,
        )
        for recipient in recipients
    )
