"""From a ticket to what was said in it. Pure.

A ticket is one thread, in which buyer, seller, Kaufland's customer service and its system write, and all of them read.
Buyer and customer service are two counterparts, each with a conversation of its own; an answer reaches both.
"""

from collections.abc import Iterator, Mapping, Sequence

from tresen.channels.files import InboundFile
from tresen.channels.inbound import (
    Inbound,
    InboundMessage,
    NoticeKind,
    OwnAnswer,
    PlatformNotice,
    RawPayload,
    ReplyBy,
    Role,
    ThreadKey,
    ThreadKeyKind,
)
from tresen.channels.kaufland.orders import buyer_key
from tresen.channels.kaufland.shapes import Ticket, TicketFile, TicketMessage
from tresen.channels.senders import IdentityKind, Sender
from tresen.channels.typed_json import instant

OPENED = "opened"
TO_SERVICE = "/customer-service"
"""What follows the ticket's number in the key of the conversation with customer service, and in a message's number."""
SAYS_NOTHING = frozenset({"order_other_question", "contact_other"})
BUYER, SELLER, SYSTEM, SERVICE = "buyer", "seller", "system", "customer_service"


def messages_of(
    ticket: Ticket, payload: RawPayload, *, orders: Sequence[str], files: Sequence[TicketFile]
) -> Iterator[Inbound]:
    """All that was written in a ticket, the oldest first. What was taken over before is known by its number."""
    told = sorted(ticket.messages, key=lambda one: (instant(one.ts_created_iso), one.id_ticket_message))
    beside = _beside(told, files)
    served = False
    for place, message in enumerate(told):
        rest = told[place + 1 :]
        match _author(message, first=place == 0):
            case "buyer":
                yield _written(ticket, message, payload, rest, orders, beside, role=Role.BUYER)
            case "customer_service":
                served = True
                yield _written(ticket, message, payload, rest, orders, beside, role=Role.OPERATOR)
            case "seller":
                yield _ours(ticket, message, payload, orders, role=Role.BUYER)
                if served:
                    yield _ours(ticket, message, payload, orders, role=Role.OPERATOR)
            case _:
                yield _notice(ticket, message, payload, orders)


def key_of(thread: str, role: Role) -> str:
    """The key of the conversation with one of the two in a ticket."""
    number = thread.removesuffix(TO_SERVICE)
    return number + TO_SERVICE if role is Role.OPERATOR else number


def number_of(message: TicketMessage, role: Role) -> str:
    """A message's number, told apart where it went to customer service too."""
    return key_of(str(message.id_ticket_message), role)


def _author(message: TicketMessage, *, first: bool) -> str:
    """Who wrote. What a buyer opens a ticket with is told as the system's words now and then."""
    return BUYER if first and message.author.role == SYSTEM else message.author.role


def _waits(ticket: Ticket, rest: Sequence[TicketMessage]) -> bool:
    """Whether a message waits for us, or was answered: Kaufland says whose turn it is, once for the whole ticket."""
    if any(message.author.role == SELLER for message in rest):
        return True
    return ticket.status == OPENED and ticket.is_seller_responsible


def _written(
    ticket: Ticket,
    message: TicketMessage,
    payload: RawPayload,
    rest: Sequence[TicketMessage],
    orders: Sequence[str],
    beside: Mapping[int, Sequence[TicketFile]],
    *,
    role: Role,
) -> InboundMessage:
    return InboundMessage(
        external_id=str(message.id_ticket_message),
        sender=_sender(ticket, message, role),
        occurred_at=min(instant(message.ts_created_iso), payload.recorded_at),
        subject=_subject(ticket),
        text=message.text.strip(),
        full_text=message.text,
        role=role,
        expects_answer=_waits(ticket, rest),
        reply_by=ReplyBy.THREAD,
        thread_keys=_keys(ticket, role),
        order_ids=tuple(orders),
        files=tuple(
            InboundFile(reference=file.uri, name=file.filename)
            for file in beside.get(message.id_ticket_message, ())
            if file.uri and file.filename
        ),
    )


def _sender(ticket: Ticket, message: TicketMessage, role: Role) -> Sender:
    name = message.author.name or ""
    if role is Role.OPERATOR:
        return Sender(kind=IdentityKind.USERNAME, key="kaufland/customer-service", name=name or "Kaufland")
    name = name if message.author.role == BUYER else ""
    if ticket.id_buyer is None:
        return Sender(kind=IdentityKind.SHARED, key="kaufland", name=name)
    return Sender(kind=IdentityKind.USERNAME, key=buyer_key(ticket.id_buyer), name=name)


def _ours(
    ticket: Ticket, message: TicketMessage, payload: RawPayload, orders: Sequence[str], *, role: Role
) -> OwnAnswer:
    """An answer given here or in the seller portal: one for each of those who read it."""
    number = number_of(message, role)
    return OwnAnswer(
        external_id=number,
        occurred_at=min(instant(message.ts_created_iso), payload.recorded_at),
        text=message.text.strip(),
        subject=_subject(ticket),
        order_ids=tuple(orders),
        thread_keys=_keys(ticket, role),
        role=role,
        number=number,
    )


def _notice(ticket: Ticket, message: TicketMessage, payload: RawPayload, orders: Sequence[str]) -> PlatformNotice:
    return PlatformNotice(
        external_id=str(message.id_ticket_message),
        kind=NoticeKind.OTHER,
        occurred_at=min(instant(message.ts_created_iso), payload.recorded_at),
        subject=_subject(ticket),
        text=message.text.strip(),
        order_ids=tuple(orders),
    )


def _keys(ticket: Ticket, role: Role) -> tuple[ThreadKey, ...]:
    """First that of the conversation with this one; the other leads to the same ticket."""
    values = dict.fromkeys((key_of(ticket.id_ticket, role), ticket.id_ticket))
    return tuple(ThreadKey(kind=ThreadKeyKind.THREAD, value=value) for value in values if value)


def _subject(ticket: Ticket) -> str:
    """What it is about in Kaufland's words; nothing where they say no more than that something is asked."""
    said = next((name for name in (ticket.topic, ticket.open_reason) if name and name not in SAYS_NOTHING), "")
    return said.replace("_", " ")


def _beside(told: Sequence[TicketMessage], files: Sequence[TicketFile]) -> Mapping[int, Sequence[TicketFile]]:
    """Each file with the message that was written nearest to it in time; what stands with ours is ours."""
    found: dict[int, list[TicketFile]] = {}
    for file in files if told else ():
        at = instant(file.ts_created_iso)
        nearest = min(told, key=lambda one: abs(instant(one.ts_created_iso) - at))
        found.setdefault(nearest.id_ticket_message, []).append(file)
    return found
