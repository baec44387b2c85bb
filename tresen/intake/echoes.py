"""Our own answers, told back by the platform they were sent to: nothing new, but proof that they arrived.

A platform that is asked for its threads tells of every message in them. One that left from here stands in our thread
already; one whose fate nobody knew is settled by it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tresen.batches.cursors import batch_cursor, columns_of
from tresen.channels.cards import card_in
from tresen.channels.contract import Sent, ThreadKeyKind
from tresen.intake.items import Item
from tresen.outbox.models import DeliveryState
from tresen.outbox.settling import learn_number, settle_found
from tresen.tickets.models import ConversationTie, MessageKind

type Tie = tuple[int, str, str]
"""Store, kind and value of a key."""
NUMBER, PART = "number", "part"

AMONG_CLOCKS = timedelta(minutes=2)
"""So far apart a platform's clock and ours may be."""
ON_ITS_WAY = timedelta(hours=6)
"""What was queued may leave so much later, after a platform's trouble."""


@dataclass(frozen=True, slots=True)
class _Ours:
    delivery: int
    conversation: int
    begun: bool
    state: str
    external_id: str
    text: str
    queued_at: datetime


def without_echoes(items: Sequence[Item], *, at: datetime) -> list[Item]:
    """The items that are not answers of ours told back; uncertain ones among those are settled, nameless ones named."""
    told = [item for item in items if item.kind is MessageKind.OWN_ANSWER and _thread(item)]
    if not told:
        return list(items)
    known = _known(sorted({(item.store.id, kind, value) for item in told for kind, value in _leads(item)}))
    kept: list[Item] = []
    for item in items:
        if item.kind is MessageKind.OWN_ANSWER and known.get((item.store.id, PART, item.number)):
            continue  # a file of ours: it proves nothing of the words beside it
        ours = _echoed(item, known)
        if ours is None:
            kept.append(item)
            continue
        if ours.state == DeliveryState.UNCERTAIN:
            settle_found(ours.delivery, Sent(external_id=item.number, at=item.occurred_at), at=at)
        elif not ours.external_id:
            learn_number(ours.delivery, item.number)
        # What went to several is told once for each of them.
        known[item.store.id, NUMBER, item.number].append(ours)
        if ours.begun:
            _tie(ours, item)
    return kept


def _tie(ours: _Ours, item: Item) -> None:
    """The buyer's answer will come in the thread that our message began."""
    ConversationTie.objects.get_or_create(
        conversation_id=ours.conversation, store_id=item.store.id, kind=ThreadKeyKind.THREAD, value=_thread(item)
    )


def _leads(item: Item) -> list[tuple[str, str]]:
    """What may lead to the answer: the keys of its conversation, and the platform's number of it."""
    return [*((tie.kind.value, tie.value) for tie in item.ties), *([(NUMBER, item.number)] if item.number else [])]


def _thread(item: Item) -> str:
    return next((tie.value for tie in item.ties if tie.kind is ThreadKeyKind.THREAD), "")


def _known(ties: Sequence[Tie]) -> defaultdict[Tie, list[_Ours]]:
    found: defaultdict[Tie, list[_Ours]] = defaultdict(list)
    same: dict[int, _Ours] = {}
    with batch_cursor() as cursor:
        cursor.execute(_DELIVERIES, [*columns_of(ties)] * 3)
        for store, kind, value, *ours in cursor.fetchall():
            one = _Ours(*ours)
            found[store, kind, value].append(same.setdefault(one.delivery, one))
    return found


def _echoed(item: Item, known: defaultdict[Tie, list[_Ours]]) -> _Ours | None:
    """The answer that this is; each is told back once, so it is taken from those known."""
    if item.kind is not MessageKind.OWN_ANSWER:
        return None
    places = [known[item.store.id, kind, value] for kind, value in _leads(item)]
    here = [one for place in places for one in place]
    by_number = known[item.store.id, NUMBER, item.number] if item.number else []
    words = item.text.split()
    # A card has no words, as our files have none: it is neither of them.
    by_words = [
        one
        for one in here
        if not one.external_id
        and card_in(item.facts) is None
        and one.text.split() == words
        and one.queued_at - AMONG_CLOCKS <= item.occurred_at <= one.queued_at + ON_ITS_WAY
    ]
    found = next(iter([*by_number, *by_words]), None)
    if found is not None and not by_number:
        for place in places:
            place[:] = [one for one in place if one is not found]
    return found


# A conversation that we began is not known by its thread yet, but by its order and its buyer.
_DELIVERIES = """
    SELECT given.store, given.kind, given.value, delivery.id, tie.conversation_id, delivery.opening <> '',
           delivery.state, delivery.external_id, message.text, delivery.queued_at
    FROM unnest(%b::int8[], %b::text[], %b::text[]) AS given (store, kind, value)
    JOIN tickets_conversationtie tie
      ON (tie.store_id, tie.kind, tie.value) = (given.store, given.kind, given.value)
    JOIN tickets_message message ON message.conversation_id = tie.conversation_id AND message.direction = 'out'
    JOIN outbox_delivery delivery ON delivery.message_id = message.id
    WHERE delivery.state IN ('sending', 'accepted', 'uncertain')
      AND (given.kind = 'thread' OR delivery.opening <> '')
    UNION ALL
    SELECT given.store, given.kind, given.value, delivery.id, message.conversation_id, delivery.opening <> '',
           delivery.state, delivery.external_id, message.text, delivery.queued_at
    FROM unnest(%b::int8[], %b::text[], %b::text[]) AS given (store, kind, value)
    JOIN outbox_delivery delivery ON delivery.external_id = given.value AND delivery.store_id = given.store
    JOIN tickets_message message ON message.id = delivery.message_id
    WHERE given.kind = 'number' AND delivery.state IN ('sending', 'accepted', 'uncertain')
    UNION ALL
    SELECT given.store, 'part', given.value, delivery.id, message.conversation_id, false,
           delivery.state, delivery.external_id, '', delivery.queued_at
    FROM unnest(%b::int8[], %b::text[], %b::text[]) AS given (store, kind, value)
    JOIN outbox_deliverypart part ON part.external_id = given.value
    JOIN outbox_delivery delivery ON delivery.id = part.delivery_id AND delivery.store_id = given.store
    JOIN tickets_message message ON message.id = delivery.message_id
    WHERE given.kind = 'number'
    ORDER BY 4
"""
