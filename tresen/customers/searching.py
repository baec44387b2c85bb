"""Identities found by the beginning of a name, an address, a number or a user name, each a walk along an index."""

import re
from collections.abc import Collection

from django.db import connection

SHORTEST_KEY = 5
"""Fewer characters begin the keys of very many."""
_LAST = "\U0010ffff"


def identities_like(name: str, *, keys: Collection[str], most: int) -> list[int]:
    """Those whose name has these words, or whose key begins with one of `keys`; the newest `most` of them.

    In nobody's scope, as an identity belongs to no store: the caller asks which of them an agent may see.
    """
    starts = sorted(key for key in keys if len(key) >= SHORTEST_KEY)
    values = {"words": _words(name), "starts": starts, "ends": [f"{key}{_LAST}" for key in starts], "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, values)
        return [row[0] for row in cursor.fetchall()]


def _words(name: str) -> str | None:
    """As the index is asked for it, each word by its beginning; None for what is no name."""
    words = re.findall(r"[^\W_]+", name)
    if not any(letter.isalpha() for letter in name):
        return None
    return " & ".join(f"'{word}':*" for word in words)


# The expressions are those of the indexes, word for word. Found first, then sorted: for the newest alone the planner
# would walk along the primary key.
_FOUND = """
    WITH met AS MATERIALIZED (
        SELECT id FROM customers_identity
        WHERE to_tsvector('simple'::regconfig, COALESCE(name, '')) @@ to_tsquery('simple', %(words)s::text)
        UNION
        SELECT one.id FROM unnest(%(starts)s::text[], %(ends)s::text[]) AS given (start, finish)
        JOIN customers_identity one ON one.key ~>=~ given.start AND one.key ~<~ given.finish
    )
    SELECT id FROM met ORDER BY id DESC LIMIT %(most)s
"""
