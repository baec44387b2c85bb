"""Which conversation a message belongs to. Pure: candidates in, a place out.

A number or a References header alone opens no door: the sender must take part in the ticket already, or be a relay of
the same marketplace, not disowned by our own receiver, that writes about an order of the same store.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tresen.channels.contract import Role, ThreadKey, ThreadKeyKind
from tresen.intake.items import IdentityKey, Item
from tresen.mail.parsed import Automatic
from tresen.tickets.models import MessageKind

SAME_BUYER_FOR = timedelta(days=30)
"""A relay's mail without an order number continues the buyer's newest ticket for this long."""

REPORTS = frozenset({Automatic.BOUNCE, Automatic.DELIVERY_REPORT})
"""What a mail server says of one of our answers belongs where the answer stands."""

_STRONGEST_FIRST = (
    ThreadKeyKind.CASE,
    ThreadKeyKind.THREAD,
    ThreadKeyKind.REFERENCE,
    ThreadKeyKind.ORDER,
    ThreadKeyKind.BUYER,
)


@dataclass(slots=True, kw_only=True)
class KnownTicket:
    """A ticket that something ties an item to. Grows while a batch is being filed."""

    id: int
    store: int
    closed: bool
    last_message_at: datetime
    participants: set[IdentityKey] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class KnownConversation:
    """A conversation of a known ticket."""

    id: int
    ticket: KnownTicket
    role: Role
    identity: IdentityKey | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an item goes: into a conversation, as a new conversation of a ticket, or into a new ticket."""

    conversation: KnownConversation | None = None
    ticket: KnownTicket | None = None
    continues: KnownTicket | None = None


def choose_place(item: Item, tied: dict[tuple[int, ThreadKey], list[KnownConversation]]) -> Place:
    """The place of one item; `tied` gives the conversations of each store and key."""
    found = _ticket_of(item, tied)
    if found is None:
        return Place()
    if found.ticket.closed and item.kind is MessageKind.MESSAGE:
        return Place(continues=found.ticket)
    if item.direction == "in" and item.role is not Role.PLATFORM and item.automatic not in REPORTS:
        own = _same_counterpart(item, found, tied)
        return Place(conversation=own, ticket=found.ticket)
    if item.role is Role.PLATFORM and found.role is not Role.PLATFORM:
        return Place(ticket=found.ticket)
    return Place(conversation=found, ticket=found.ticket)


def _same_counterpart(
    item: Item, found: KnownConversation, tied: dict[tuple[int, ThreadKey], list[KnownConversation]]
) -> KnownConversation | None:
    candidates = [found, *(one for key in item.ties for one in tied.get((item.store.id, key), ()))]
    return next(
        (
            one
            for one in candidates
            if one.ticket is found.ticket and one.identity == item.sender and one.role is item.role
        ),
        None,
    )


def _ticket_of(item: Item, tied: dict[tuple[int, ThreadKey], list[KnownConversation]]) -> KnownConversation | None:
    if not any((item.store.id, key) in tied for key in item.ties):
        return None
    for kind in _STRONGEST_FIRST:
        allowed = [
            conversation
            for key in _keys(item, kind)
            for conversation in tied.get((item.store.id, key), ())
            if _may_join(item, conversation, kind)
        ]
        if allowed:
            return max(allowed, key=lambda one: (not one.ticket.closed, one.ticket.last_message_at, one.id))
    return None


def _keys(item: Item, kind: ThreadKeyKind) -> Iterable[ThreadKey]:
    return [key for key in item.ties if key.kind is kind]


def _may_join(item: Item, conversation: KnownConversation, kind: ThreadKeyKind) -> bool:
    ticket = conversation.ticket
    if item.kind in {MessageKind.PLATFORM_NOTICE, MessageKind.OWN_ANSWER} or item.automatic in REPORTS:
        # The platform's and the mail system's own words: recognised by their sender before they come here.
        return item.believed
    if not item.believed or item.sender is None:
        return False
    takes_part = item.sender in ticket.participants
    if kind is ThreadKeyKind.BUYER:
        recent = item.occurred_at - ticket.last_message_at <= SAME_BUYER_FOR
        return takes_part and recent and not _other_order(item.orders, ticket)
    return takes_part or (_is_relay(item) and bool(ticket.orders.intersection(item.orders)))


def _other_order(orders: Sequence[str], ticket: KnownTicket) -> bool:
    return bool(orders) and bool(ticket.orders) and not ticket.orders.intersection(orders)


def _is_relay(item: Item) -> bool:
    return item.store.relay and item.sender is not None and item.sender[0] == item.store.channel
