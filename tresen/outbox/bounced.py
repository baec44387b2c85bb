"""Which reply a bounce is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

CLOCKS_APART = timedelta(minutes=10)
"""A notice older than the newest acceptance, beyond this, is about an earlier attempt of the same mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A bounce or refusal as read: about our Message-ID `message_id` where it names one, else a recipient and orders.

    `store` is the store that the notice was recognised for; `occurred_at` is the notice's time at our own receiver.
    """

    store: int
    message_id: str
    recipient: str
    orders: tuple[str, ...]
    reason: str
    occurred_at: datetime


def deliveries_of(failed: Sequence[Failed], *, window: timedelta) -> dict[int, Failed]:
    """The deliveries that can come back, each with its notice.

    A Message-ID of ours is sure. Without one: the newest reply that left to this recipient, about this order where
    one is named, within `window`, from the same store or one that shares a mailbox with it.
    """
    by_id = _by_message_id([one for one in failed if one.message_id])
    found = dict(by_id)
    for one in failed:
        if not one.message_id and (one.recipient or one.orders):
            delivery, _answer = _by_recipient(one, window=window)
            if delivery is not None:
                found.setdefault(delivery, one)
    return found


def answer_to(failed: Failed, *, window: timedelta) -> str:
    """The Message-ID of the reply that a notice is about which names none; empty where none is found."""
    return _by_recipient(failed, window=window)[1]


def _by_message_id(failed: Sequence[Failed]) -> dict[int, Failed]:
    if not failed:
        return {}
    ids = [one.message_id.strip().strip("<>") for one in failed]
    with connection.cursor() as cursor:
        cursor.execute(_BY_ID, [ids, list(range(len(ids)))])
        rows = cursor.fetchall()
    return {
        delivery: failed[place]
        for delivery, place, accepted_at in rows
        if accepted_at is None or failed[place].occurred_at >= accepted_at - CLOCKS_APART
    }


def _by_recipient(failed: Failed, *, window: timedelta) -> tuple[int | None, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            _BY_RECIPIENT,
            {
                "store": failed.store,
                "recipient": failed.recipient.strip().lower(),
                "orders": list(failed.orders),
                "earliest": failed.occurred_at - window,
                "latest": failed.occurred_at + CLOCKS_APART,
            },
        )
        row = cursor.fetchone()
    return row or (None, "")


_BY_ID = """
    SELECT delivery.id, given.place, delivery.accepted_at
    FROM unnest(%s::text[], %s::int[]) AS given (message_id, place)
    CROSS JOIN LATERAL (
        SELECT whole.id FROM outbox_delivery whole
        WHERE whole.idempotency_key = given.message_id OR whole.external_id = given.message_id
        UNION
        SELECT part.delivery_id FROM outbox_deliverypart part WHERE part.external_id = given.message_id
    ) AS named
    JOIN outbox_delivery delivery ON delivery.id = named.id
    WHERE delivery.state IN ('accepted', 'sending', 'uncertain')
"""
# A relay's alias may carry "+<case>" in the answer's address and none in the notice: what stands before it decides.
_BY_RECIPIENT = """
    SELECT delivery.id, delivery.idempotency_key
    FROM outbox_delivery delivery JOIN tickets_message message ON message.id = delivery.message_id
    WHERE delivery.state = 'accepted' AND delivery.accepted_at BETWEEN %(earliest)s AND %(latest)s
      AND (%(recipient)s = '' OR regexp_replace(lower(delivery.recipient), '\\+[^@]*@', '@')
                               = regexp_replace(%(recipient)s, '\\+[^@]*@', '@'))
      AND (%(orders)s::text[] = '{}' OR EXISTS (
          SELECT FROM tickets_ticketorder concerned
          WHERE concerned.ticket_id = message.ticket_id AND concerned.number = ANY(%(orders)s)
      ))
      AND (delivery.store_id = %(store)s OR delivery.store_id IN (
          SELECT theirs.store_id FROM stores_mailbox_stores mine
          JOIN stores_mailbox_stores theirs ON theirs.mailbox_id = mine.mailbox_id WHERE mine.store_id = %(store)s
      ))
    ORDER BY delivery.accepted_at DESC, delivery.id DESC LIMIT 1
"""
