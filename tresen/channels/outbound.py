"""How a reply leaves a connector, what can come of it, and all that a connector may touch on the way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tresen.channels.http import HttpClient
from tresen.channels.limits import Author

THREAD = "thread"
"""Among what a message keeps besides its words (`InboundMessage.extra`): the platform's thread that it came in, where a
conversation of ours may hold several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundAttachment:
    """A file that leaves with a reply."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateUse:
    """A message that the platform has approved, with what is filled in: names and values in their order."""

    name: str
    language: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """A reply on its way out. `idempotency_key` is fixed before the first attempt; for mail it is the Message-ID.

    `thread` is the platform's id of the conversation, empty where it came by mail; `to` says for whom it is where a
    platform's thread has more than the buyer (buyer, operator). `since`: when it was first tried. `author` wrote it.
    `window` is the key of the channel's window through which it leaves, empty where the channel has none; `way` how it
    leaves where an agent had to choose (`AnswerWay`). `template`: these words are an approved template's.
    """

    idempotency_key: str
    recipient: str
    recipient_name: str
    sender: str
    sender_name: str
    subject: str
    text: str
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    reply_reference: str = ""
    quoted: str = ""
    thread: str = ""
    to: tuple[str, ...] = ()
    since: datetime | None = None
    item_ids: tuple[str, ...] = ()
    order_ids: tuple[str, ...] = ()
    attachments: tuple[OutboundAttachment, ...] = ()
    author: Author = Author.PERSON
    window: str = ""
    way: str = ""
    template: TemplateUse | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Accepted at `at`, the platform's time (mail: our time of the 250). `provisional`: a bounce may take it back.

    `thread` is the platform's id of a conversation that began with it, where it tells one. `parts`: the ids of what
    left beside it and belongs to it, a file that is a message of its own there.
    """

    external_id: str
    at: datetime
    answer: str = ""
    thread: str = ""
    provisional: bool = False
    parts: tuple[str, ...] = ()


NOT_CLOSED = "not_closed"
"""The answer of a `Sent` that was to close its conversation at the platform, too, and did not as far as we know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A passing trouble: try again after `after`. `held`: no trouble, only an allowance that is free again by then."""

    after: timedelta
    reason: str
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A person must act. `reason` is the platform's own words."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """Nobody knows whether it was taken. Never resent by machine. `parts`: what of it surely was."""

    reason: str
    parts: tuple[str, ...] = ()


SendResult = Sent | Later | Refused | Uncertain


class MailTransport(Protocol):
    """Sends one mail in a transaction of ours."""

    def send(self, message: bytes, *, sender: str, recipient: str) -> SendResult:
        """One SMTP transaction for one recipient; broken transports come back as `Later`, `Refused` or `Uncertain`."""


class StoreAccess(Protocol):
    """All that a connector may touch."""

    marketplace: str
    mail: MailTransport
    http: HttpClient

    @property
    def webhook(self) -> str:
        """The store's own whole address, at which its platform tells by itself."""

    def secret(self, name: str) -> str:
        """The store's sealed credential `name`, opened. Raises LookupError where none is kept."""

    def setting(self, name: str) -> str:
        """What was entered under `name` when the store was connected; empty where nothing was."""
