"""What a connector is: the one page to read before writing a channel.

All of it is plain frozen values. A connector opens no socket and reads no setting of its own: what it may touch is
handed to it as `StoreAccess`. What comes in stands in `inbound`, what goes out in `outbound`, the platform's law in
`rule_packs`; all their names can be imported from here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tresen.channels.answer_ways import AnswerWay
from tresen.channels.approved_templates import ApprovedTemplate, TemplateDoor
from tresen.channels.back_offices import BackOffice, Seat
from tresen.channels.connections import Connection
from tresen.channels.erasure import ErasureRequest
from tresen.channels.feeds import Feed, Stopped
from tresen.channels.figures import Figure, FigureDoor
from tresen.channels.files import FetchFile, FileBrought, FileNotHad, InboundAttachment, InboundFile
from tresen.channels.inbound import (
    REPLY_BY_EMAIL_UNVERIFIED,
    Deadline,
    DeliveryNotice,
    Ignored,
    Inbound,
    InboundMessage,
    NoticeKind,
    OwnAnswer,
    PlatformLink,
    PlatformNotice,
    RawPayload,
    ReplyBy,
    Role,
    Source,
    StoreView,
    ThreadKey,
    ThreadKeyKind,
    Unreadable,
)
from tresen.channels.limits import Author
from tresen.channels.order_door import ActionOffer, OrderAction, OrderDoor
from tresen.channels.outbound import (
    Later,
    MailTransport,
    OutboundAttachment,
    OutboundMessage,
    Refused,
    SendResult,
    Sent,
    StoreAccess,
    TemplateUse,
    Uncertain,
)
from tresen.channels.quiet_hours import QuietHours
from tresen.channels.readers import Readers
from tresen.channels.receipts import Receipt, Stage
from tresen.channels.rule_packs import Cliff, NoResponse, RulePack, RulePacks, Unit
from tresen.channels.senders import IdentityKind, Sender
from tresen.channels.setup_fields import SetupField
from tresen.channels.starting import StartDoor
from tresen.channels.surfaces import Surface
from tresen.channels.webhooks import WebhookDoor
from tresen.mail.parsed import Automatic, MailHeaders, ParsedMail, Verdict

__all__ = [
    "REPLY_BY_EMAIL_UNVERIFIED",
    "AnswerWay",
    "ApprovedTemplate",
    "Author",
    "Automatic",
    "BackOffice",
    "Claim",
    "Cliff",
    "Connection",
    "Connector",
    "Deadline",
    "DeliveryNotice",
    "ErasureRequest",
    "Feed",
    "FetchFile",
    "Figure",
    "FigureDoor",
    "FileBrought",
    "FileNotHad",
    "IdentityKind",
    "Ignored",
    "Inbound",
    "InboundAttachment",
    "InboundFile",
    "InboundMessage",
    "Later",
    "Look",
    "MailHeaders",
    "MailTransport",
    "NoResponse",
    "NoticeKind",
    "OutboundAttachment",
    "OutboundMessage",
    "OwnAnswer",
    "ParsedMail",
    "PlatformLink",
    "PlatformNotice",
    "RawPayload",
    "Readers",
    "Receipt",
    "Refused",
    "ReplyBy",
    "Role",
    "RulePack",
    "RulePacks",
    "Seat",
    "SendResult",
    "Sender",
    "Sent",
    "SetupField",
    "Source",
    "Stage",
    "Stopped",
    "StoreAccess",
    "StoreView",
    "Surface",
    "TemplateDoor",
    "TemplateUse",
    "ThreadKey",
    "ThreadKeyKind",
    "Uncertain",
    "Unit",
    "Unreadable",
    "Verdict",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A connector says: this mail is mine. `marketplace` narrows the store where the mail itself tells it."""

    channel: str
    marketplace: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the channel is told apart by eye: a short mark, an OKLCH hue, an icon's name."""

    mark: str
    hue: int
    icon: str = "store"


@dataclass(frozen=True, kw_only=True)
class Connector:
    """Our code for one channel. `key` is stored in rows and never renamed.

    `rule_packs` holds the platform's dated rules: `rule_packs.at(instant)` is the edition in force. `relay`: the
    platform passes our mail on and reads it, so nothing of ours but the answer may be in it. `takes_forms`: a public
    form of ours writes to its stores. `for_trying`: it reaches nobody, so only a demo or a developer chooses it.
    `short_subject` gives a subject without the channel's own words, for lists that show the order (its second argument,
    empty where there is none) and the customer beside it. `back_office` is where sellers work by hand, and answer
    cases. `order_id_pattern` is a regular expression of the channel's order numbers. `takes_files`: answers may have
    files. `connection`: the platform has an interface, and this is how a store is let in; `feeds` are what it is asked
    for again and again, `order` and `actions` what it offers for one order, `reasons` what its words for why goods or
    money went back mean, `webhooks` how it tells us by itself. `find_sent` reads the platform after nobody knew whether
    it took an answer: Sent, None where it is not there, or why that could not be read. `start`: conversations can be
    begun; `unasked`: why nothing may be sent to its buyers that they did not ask for, no first message and nothing
    automatic. `fetch_file` brings what messages say lies at the platform. `readers`: an answer into a thread says whom
    it is for. `templates`: words that it takes when it takes no free ones. `ways`: how answers leave where a person
    chooses that, by where the conversation is held. `quiet`: the hours in which nothing unasked leaves to a number, by
    the connection's settings. `figures`: the platform itself tells how it judges the store. `operator`: whose interface
    it is, where the channel's title does not say.
    """

    key: str
    title: str
    look: Look
    parse: Callable[[RawPayload], Sequence[Inbound]]
    rule_packs: RulePacks
    send: Callable[[OutboundMessage, StoreAccess], SendResult] | None = None
    claims: Callable[[MailHeaders], Claim | None] | None = None
    marketplaces: tuple[tuple[str, str], ...] = ()
    setup_fields: tuple[SetupField, ...] = ()
    relay: bool = False
    takes_forms: bool = False
    for_trying: bool = False
    reply_subject: Callable[[str], str] | None = None
    short_subject: Callable[[str, str], str] | None = None
    max_reply_length: int | None = None
    takes_files: bool = True
    order_id_pattern: str | None = None
    back_office: BackOffice | None = None
    connection: Connection | None = None
    feeds: tuple[Feed, ...] = ()
    order: OrderDoor | None = None
    actions: Mapping[OrderAction, ActionOffer] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    webhooks: WebhookDoor | None = None
    find_sent: Callable[[OutboundMessage, StoreAccess], Sent | Stopped | None] | None = None
    start: StartDoor | None = None
    unasked: str = ""
    fetch_file: FetchFile | None = None
    readers: Readers | None = None
    templates: TemplateDoor | None = None
    ways: Mapping[Surface, tuple[AnswerWay, ...]] = field(default_factory=dict)
    quiet: Callable[[str, Mapping[str, str]], QuietHours | None] | None = None
    figures: FigureDoor | None = None
    operator: str = ""

    def rule_pack_at(self, instant: datetime, marketplace: str = "") -> RulePack:
        """The platform's rules in force at `instant`, of a marketplace with rules of its own if one is given."""
        return self.rule_packs.at(instant, marketplace)
