"""Our own answers, told back by the platform they were sent to: nothing new, but proof that they arrived.

A platform that is asked for its threads tells of every message in them. One that left from here stands in our thread
already; one whose fate nobody knew is settled by it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tresen.batches.cursors import batch_cursor, columns_of
from tresen.channels.contract import ThreadKeyKind
from tresen.intake.items import Item
from tresen.outbox.models import DeliveryState
from tresen.outbox.settling import settle_found
from tresen.tickets.models import MessageKind

AMONG_CLOCKS = timedelta(minutes=2)
"""So far apart a platform's clock and ours may be."""
ON_ITS_WAY = timedelta(hours=6)
"""What was queued may leave so much later, after a platform's trouble."""


@dataclass(frozen=True, slots=True)
class _Ours:
    delivery: int
    state: str
    external_id: str
    text: str
    queued_at: datetime


def without_echoes(items: Sequence[Item], *, at: datetime) -> list[Item]:
    """The items that are not answers of ours told back; uncertain ones among those are settled."""
    threads = {(item.store.id, tie) for item in items if item.kind is MessageKind.OWN_ANSWER and (tie := _thread(item))}
    if not threads:
        return list(items)
    known = _known(sorted(threads))
    kept: list[Item] = []
    for item in items:
        ours = _echoed(item, known)
        if ours is None:
            kept.append(item)
        elif ours.state == DeliveryState.UNCERTAIN:
            settle_found(ours.delivery, external_id=item.external_id, since=item.occurred_at, at=at)
    return kept


def _thread(item: Item) -> str:
    return next((tie.value for tie in item.ties if tie.kind is ThreadKeyKind.THREAD), "")


def _known(threads: Sequence[tuple[int, str]]) -> dict[tuple[int, str], list[_Ours]]:
    found: dict[tuple[int, str], list[_Ours]] = defaultdict(list)
    with batch_cursor() as cursor:
        cursor.execute(_DELIVERIES, columns_of(threads))
        for store, thread, *ours in cursor.fetchall():
            found[store, thread].append(_Ours(*ours))
    return found


def _echoed(item: Item, known: dict[tuple[int, str], list[_Ours]]) -> _Ours | None:
    """The answer that this is; each is told back once, so it is taken from those known."""
    if item.kind is not MessageKind.OWN_ANSWER:
        return None
    here = known.get((item.store.id, _thread(item)), [])
    by_number = [one for one in here if item.external_id and one.external_id == item.external_id]
    words = item.text.split()
    by_words = [
        one
        for one in here
        if not one.external_id
        and one.text.split() == words
        and one.queued_at - AMONG_CLOCKS <= item.occurred_at <= one.queued_at + ON_ITS_WAY
    ]
    found = next(iter([*by_number, *by_words]), None)
    if found is not None and not by_number:
        here.remove(found)
    return found


_DELIVERIES = """
    SELECT given.store, given.thread, delivery.id, delivery.state, delivery.external_id, message.text,
           delivery.queued_at
    FROM unnest(%b::int8[], %b::text[]) AS given (store, thread)
    JOIN tickets_conversationtie tie
      ON (tie.store_id, tie.kind, tie.value) = (given.store, 'thread', given.thread)
    JOIN tickets_message message ON message.conversation_id = tie.conversation_id AND message.direction = 'out'
    JOIN outbox_delivery delivery ON delivery.message_id = message.id
    WHERE delivery.state IN ('sending', 'accepted', 'uncertain')
    ORDER BY delivery.id
"""
