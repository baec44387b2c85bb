"""Orders found by what somebody has at hand: a number or its beginning, a parcel's number, the buyer's name.

Each is a walk along an index; what is found is few, and sorted.
"""

import re
from datetime import datetime

from django.db import connection

from tresen.accounts.scope import Scope
from tresen.orders.listing import Place, orders_listed, spellings, stores_in
from tresen.orders.models import Order

SHORTEST_START = 6
"""Fewer characters begin the numbers of a whole marketplace: then a number must be whole."""
_LAST = "\U0010ffff"


def search_orders(text: str, *, scope: Scope, after: Place | None = None, most: int) -> list[Order]:
    """The orders that this text finds, the newest first: `most` of them, behind the place `after`."""
    text = text.replace("\0", "").strip()
    bare = text.removeprefix("#")
    start = bare if len(bare) >= SHORTEST_START else None
    values: dict[str, str | int | datetime | list[int] | list[str] | None] = {
        "stores": stores_in(scope),
        "numbers": spellings(text),
        "start": start,
        "end": f"{start}{_LAST}",
        "marked": f"#{start}" if start else None,
        "marked_end": f"#{start}{_LAST}",
        "parcels": sorted({text, text.upper(), re.sub(r"\s", "", text).upper()}),
        "words": _words(text),
        "at": after.ordered_at if after else None,
        "id": after.id if after else None,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, values)
        ids = [row[0] for row in cursor.fetchall()]
    return orders_listed(ids, scope=scope)


def is_short_number(text: str) -> bool:
    """Whether it is no name, and too short for the beginning of a number: only a whole number is found by it."""
    bare = text.strip().removeprefix("#")
    return len(bare) < SHORTEST_START and any(letter.isdecimal() for letter in bare)


def _words(text: str) -> str | None:
    """A name as the index is asked for it, each word by its beginning; None for what is no name."""
    words = re.findall(r"[^\W_]{2,}", text)
    if not words or not any(letter.isalpha() for letter in text):
        return None
    return " & ".join(f"'{word}':*" for word in words)


# The expressions are those of the indexes, word for word.
_FOUND = """
    WITH met AS (
        SELECT id FROM orders_order WHERE store_id = ANY(%(stores)s::bigint[]) AND number = ANY(%(numbers)s::text[])
        UNION
        SELECT id FROM orders_order
        WHERE store_id = ANY(%(stores)s::bigint[]) AND number ~>=~ %(start)s::text AND number ~<~ %(end)s::text
        UNION
        SELECT id FROM orders_order
        WHERE store_id = ANY(%(stores)s::bigint[])
          AND number ~>=~ %(marked)s::text AND number ~<~ %(marked_end)s::text
        UNION
        SELECT order_id FROM orders_fulfilment WHERE tracking = ANY(%(parcels)s::text[]) AND tracking <> ''
        UNION
        SELECT id FROM orders_order
        WHERE to_tsvector('simple'::regconfig, COALESCE(split_part(ship_to, E'\\n', 1), ''))
              @@ to_tsquery('simple', %(words)s::text)
        UNION
        SELECT bought.id FROM customers_identity buyer JOIN orders_order bought ON bought.identity_id = buyer.id
        WHERE to_tsvector('simple'::regconfig, COALESCE(buyer.name, '')) @@ to_tsquery('simple', %(words)s::text)
    )
    SELECT one.id FROM orders_order one JOIN met ON met.id = one.id
    WHERE one.store_id = ANY(%(stores)s::bigint[])
      AND (%(at)s::timestamptz IS NULL OR (one.ordered_at, one.id) < (%(at)s::timestamptz, %(id)s::bigint))
    ORDER BY one.ordered_at DESC, one.id DESC LIMIT %(most)s
"""
