"""What a connector understood, brought into the one shape that filing works on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from tresen.channels.consent import ConsentWord
from tresen.channels.contract import (
    DeliveryNotice,
    IdentityKind,
    InboundAttachment,
    InboundFile,
    InboundMessage,
    OwnAnswer,
    PlatformLink,
    PlatformNotice,
    ReplyBy,
    Role,
    Surface,
    ThreadKey,
    ThreadKeyKind,
    Unreadable,
)
from tresen.channels.erasure import ErasureRequest
from tresen.channels.inbound import Wordless
from tresen.channels.order_news import OrderNamed, OrderSnapshot, ReturnNotice, StockNotice
from tresen.channels.receipts import Receipt
from tresen.customers.matching import IdentityKey, identity_key
from tresen.duties.news import case_facts
from tresen.mail.parsed import Automatic, Verdict
from tresen.tickets.models import Direction, MessageKind

type Fileable = InboundMessage | OwnAnswer | PlatformNotice | DeliveryNotice | Unreadable
LONGEST_SUBJECT, LONGEST_KEY = 500, 400
STAMPED_LONG_BEFORE = "stamped_long_before"
LONG_BEFORE = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFacts:
    """What filing must know of a store."""

    id: int
    brand: int
    team: int
    channel: str
    marketplace: str
    language: str
    relay: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """One meaning of one payload, and where it belongs. `language` was recognised from the person's words."""

    payload: int
    position: int
    mailbox: int | None
    store: StoreFacts
    inbound: Fileable | Wordless
    received_at: datetime
    language: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A message about to be filed. `ties`: all keys that lead back to its conversation; `number`: its platform's."""

    understood: Understood
    kind: MessageKind
    direction: Direction
    role: Role
    dedupe_key: bytes
    occurred_at: datetime
    subject: str
    text: str
    full_text: str = ""
    html: str = ""
    sender: IdentityKey | None = None
    sender_kind: str = ""
    sender_name: str = ""
    reply_to: str = ""
    reply_reference: str = ""
    external_id: str = ""
    number: str = ""
    surface: Surface = Surface.DIRECT
    expects_answer: bool = False
    automatic: Automatic = Automatic.NO
    believed: bool = True
    notice: str = ""
    answers: int | None = None
    """The conversation with a partner whose question it is proven to answer."""
    ties: tuple[ThreadKey, ...] = ()
    orders: tuple[str, ...] = ()
    attachments: Sequence[InboundAttachment] = ()
    files: Sequence[InboundFile] = ()
    links: tuple[PlatformLink, ...] = ()
    problems: tuple[str, ...] = ()
    facts: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def store(self) -> StoreFacts:
        """The store it was written to."""
        return self.understood.store


def item_from(understood: Understood) -> Item:
    """The item that one meaning becomes."""
    match understood.inbound:
        case InboundMessage() as message:
            return _message(understood, message)
        case OwnAnswer() as answer:
            return _own_answer(understood, answer)
        case PlatformNotice() as notice:
            return _notice(understood, notice)
        case DeliveryNotice() as notice:
            return _bounce(understood, notice)
        case Unreadable() as unreadable:
            return _unreadable(understood, unreadable)
        case OrderNamed() | OrderSnapshot() | ReturnNotice() | StockNotice() as news:
            raise TypeError(f"{type(news).__name__} is no message: the mirror takes it over.")
        case ErasureRequest() | Receipt() | ConsentWord() as told:
            raise TypeError(f"{type(told).__name__} is no message: it is carried out or kept elsewhere.")


