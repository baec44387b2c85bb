"""Telling open browsers that something changed: one NOTIFY a transaction, and never what it was.

The payload names the teams, stores and brands concerned, so that each browser is told only of what its agent may see.
"""

from collections.abc import Iterable

import msgspec
from django.db import connection

CHANNEL = "tresen_live"
MOST_NAMED = 100
"""PostgreSQL takes 8,000 bytes; beyond this many places a change is announced to all."""


class Change(msgspec.Struct, frozen=True):
    """Where something changed: (team, store, brand) each; empty stands for anywhere."""

    places: tuple[tuple[int, int, int], ...]


def announce(places: Iterable[tuple[int, int, int]]) -> None:
    """Announce, when this transaction commits, a change in these (team, store, brand)."""
    named = sorted(set(places))
    if not named:
        return
    change = Change(tuple(named) if len(named) <= MOST_NAMED else ())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, msgspec.json.encode(change).decode()])


def change_from(payload: str) -> Change:
    """The change that a notification tells of."""
    return msgspec.json.decode(payload, type=Change)
