"""The plan of a batch: which rows will exist when it is filed. Decides in memory, writes nothing."""

from collections import defaultdict
from dataclasses import dataclass, field

from tresen.channels.contract import Role, ThreadKey, ThreadKeyKind
from tresen.intake.choosing import KnownConversation, KnownTicket, choose_place
from tresen.intake.items import Item
from tresen.intake.lookups import Twin
from tresen.tickets.models import MessageKind

type Tied = dict[tuple[int, ThreadKey], list[KnownConversation]]

NOT_YET = -1


@dataclass(slots=True, kw_only=True)
class Filing:
    """One item and where it goes. `opens`: this item is its ticket's first message."""

    item: Item
    ticket: KnownTicket
    conversation: KnownConversation
    opens: bool = False
    starts: bool = False
    continues: KnownTicket | None = None
    message: int = NOT_YET


@dataclass(slots=True, kw_only=True)
class Plan:
    """All that a batch becomes. `repeats` are further arrivals of messages that exist or are filed in this batch."""

    filings: list[Filing] = field(default_factory=list)
    repeats: list[tuple[Item, Twin | Filing]] = field(default_factory=list)
    siblings: list[tuple[Filing, Twin | Filing]] = field(default_factory=list)
    """The same mail to two brands: two linked tickets."""


def plan(items: list[Item], *, twins: dict[bytes, list[Twin]], tied: Tied) -> Plan:
    """Decide the place of each item in order; what earlier items open, later ones may join."""
    result = Plan()
    tied = defaultdict(list, tied)
    filed: dict[bytes, list[Filing]] = defaultdict(list)
    for item in items:
        same: list[Twin | Filing] = [*twins.get(item.dedupe_key, ()), *filed[item.dedupe_key]]
        brand = item.store.brand
        twin = next((one for one in same if _brand(one) == brand), None)
        if twin is not None:
            result.repeats.append((item, twin))
            continue
        filing = _file(item, tied)
        result.filings.append(filing)
        filed[item.dedupe_key].append(filing)
        result.siblings.extend((filing, one) for one in same)
    return result


def _brand(one: Twin | Filing) -> int:
    return one.brand if isinstance(one, Twin) else one.item.store.brand


def _file(item: Item, tied: Tied) -> Filing:
    place = choose_place(item, tied)
    opens = place.ticket is None
    ticket = place.ticket or KnownTicket(
        id=NOT_YET, store=item.store.id, closed=False, last_message_at=item.occurred_at
    )
    conversation = place.conversation or KnownConversation(
        id=NOT_YET, ticket=ticket, role=_role(item), identity=item.sender
    )
    _remember(item, ticket, conversation, tied)
    return Filing(
        item=item,
        ticket=ticket,
        conversation=conversation,
        opens=opens,
        starts=place.conversation is None,
        continues=place.continues,
    )


def _role(item: Item) -> Role:
    return Role.PLATFORM if item.kind is MessageKind.PLATFORM_NOTICE else item.role


def _remember(item: Item, ticket: KnownTicket, conversation: KnownConversation, tied: Tied) -> None:
    ticket.last_message_at = max(ticket.last_message_at, item.occurred_at)
    ticket.orders.update(item.orders)
    if item.sender is not None and item.direction == "in":
        ticket.participants.add(item.sender)
    for key in ties_of(item):
        if conversation not in tied[item.store.id, key]:
            tied[item.store.id, key].append(conversation)


def ties_of(item: Item) -> set[ThreadKey]:
    """Every key that will lead back to the item's conversation."""
    orders = {ThreadKey(kind=ThreadKeyKind.ORDER, value=number) for number in item.orders}
    return {*item.ties, *orders}
