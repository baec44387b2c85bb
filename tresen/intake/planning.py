"""The plan of a batch: which rows will exist when it is filed. Decides in memory, writes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from tresen.channels.contract import Role, ThreadKey
from tresen.intake.choosing import KnownConversation, KnownTicket, Place, Tied, choose_place, where_asked
from tresen.intake.items import Item, name_of
from tresen.intake.lookups import Twin
from tresen.tickets.models import MessageKind

type Named = dict[tuple[int, str], list[KnownConversation]]
"""The conversations in which somebody waits, by store and name."""

NOT_YET = -1


@dataclass(slots=True, kw_only=True)
class Filing:
    """One item and where it goes. `opens`: this item is its ticket's first message.

    `ties`, `orders` and `joins` are what the item adds to what is known of conversation and ticket: keys that lead
    back, numbers of orders, and whether its sender takes part for the first time. `adopts`: it is the first word of the
    conversation's counterpart, to whom only we had written.
    """

    item: Item
    ticket: KnownTicket
    conversation: KnownConversation
    opens: bool = False
    starts: bool = False
    continues: KnownTicket | None = None
    ties: Sequence[ThreadKey] = ()
    orders: Sequence[str] = ()
    joins: bool = False
    adopts: bool = False
    message: int = NOT_YET


@dataclass(slots=True, kw_only=True)
class Plan:
    """All that a batch becomes. `repeats` are further arrivals of messages that exist or are filed in this batch."""

    filings: list[Filing] = field(default_factory=list)
    repeats: list[tuple[Item, Twin | Filing]] = field(default_factory=list)
    siblings: list[tuple[Filing, Twin | Filing]] = field(default_factory=list)
    """The same mail to two brands: two linked tickets."""


def plan(items: list[Item], *, twins: dict[bytes, list[Twin]], tied: Tied, named: Named) -> Plan:
    """Decide the place of each item in order; what earlier items open, later ones may join."""
    result = Plan()
    tied, named = defaultdict(list, tied), defaultdict(list, named)
    names_matter = any(item.kind is MessageKind.OWN_ANSWER for item in items)
    filed: dict[bytes, list[Filing]] = defaultdict(list)
    for item in items:
        same: list[Twin | Filing] = [*twins.get(item.dedupe_key, ()), *filed[item.dedupe_key]]
        brand = item.store.brand
        twin = next((one for one in same if _brand(one) == brand), None)
        if twin is not None:
            result.repeats.append((item, twin))
            continue
        filing = _file(item, tied, named)
        if names_matter and item.kind is MessageKind.MESSAGE and filing.starts:
            named[name_of(item)].append(filing.conversation)
        result.filings.append(filing)
        filed[item.dedupe_key].append(filing)
        result.siblings.extend((filing, one) for one in same)
    return result


def _brand(one: Twin | Filing) -> int:
    return one.brand if isinstance(one, Twin) else one.item.store.brand


def _file(item: Item, tied: Tied, named: Named) -> Filing:
    place = _place(item, tied, named)
    opens = place.ticket is None
    ticket = place.ticket or KnownTicket(
        id=NOT_YET, store=item.store.id, closed=False, last_message_at=item.occurred_at
    )
    conversation = place.conversation or KnownConversation(
        id=NOT_YET, ticket=ticket, role=place.role or _role(item), identity=item.sender, surface=item.surface
    )
    filing = Filing(
        item=item,
        ticket=ticket,
        conversation=conversation,
        opens=opens,
        starts=place.conversation is None,
        continues=place.continues,
    )
    _remember(filing, tied)
    return filing


def _place(item: Item, tied: Tied, named: Named) -> Place:
    if item.answers is not None:
        return where_asked(item, item.answers, tied)
    answers = item.kind is MessageKind.OWN_ANSWER
    return choose_place(item, tied, named=named[name_of(item)] if answers else ())


def _role(item: Item) -> Role:
    return Role.PLATFORM if item.kind is MessageKind.PLATFORM_NOTICE else item.role


def _remember(filing: Filing, tied: Tied) -> None:
    """Keep in mind what later items of the batch may find, and in the filing what of it is new."""
    item, ticket = filing.item, filing.ticket
    ticket.last_message_at = max(ticket.last_message_at, item.occurred_at)
    known = ticket.orders | ticket.removed
    filing.orders = [number for number in dict.fromkeys(item.orders) if number not in known]
    ticket.orders.update(filing.orders)
    if item.sender is not None and item.direction == "in":
        filing.joins = item.sender not in ticket.participants
        ticket.participants.add(item.sender)
        filing.adopts = filing.conversation.identity is None
        filing.conversation.identity = filing.conversation.identity or item.sender
    if item.reply_to:
        filing.conversation.addresses.add(item.reply_to.lower())
    filing.ties = [key for key in item.ties if _ties(key, filing, tied)]


def _ties(key: ThreadKey, filing: Filing, tied: Tied) -> bool:
    """Whether the key does not lead to the filing's conversation yet; from now on it does."""
    conversations = tied[filing.item.store.id, key]
    if any(one is filing.conversation for one in conversations):
        return False
    conversations.append(filing.conversation)
    return True
