"""What one raw payload can mean: the values a connector's `parse` takes and gives.

Sizes are characters, times are aware and in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from tresen.channels.cases import CaseNews
from tresen.channels.consent import ConsentWord
from tresen.channels.erasure import ErasureRequest
from tresen.channels.files import InboundAttachment, InboundFile
from tresen.channels.limits import Author
from tresen.channels.order_news import OrderNamed, OrderSnapshot, ReturnNotice, StockNotice
from tresen.channels.receipts import Receipt
from tresen.channels.senders import Sender
from tresen.channels.surfaces import Surface
from tresen.mail.parsed import Automatic, ParsedMail, Verdict


class Source(StrEnum):
    """The door a payload came through."""

    MAIL = "mail"
    FORM = "form"
    API = "api"
    """We asked the platform's interface."""
    WEBHOOK = "webhook"
    """The platform told us by itself."""
    CONSOLE = "console"
    BY_HAND = "by_hand"


class Role(StrEnum):
    """Whom a conversation is held with."""

    BUYER = "buyer"
    OPERATOR = "operator"
    THIRD_PARTY = "third_party"
    PLATFORM = "platform"


class ThreadKeyKind(StrEnum):
    """What can tie a message to a conversation. Only `CASE` and `THREAD` are the platform's own word."""

    CASE = "case"
    THREAD = "thread"
    REFERENCE = "reference"
    ORDER = "order"
    BUYER = "buyer"


class NoticeKind(StrEnum):
    """What a platform's own notice says. Named after what happened."""

    A_TO_Z_OPENED = "a_to_z_opened"
    A_TO_Z_ASKED = "a_to_z_asked"
    A_TO_Z_DECIDED = "a_to_z_decided"
    CHARGEBACK_OPENED = "chargeback_opened"
    CHARGEBACK_DECIDED = "chargeback_decided"
    RETURN_AUTHORISED = "return_authorised"
    RETURN_REQUESTED = "return_requested"
    REFUND_ISSUED = "refund_issued"
    CANCELLATION_REQUESTED = "cancellation_requested"
    CANCELLED = "cancelled"
    ITEM_NOT_RECEIVED_OPENED = "item_not_received_opened"
    NOT_AS_DESCRIBED_OPENED = "not_as_described_opened"
    CASE_ESCALATED = "case_escalated"
    CASE_CLOSED = "case_closed"
    DELIVERY_FAILED_BUYER_OPTED_OUT = "delivery_failed_buyer_opted_out"
    DELIVERY_FAILED = "delivery_failed"
    POLICY_WARNING = "policy_warning"
    NEGATIVE_FEEDBACK = "negative_feedback"
    OTHER = "other"


class ReplyBy(StrEnum):
    """How an answer should leave. `THREAD`: by the platform's interface, into the thread of the message's `THREAD` key.

    `PLATFORM`: on the platform's own pages, by hand. `CHAT`: into our chat while its writer is there, else by mail.
    `BY_HAND`: not from here at all; what was answered is logged.
    """

    CHAT = "chat"
    EMAIL = "email"
    EMAIL_NEW_THREAD = "email_new_thread"
    THREAD = "thread"
    PLATFORM = "platform"
    BY_HAND = "by_hand"


