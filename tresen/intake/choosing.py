"""Which conversation a message belongs to. Pure: candidates in, a place out.

A number or a References header alone opens no door: the sender must take part in the ticket already, or be a relay of
the same marketplace, not disowned by our own receiver, that writes about an order of the same store.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tresen.channels.contract import IdentityKind, ReplyBy, Role, Surface, ThreadKey, ThreadKeyKind
from tresen.customers.matching import IdentityKey
from tresen.intake.items import Item
from tresen.mail.parsed import Automatic
from tresen.tickets.models import MessageKind

SAME_BUYER_FOR = timedelta(days=30)
"""A relay's mail without an order number continues the buyer's newest ticket for this long."""

REPORTS = frozenset({Automatic.BOUNCE, Automatic.DELIVERY_REPORT})
"""What a mail server says of one of our answers belongs where the answer stands."""

_OURS_OR_THEIRS = frozenset({ReplyBy.THREAD, ReplyBy.CHAT, ReplyBy.BY_HAND})
"""Who says what is in a thread: the platform's interface, our own chat, an agent. Nobody else can."""

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
    removed: set[str] = field(default_factory=set)
    """Orders of which an agent said that it does not concern them."""


@dataclass(slots=True, kw_only=True)
class KnownConversation:
    """A conversation of a known ticket. It has no `identity` where a shared address writes, or only we have written.

    `addresses`: those that its messages are answered at, where somebody needs to know.
    """

    id: int
    ticket: KnownTicket
    role: Role
    identity: IdentityKey | None
    surface: str = Surface.DIRECT
    addresses: set[str] = field(default_factory=set)


