"""A mail taken apart: plain values that the connectors read.

Everything is text that PostgreSQL can store (no NUL, no lone surrogate), every time is aware and in UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What our own receiver's Authentication-Results say of the sender's domain (RFC 8601)."""

    PASS = "pass"  # noqa: S105 - a verdict
    FAIL = "fail"
    NONE = "none"


class Automatic(StrEnum):
    """Why a mail is not a person's words (RFC 3834, RFC 3464 and the habits of desks and list servers)."""

    NO = "no"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    DELIVERY_REPORT = "delivery_report"
    MAILING_LIST = "mailing_list"
    LOOP = "loop"


class Problem(StrEnum):
    """What of a mail could not be read whole: keys for the interface."""

    NOT_READ_WHOLE = "not_read_whole"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    READER_CRASHED = "reader_crashed"
    TOO_NESTED = "too_nested"
    TOO_MANY_PARTS = "too_many_parts"
    MONSTROUS_HEADER = "monstrous_header"
    HEADERS_DAMAGED = "headers_damaged"
    NO_SENDER = "no_sender"
    DATE_UNREADABLE = "date_unreadable"
    PARTS_MISSING = "parts_missing"
    CHARSET_GUESSED = "charset_guessed"
    ENCODING_DAMAGED = "encoding_damaged"
    HTML_SIMPLIFIED = "html_simplified"
    TEXT_CUT = "text_cut"
    WINMAIL = "winmail"
    ENCRYPTED = "encrypted"
    NO_CONTENT = "no_content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One mailbox of a header: `name` as shown, `email` lower-cased at the domain."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailHeaders:
    """The headers a connector may judge by. `everything` keeps all of them, names lower-cased, in order.

    Only Authentication-Results that our own receiver did not write are left out.
    `message_id`, `in_reply_to` and `references` stand without angle brackets.
    """

    sender: Address | None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()
    subject: str = ""
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    claimed_at: datetime | None = None
    authenticated: Verdict = Verdict.NONE
    automatic: Automatic = Automatic.NO
    everything: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """The first value of the header `name` (any case), or an empty text."""
        wanted = name.lower()
        return next((value for key, value in self.everything if key == wanted), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAttachment:
    """A file that came with the mail. `content_id` without its angle brackets; `inline` = shown inside the text."""

    name: str
    content_type: str
    content: bytes
    content_id: str | None = None
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRecipient:
    """One recipient of a delivery report (RFC 3464). `status` like "5.1.1".

    Permanent when the server gave up, which it may also do with a status of 4.… at the end of its patience.
    """

    email: str
    status: str = ""
    reason: str = ""
    permanent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a bounce says: about which of our messages, and who did not get it."""

    message_id: str | None
    recipients: tuple[FailedRecipient, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMail:
    """A whole mail. `text` is what a person reads (HTML turned into text where no plain part stands).

    `problems` names, in keys for the interface, what could not be read whole; `received_at` is the stamp of the
    first trusted receiver, else None (then the server's INTERNALDATE counts).
    """

    headers: MailHeaders
    text: str = ""
    html: str = ""
    attachments: Sequence[MailAttachment] = ()
    report: DeliveryReport | None = None
    received_at: datetime | None = None
    problems: tuple[str, ...] = field(default=())