def _message(understood: Understood, message: InboundMessage) -> Item:
    automatic, believed = message.automatic is not Automatic.NO, message.authenticated is not Verdict.FAIL
    return Item(
        understood=understood,
        kind=MessageKind.AUTOMATIC if automatic else MessageKind.MESSAGE,
        direction=Direction.IN,
        role=message.role,
        dedupe_key=_dedupe(
            message.external_id or (message.claimed_at.isoformat() if message.claimed_at else ""),  # people ask twice
            message.sender.key,
            message.subject,
            message.full_text or message.text,
        ),
        occurred_at=message.occurred_at,
        subject=message.subject[:LONGEST_SUBJECT],
        text=message.text,
        full_text=message.full_text if message.full_text != message.text else "",
        html=message.html,
        sender=_identity(understood.store, message),
        sender_kind=message.sender.kind,
        sender_name=message.sender.name[:200],
        reply_to=message.sender.reply_to[:320],
        reply_reference=message.reply_reference[:200],
        external_id=(message.external_id or "")[:LONGEST_KEY],
        surface=message.surface,
        expects_answer=message.expects_answer and not automatic,
        automatic=message.automatic,
        believed=believed,
        # Whoever forges a sender must not draw that buyer's next mail to himself: nothing ties it to others.
        ties=_ties(message.thread_keys, message.external_id, message.order_ids) if believed else (),
        orders=message.order_ids,
        attachments=message.attachments,
        files=message.files,
        links=message.links,
        problems=(*message.problems, *_doubted(understood, message.occurred_at)),
        facts=_facts(message),
    )


def _doubted(understood: Understood, occurred_at: datetime) -> tuple[str, ...]:
    """A time that lies long before the mail came is shown as such: a clock may be late through nobody's fault."""
    return (STAMPED_LONG_BEFORE,) if understood.received_at - occurred_at > LONG_BEFORE else ()


def _facts(message: InboundMessage) -> dict[str, str]:
    readers = ",".join(message.readers) if len(message.readers) > 1 else ""
    said = {"items": ",".join(message.item_ids), "reply_by": message.reply_by.value, "readers": readers}
    if message.reply_by is ReplyBy.EMAIL:
        del said["reply_by"]  # the usual way needs no words
    return {**message.extra, **{name: value for name, value in said.items() if value}}


def _identity(store: StoreFacts, message: InboundMessage) -> IdentityKey | None:
    marketplace = message.marketplace or store.marketplace
    return identity_key(message.sender, channel=store.channel, marketplace=marketplace)


def name_of(item: Item) -> tuple[int, str]:
    """The store, and the name of who wrote there or was written to, as names are compared."""
    return item.store.id, " ".join(item.sender_name.casefold().split())


def _own_answer(understood: Understood, answer: OwnAnswer) -> Item:
    return Item(
        understood=understood,
        kind=MessageKind.OWN_ANSWER,
        direction=Direction.OUT,
        role=answer.role,
        dedupe_key=_dedupe(answer.external_id, answer.recipient or answer.buyer_name, answer.subject, answer.text),
        occurred_at=answer.occurred_at,
        subject=answer.subject[:LONGEST_SUBJECT],
        text=answer.text,
        html=answer.html,
        sender_name=answer.buyer_name[:200],
        reply_to=answer.recipient[:320],
        external_id=(answer.external_id or "")[:LONGEST_KEY],
        attachments=answer.attachments,
        number=(answer.number or answer.external_id or "")[:LONGEST_KEY],
        surface=answer.surface,
        ties=_ties(answer.thread_keys, None, answer.order_ids),
        orders=answer.order_ids,
        problems=answer.problems,
        facts={**answer.extra, **({"author": answer.author.value} if answer.author != "person" else {})},
    )


def _notice(understood: Understood, notice: PlatformNotice) -> Item:
    deadline = {"deadline": notice.deadline.stated} if notice.deadline else {}
    return Item(
        understood=understood,
        kind=MessageKind.PLATFORM_NOTICE,
        direction=Direction.IN,
        role=Role.PLATFORM,
        dedupe_key=_dedupe(notice.external_id, notice.kind, notice.subject, notice.text),
        occurred_at=notice.occurred_at,
        subject=notice.subject[:LONGEST_SUBJECT],
        text=notice.text,
        html=notice.html,
        external_id=(notice.external_id or "")[:LONGEST_KEY],
        believed=notice.authenticated is not Verdict.FAIL,
        notice=notice.kind,
        ties=_ties(_case_ties(notice), None, notice.order_ids),
        orders=notice.order_ids,
        links=notice.links,
        problems=notice.problems,
        facts={**notice.extra, **deadline, **_case(notice)},
    )