# In `extra` of a message whose answer belongs on the platform: mail to `reply_to` is a second way that may work.
REPLY_BY_EMAIL_UNVERIFIED = "reply_by_email_unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadKey:
    """One tie between a message and its conversation, compared by equality inside one store."""

    kind: ThreadKeyKind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreView:
    """What a connector may know of a store: no row, no credentials.

    `addresses` are those the store is written to at; a "+tag" or an own address tells it from its siblings in the
    same mailbox. `order_id_pattern` is a regular expression of this shop's order numbers, where the channel leaves
    them to the shop.
    """

    id: int
    channel: str
    marketplace: str
    addresses: tuple[str, ...] = ()
    order_id_pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPayload:
    """The bytes as they came, and for mail their parts.

    `received_at` is the server's word (INTERNALDATE), not the sender's; `number` is ours and stays when the bytes have
    expired. `about` says what was asked or told, in the connector's words ("orders", "orders/updated"), and `headers`
    what was said beside the bytes, by names in lower case; both are empty for mail.
    """

    number: int
    source: Source
    body: bytes
    received_at: datetime
    recorded_at: datetime
    store: StoreView | None = None
    mail: ParsedMail | None = None
    about: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformLink:
    """A link of the platform's frame that is worth keeping, e.g. "no_response_needed". Never fetched by machine."""

    kind: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A date or span that a mail of the platform states, in its own words in `stated`.

    `at` is an instant, `on` a day without an hour in the platform's own zone, `amount` with `unit` (calendar_days,
    business_days, hours) a span from `starts` (mail_date, information_request). `conditional`: it begins only with a
    later request.
    """

    stated: str
    conditional: bool = False
    at: datetime | None = None
    on: date | None = None
    amount: int | None = None
    unit: str | None = None
    starts: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """A person's words to us. `text` is exactly theirs, without frame and footer; `full_text` keeps all of it.

    `occurred_at` is the start the clocks count from; `expects_answer` is false for automatic mail. `deadline` is what
    the mail's frame says, which may be older than the platform's rule: it is shown, the rule pack counts. `readers` are
    those that an answer into its thread can be for, where its platform lets one choose.
    """

    external_id: str | None
    sender: Sender
    occurred_at: datetime
    subject: str
    text: str
    full_text: str = ""
    html: str = ""
    role: Role = Role.BUYER
    automatic: Automatic = Automatic.NO
    expects_answer: bool = True
    reply_by: ReplyBy = ReplyBy.EMAIL
    reply_reference: str = ""
    marketplace: str | None = None
    thread_keys: tuple[ThreadKey, ...] = ()
    order_ids: tuple[str, ...] = ()
    item_ids: tuple[str, ...] = ()
    attachments: tuple[InboundAttachment, ...] = ()
    files: tuple[InboundFile, ...] = ()
    links: tuple[PlatformLink, ...] = ()
    deadline: Deadline | None = None
    authenticated: Verdict = Verdict.NONE
    claimed_at: datetime | None = None
    readers: tuple[Role, ...] = ()
    surface: Surface = Surface.DIRECT
    problems: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """A copy of an answer we gave elsewhere (Seller Central, eBay's app). It discharges at `occurred_at`.

    `role` is whom it went to. What went to several is one copy for each: `number` is the platform's of all of them.
    `author`: a platform's chatbot answers for a seller too, which counts only where its rules say so.
    """

    external_id: str | None
    occurred_at: datetime
    text: str
    html: str = ""
    subject: str = ""
    buyer_name: str = ""
    recipient: str = ""
    marketplace: str | None = None
    order_ids: tuple[str, ...] = ()
    thread_keys: tuple[ThreadKey, ...] = ()
    problems: tuple[str, ...] = ()
    role: Role = Role.BUYER
    attachments: tuple[InboundAttachment, ...] = ()
    number: str = ""
    surface: Surface = Surface.DIRECT
    author: Author = Author.PERSON
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformNotice:
    """The platform's own word about an order: no conversation, never owed an answer in the thread.

    `case` is what it says of a claim, chargeback or request that has a deadline of its own.
    """

    external_id: str | None
    kind: NoticeKind
    occurred_at: datetime
    subject: str
    text: str
    html: str = ""
    marketplace: str | None = None
    order_ids: tuple[str, ...] = ()
    item_ids: tuple[str, ...] = ()
    buyer_name: str = ""
    deadline: Deadline | None = None
    case: CaseNews | None = None
    links: tuple[PlatformLink, ...] = ()
    authenticated: Verdict = Verdict.NONE
    problems: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNotice:
    """What a mail server says of one of our answers, found again by `message_id`, else by order and address.

    `permanent`: it came back. Otherwise it is late, arrived or was read: shown, and nothing is taken back. So is what
    names no Message-ID and has not `authenticated`: anybody can write "Undeliverable" and a buyer's address.
    """

    external_id: str | None
    occurred_at: datetime
    message_id: str | None
    recipient: str
    permanent: bool
    reason: str
    status: str = ""
    subject: str = ""
    text: str = ""
    order_ids: tuple[str, ...] = ()
    authenticated: Verdict = Verdict.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """Understood, and nothing to do. `reason` is a key for the interface."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Not understood. It becomes an entry that people see, with what could be read."""

    reason: str
    subject: str = ""
    sender: str = ""
    excerpt: str = ""


OrderNews = OrderNamed | OrderSnapshot | ReturnNotice | StockNotice
Wordless = OrderNews | ErasureRequest | Receipt | ConsentWord
"""What is no message, and stands in no conversation."""
Inbound = InboundMessage | OwnAnswer | PlatformNotice | DeliveryNotice | Wordless | Ignored | Unreadable