type Tied = dict[tuple[int, ThreadKey], list[KnownConversation]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an item goes: into a conversation, as a new conversation of a ticket, or into a new ticket.

    `role` is the new conversation's, where it is not the item's own.
    """

    conversation: KnownConversation | None = None
    ticket: KnownTicket | None = None
    continues: KnownTicket | None = None
    role: Role | None = None


def choose_place(item: Item, tied: Tied, *, named: Sequence[KnownConversation] = ()) -> Place:
    """The place of one item; `tied` gives the conversations of each store and key.

    `named` are those in which somebody of the name that a copy of our own answer gives waits, and no order is known.
    """
    if item.kind is MessageKind.OWN_ANSWER:
        return _where_answered(item, tied, named)
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


def where_asked(item: Item, conversation: int, tied: Tied) -> Place:
    """The thread with a partner; that he writes was proven before: see `partners.recognising`."""
    known = (one for key in item.ties for one in tied.get((item.store.id, key), ()) if one.id == conversation)
    found = next(known, None)
    return Place(conversation=found, ticket=found.ticket) if found else Place()


def _where_answered(item: Item, tied: Tied, named: Sequence[KnownConversation]) -> Place:
    """Where a copy of our own words stands: with the one they went to, for they stop no clock but his.

    What went to somebody else, a carrier say, stands beside in a conversation of its own. Where a name is all there
    is, it counts only if a single one waits who bears it: the clock of the wrong one must not stop.
    """
    led_to = list(_led_to(item, tied))
    for conversations in led_to:
        theirs = [
            one
            for one in conversations
            if one.role is not Role.PLATFORM and one.surface == item.surface and _went_to(item, one)
        ]
        if theirs:
            found = _newest(theirs)
            return Place(conversation=found, ticket=found.ticket)
    if led_to:
        return Place(ticket=_newest(led_to[0]).ticket, role=Role.THIRD_PARTY if item.reply_to else None)
    waiting = [one for one in named if not one.ticket.closed and not one.ticket.orders]
    return Place(conversation=waiting[0], ticket=waiting[0].ticket) if len(waiting) == 1 else Place()


def _went_to(item: Item, conversation: KnownConversation) -> bool:
    """Whether the words went to this counterpart; the platform's own copies name no address, only a role."""
    if not item.reply_to:
        return conversation.role is item.role
    address = item.reply_to.lower()
    return conversation.identity == ("email", "", address) or address in conversation.addresses


def _same_counterpart(item: Item, found: KnownConversation, tied: Tied) -> KnownConversation | None:
    """The conversation with this sender, else one in which only we have written, and to him."""
    if _in_chat(item):  # whose it is the visitor's key has proven, whatever address he gives
        return found
    candidates = [found, *(one for key in item.ties for one in tied.get((item.store.id, key), ()))]
    here = [
        one for one in candidates if one.ticket is found.ticket and (one.role, one.surface) == (item.role, item.surface)
    ]
    return next(
        (one for one in here if one.identity == item.sender),
        next((one for one in here if one.identity is None and _is_awaited(item, one)), None),
    )


def _is_awaited(item: Item, conversation: KnownConversation) -> bool:
    """Whether only we have written there so far, to this sender or, on a relay, to the buyer of the order."""
    if item.sender is None or conversation.identity is not None or conversation.role is not item.role:
        return False
    if item.facts.get("reply_by") == ReplyBy.THREAD:
        return True
    if item.role is not Role.BUYER:
        return False
    return item.sender[2] in conversation.addresses if conversation.addresses else _is_relay(item)


def _ticket_of(item: Item, tied: Tied) -> KnownConversation | None:
    return next((_newest(conversations) for conversations in _led_to(item, tied)), None)


def _led_to(item: Item, tied: Tied) -> Iterator[list[KnownConversation]]:
    """The conversations that it may join, those that the strongest keys lead to first."""
    if not any((item.store.id, key) in tied for key in item.ties):
        return
    for kind in _leading(item):
        allowed = [
            conversation
            for key in _keys(item, kind)
            for conversation in tied.get((item.store.id, key), ())
            if _may_join(item, conversation, kind)
        ]
        if allowed:
            yield allowed


def _leading(item: Item) -> Sequence[ThreadKeyKind]:
    """A chat is a ticket of its own: an address or an order's number, which anybody can type, leads into no other."""
    return (ThreadKeyKind.THREAD,) if _in_chat(item) else _STRONGEST_FIRST


def _newest(conversations: Sequence[KnownConversation]) -> KnownConversation:
    return max(conversations, key=lambda one: (not one.ticket.closed, one.ticket.last_message_at, one.id))


def _keys(item: Item, kind: ThreadKeyKind) -> Iterable[ThreadKey]:
    return [key for key in item.ties if key.kind is kind]


def _may_join(item: Item, conversation: KnownConversation, kind: ThreadKeyKind) -> bool:
    ticket = conversation.ticket
    if item.kind in {MessageKind.PLATFORM_NOTICE, MessageKind.OWN_ANSWER} or item.automatic in REPORTS:
        # The platform's and the mail system's own words: recognised by their sender before they come here.
        return item.believed
    if not item.believed:
        return False
    if item.sender is None:
        return _is_shared(item) and bool(ticket.orders.intersection(item.orders))
    if kind is ThreadKeyKind.THREAD and item.facts.get("reply_by") in _OURS_OR_THEIRS:
        return True
    # On a relay the order alone tells who is awaited, and that is asked below.
    awaited = bool(conversation.addresses) and _is_awaited(item, conversation)
    takes_part = awaited or item.sender in ticket.participants
    if kind is ThreadKeyKind.BUYER:
        recent = item.occurred_at - ticket.last_message_at <= SAME_BUYER_FOR
        return takes_part and recent and not _other_order(item.orders, ticket)
    return takes_part or (_is_relay(item) and bool(ticket.orders.intersection(item.orders)))


def _in_chat(item: Item) -> bool:
    return item.facts.get("reply_by") == ReplyBy.CHAT


def _other_order(orders: Sequence[str], ticket: KnownTicket) -> bool:
    return bool(orders) and bool(ticket.orders) and not ticket.orders.intersection(orders)


def _is_shared(item: Item) -> bool:
    """Whether it came through an address of the platform that stands for many buyers: the order tells which."""
    return item.store.relay and item.sender_kind == IdentityKind.SHARED


def _is_relay(item: Item) -> bool:
    return item.store.relay and item.sender is not None and item.sender[0] == item.store.channel