def _case_ties(notice: PlatformNotice) -> tuple[ThreadKey, ...]:
    """Many mails about one case name no order: the case's number leads the later ones to its ticket."""
    number = notice.case.external_id if notice.case else ""
    return (ThreadKey(kind=ThreadKeyKind.CASE, value=number),) if number else ()


def _case(notice: PlatformNotice) -> dict[str, str]:
    order = notice.order_ids[0] if notice.order_ids else ""
    return case_facts(notice.case, notice.deadline, order=order, at=notice.occurred_at)


def _bounce(understood: Understood, notice: DeliveryNotice) -> Item:
    reference = (ThreadKey(kind=ThreadKeyKind.REFERENCE, value=notice.message_id),) if notice.message_id else ()
    # Only who had our mail in his hands knows its id; a buyer's address is known to many.
    believed = notice.authenticated is not Verdict.FAIL or bool(reference)
    came_back = notice.permanent and believed
    return Item(
        understood=understood,
        kind=MessageKind.BOUNCE if came_back else MessageKind.AUTOMATIC,
        direction=Direction.IN,
        role=Role.BUYER,
        dedupe_key=_dedupe(notice.external_id, notice.recipient, notice.subject, notice.text + notice.reason),
        occurred_at=notice.occurred_at,
        subject=notice.subject[:LONGEST_SUBJECT],
        text=notice.text or notice.reason,
        external_id=(notice.external_id or "")[:LONGEST_KEY],
        automatic=Automatic.BOUNCE if came_back else Automatic.DELIVERY_REPORT,
        believed=believed,
        ties=_ties(reference, None, notice.order_ids) if believed else (),
        orders=notice.order_ids,
        problems=() if believed else ("unproven_report",),
        facts={"recipient": notice.recipient, "status": notice.status, "reason": notice.reason},
    )


def _unreadable(understood: Understood, unreadable: Unreadable) -> Item:
    payload = f"payload:{understood.payload}"
    return Item(
        understood=understood,
        kind=MessageKind.UNREADABLE,
        direction=Direction.IN,
        role=Role.BUYER,
        dedupe_key=_dedupe(payload, unreadable.sender, unreadable.subject, unreadable.excerpt),
        occurred_at=understood.received_at,
        subject=unreadable.subject[:LONGEST_SUBJECT],
        text=unreadable.excerpt,
        sender=("email", "", unreadable.sender.lower()[:320]) if unreadable.sender else None,
        sender_kind=IdentityKind.EMAIL,
        reply_to=unreadable.sender[:320],
        expects_answer=True,
        problems=(unreadable.reason,),
    )


def _ties(keys: Sequence[ThreadKey], own_id: str | None, orders: Sequence[str]) -> tuple[ThreadKey, ...]:
    own = (ThreadKey(kind=ThreadKeyKind.REFERENCE, value=own_id),) if own_id else ()
    named = (ThreadKey(kind=ThreadKeyKind.ORDER, value=number) for number in orders)
    return tuple(dict.fromkeys(key for key in (*keys, *own, *named) if len(key.value) <= LONGEST_KEY))


def _dedupe(external_id: str | None, sender: str, subject: str, text: str) -> bytes:
    # The id alone is not enough: it is missing in some mails, and some programs use one id again and again.
    content = "\0".join((external_id or "", sender.lower(), subject, " ".join(text.split())))
    return sha256(content.encode("utf-8", "replace")).digest()
