"""Returns' and stock's statements: each takes a batch and is one round trip."""

from collections.abc import Mapping, Sequence

from tresen.batches.cursors import batch_cursor, columns_of
from tresen.channels.order_news import ReturnItem, ReturnNotice, StockNotice


def take_returns(told: Sequence[tuple[int, int, ReturnNotice]]) -> None:
    """Make these returns stand as told: store, brand and what is told, each return once."""
    rows = [
        (
            store,
            brand,
            news.order_number[:80],
            news.external_id[:120],
            news.reason[:200],
            news.comment,
            news.state.value,
            news.carrier[:60],
            news.tracking[:80],
            "\n".join(map(_item, news.items)),
            news.requested_at,
            news.decide_by,
            news.received_at,
            news.pays,
            news.changed_at,
        )
        for store, brand, news in told
    ]
    if rows:
        with batch_cursor() as cursor:
            cursor.execute(_RETURNS, columns_of(rows))


def take_stock(told: Sequence[tuple[int, StockNotice]]) -> None:
    """Make these levels stand as told, each product of a store once."""
    rows = [
        (
            store,
            news.sku[:120],
            news.item_id[:80],
            news.title[:300],
            news.available,
            news.reserved,
            news.inbound,
            news.at,
        )
        for store, news in told
    ]
    if rows:
        with batch_cursor() as cursor:
            cursor.execute(_STOCK, columns_of(rows))


def _item(item: ReturnItem) -> str:
    return " ".join(f"{item.quantity} × {item.sku} {item.title}".split())[:320]


def _given(columns: Mapping[str, str]) -> str:
    return f"unnest({', '.join(f'%b::{kind}[]' for kind in columns.values())}) AS given ({', '.join(columns)})"


_RETURN: Mapping[str, str] = {
    "store_id": "int8",
    "brand_id": "int8",
    "order_number": "text",
    "external_id": "text",
    "reason": "text",
    "comment": "text",
    "state": "text",
    "carrier": "text",
    "tracking": "text",
    "items": "text",
    "requested_at": "timestamptz",
    "decide_by": "timestamptz",
    "received_at": "timestamptz",
    "pays": "int8",
    "changed_at": "timestamptz",
}
_CHANGING = ", ".join(name for name in _RETURN if name not in {"store_id", "brand_id", "external_id"})
_RETURNS = f"""
    INSERT INTO orders_return AS kept ({", ".join(_RETURN)}, order_id)
    SELECT {", ".join(name if name != "items" else "string_to_array(items, chr(10))" for name in _RETURN)},
           (SELECT known.id FROM orders_order known
            WHERE (known.store_id, known.number) = (given.store_id, given.order_number))
    FROM {_given(_RETURN)}
    ON CONFLICT (store_id, external_id) DO UPDATE
    SET ({_CHANGING}, order_id) = (
        {", ".join(f"excluded.{name}" for name in _CHANGING.split(", "))}, coalesce(excluded.order_id, kept.order_id))
    WHERE kept.changed_at <= excluded.changed_at
"""
_LEVEL: Mapping[str, str] = {
    "store_id": "int8",
    "sku": "text",
    "item_id": "text",
    "title": "text",
    "available": "int4",
    "reserved": "int4",
    "inbound": "int4",
    "as_of": "timestamptz",
}
_STOCK = f"""
    INSERT INTO orders_stocklevel AS kept ({", ".join(_LEVEL)}) SELECT * FROM {_given(_LEVEL)}
    ON CONFLICT (store_id, sku) DO UPDATE
    SET (item_id, title, available, reserved, inbound, as_of) = (
        coalesce(nullif(excluded.item_id, ''), kept.item_id), coalesce(nullif(excluded.title, ''), kept.title),
        excluded.available, excluded.reserved, excluded.inbound, excluded.as_of)
    WHERE kept.as_of <= excluded.as_of
"""
