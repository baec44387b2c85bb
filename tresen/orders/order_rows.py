"""Orders' statements: each takes a batch and is one round trip."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tresen.batches.cursors import batch_cursor, columns_of
from tresen.channels.order_news import OrderSnapshot

type OrderKey = tuple[int, str]
type OrderTold = tuple[int, int, int | None, OrderSnapshot]
"""Store, brand, the buyer's identity (None: not told), and what is told."""


def take_orders(told: Sequence[OrderTold], *, at: datetime) -> tuple[dict[OrderKey, int], set[OrderKey]]:
    """Make the orders stand as told, each once in `told`; gives all that are known, and those that this was news of."""
    rows = [_order(store, brand, identity, news, at) for store, brand, identity, news in told]
    if not rows:
        return {}, set()
    with batch_cursor() as cursor:
        cursor.execute(_ADD, columns_of(rows))
        added = {(store, number) for store, number in cursor.fetchall()}
        for waiting in _WAITING if added else ():
            cursor.execute(waiting, columns_of(added))
        cursor.execute(_LOCK, columns_of(row[:2] for row in rows))
        known = {(store, number): order for store, number, order in cursor.fetchall()}
        older = [row for row in rows if row[:2] not in added]
        if not older:
            return known, added
        cursor.execute(_CHANGE, columns_of(older))
        return known, added | {(store, number) for store, number in cursor.fetchall()}


def _order(store: int, brand: int, identity: int | None, news: OrderSnapshot, at: datetime) -> tuple[object, ...]:
    to = news.ship_to
    return (
        store,
        news.number[:80],
        brand,
        news.external_id[:120] or None,
        identity,
        news.state and news.state.value,
        news.payment and news.payment.value,
        news.fulfilled_by and news.fulfilled_by.value,
        news.currency,
        news.total,
        news.ordered_at,
        news.ship_by,
        news.deliver_by,
        news.cancel_asked_at,
        (news.buyer.reply_to[:320] or None) if news.buyer else None,
        "\n".join(to.lines) if to else None,
        to.postcode[:20] if to else None,
        to.city[:120] if to else None,
        to.region[:80] if to else None,
        to.country[:2] if to else None,
        news.changed_at,
        at,
    )


_ORDER: Mapping[str, str] = {
    "store_id": "int8",
    "number": "text",
    "brand_id": "int8",
    "external_id": "text",
    "identity_id": "int8",
    "state": "text",
    "payment": "text",
    "fulfilled_by": "text",
    "currency": "text",
    "total": "int8",
    "ordered_at": "timestamptz",
    "ship_by": "timestamptz",
    "deliver_by": "timestamptz",
    "cancel_asked_at": "timestamptz",
    "buyer_email": "text",
    "ship_to": "text",
    "postcode": "text",
    "city": "text",
    "region": "text",
    "country": "text",
    "changed_at": "timestamptz",
    "told_at": "timestamptz",
}
_DEFAULTS = {
    **dict.fromkeys(
        ("external_id", "payment", "buyer_email", "ship_to", "postcode", "city", "region", "country"), "''"
    ),
    "fulfilled_by": "'us'",
}
"""What stands in a new order where nothing is told."""
_GIVEN = f"unnest({', '.join(f'%b::{kind}[]' for kind in _ORDER.values())}) AS given ({', '.join(_ORDER)})"
_TELLING = [name for name in _ORDER if name not in {"store_id", "number", "brand_id", "told_at", "cancel_asked_at"}]
_ADDING = [f"coalesce({name}, {_DEFAULTS[name]})" if name in _DEFAULTS else name for name in _ORDER]
_ADD = f"""
    INSERT INTO orders_order ({", ".join(_ORDER)})
    SELECT {", ".join(_ADDING)} FROM {_GIVEN}
    WHERE state IS NOT NULL AND currency IS NOT NULL AND total IS NOT NULL AND ordered_at IS NOT NULL
    ORDER BY store_id, number
    ON CONFLICT (store_id, number) DO NOTHING
    RETURNING store_id, number
"""
_LOCK = """
    SELECT known.store_id, known.number, known.id FROM orders_order known
    JOIN unnest(%b::int8[], %b::text[]) AS given (store, number)
        ON (known.store_id, known.number) = (given.store, given.number)
    ORDER BY known.store_id, known.number FOR NO KEY UPDATE OF known
"""
# A buyer's wish to cancel is over when a telling that says how the order stands no longer names it.
_CHANGE = f"""
    WITH changed AS (
        UPDATE orders_order kept
        SET {", ".join(f"{name} = coalesce(given.{name}, kept.{name})" for name in _TELLING)},
            cancel_asked_at = CASE WHEN given.state IS NULL THEN coalesce(given.cancel_asked_at, kept.cancel_asked_at)
                                   ELSE given.cancel_asked_at END,
            told_at = given.told_at
        FROM {_GIVEN}
        WHERE (kept.store_id, kept.number) = (given.store_id, given.number) AND kept.changed_at <= given.changed_at
        RETURNING kept.store_id, kept.number
    )
    SELECT store_id, number FROM changed
"""
_WAITING = [
    f"""
    UPDATE {table} waiting SET order_id = known.id
    FROM unnest(%b::int8[], %b::text[]) AS given (store, number)
    JOIN orders_order known ON (known.store_id, known.number) = (given.store, given.number)
    WHERE waiting.order_id IS NULL AND (waiting.store_id, waiting.order_number) = (given.store, given.number)
    """
    for table in ("orders_return", "orders_case")
]
"""Returns and cases that were told of before their orders."""
