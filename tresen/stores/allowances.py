"""How much of a platform's allowance is left: one bucket for each, shared by all workers and all whom it is counted by.

A platform that counts by account or application has one bucket for all the stores of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Func, Value

from tresen.channels.http import Allowance, Spent
from tresen.stores.models import AllowanceLeft

LONGEST_WAIT = timedelta(days=1)
SHARED_FROM = 10.0
"""A burst of so many is shared between what machines and what people ask for."""
LONGEST_NAME = 200


def take(store: int, allowance: Allowance, *, cost: float, at: datetime, spare: float = 0.0) -> timedelta | None:
    """Take `cost` out of the bucket; None when it was there, else how long until it will be. Nothing is taken then.

    A cost above the burst is taken as soon as the bucket is full: no waiting would ever bring more. `spare`: the share
    of the burst that is left for others; a bucket that holds only a few is not shared out.
    """
    cost = min(cost, allowance.burst)
    kept_back = allowance.burst * spare if allowance.burst >= SHARED_FROM else 0.0
    wanted = min(cost + kept_back, allowance.burst)
    params = {**_bucket(store, allowance), "cost": cost, "wanted": wanted, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, params)
        if cursor.fetchone() is not None:
            return None
        cursor.execute(_LEFT, params)
        left, closed_until = cursor.fetchone()
    until_enough = timedelta(seconds=max(0.0, (wanted - left) / allowance.per_second))
    until_open = max(timedelta(0), closed_until - at) if closed_until else timedelta(0)
    return min(max(until_enough, until_open, timedelta(milliseconds=1)), LONGEST_WAIT)


def settle(store: int, allowance: Allowance, *, taken: float, spent: Spent, at: datetime) -> None:
    """Give back what was taken and not needed, and believe a platform that tells that less is left than we count.

    More than we count it may well tell: it does not know yet of what is on its way.
    """
    if spent.cost is None and spent.left is None:
        return
    back = 0.0 if spent.cost is None else min(taken, allowance.burst) - spent.cost
    params = {**_bucket(store, allowance), "back": back, "told": spent.left, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, params)


def close(store: int, allowance: Allowance, *, until: datetime) -> None:
    """The platform says that it was asked too often: nobody whom it counts together asks before then."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, {**_bucket(store, allowance), "until": until})


def forget(store: int) -> None:
    """The store is let in otherwise, or no more: what it took part in is shared without it."""
    without = Func(F("stores"), Value(store), function="array_remove")
    AllowanceLeft.objects.filter(stores__contains=[store]).update(stores=without)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left of one allowance: `left` of `burst`, in the platform's own units.

    `per_second` come back, and it is full again after `full_after`.
    `closed_until`: the platform wants to be left alone until then. `others`: the stores that take of it too.
    """

    name: str
    left: float
    burst: float
    per_second: float
    full_after: timedelta
    closed_until: datetime | None
    others: frozenset[int] = frozenset()


def left_of(store: int, *, at: datetime) -> list[Left]:
    """Of each allowance that the store has used, by name."""
    rows = AllowanceLeft.objects.filter(stores__contains=[store]).order_by("name", "pk")
    return [_left(row, store, at) for row in rows]


def _left(row: AllowanceLeft, store: int, at: datetime) -> Left:
    come_back = row.per_second * max(0.0, (at - row.counted_at).total_seconds())
    left = min(row.burst, row.left_over + come_back)
    lacking = timedelta(seconds=(row.burst - left) / row.per_second) if row.per_second else timedelta(0)
    closed = row.closed_until if row.closed_until and row.closed_until > at else None
    return Left(
        name=row.name,
        left=max(0.0, left),
        burst=row.burst,
        per_second=row.per_second,
        full_after=lacking,
        closed_until=closed,
        others=frozenset(row.stores) - {store},
    )


def _bucket(store: int, allowance: Allowance) -> Mapping[str, int | float | str]:
    return {
        "counted_by": (allowance.counted_by or f"store:{store}")[:LONGEST_NAME],
        "name": allowance.name,
        "store": store,
        "burst": allowance.burst,
        "rate": allowance.per_second,
    }


_STORES = """CASE WHEN %(store)s = ANY(kept.stores) THEN kept.stores ELSE kept.stores || %(store)s::bigint END"""
_REFILLED = """least(%(burst)s::float8, kept.left_over + %(rate)s::float8 * greatest(0,
            extract(epoch FROM %(at)s::timestamptz - kept.counted_at)))"""
_TAKE = f"""
    INSERT INTO stores_allowanceleft AS kept
        (counted_by, name, stores, left_over, burst, per_second, counted_at)
    VALUES (%(counted_by)s, %(name)s, ARRAY[%(store)s]::bigint[], %(burst)s::float8 - %(cost)s, %(burst)s, %(rate)s,
        %(at)s)
    ON CONFLICT (counted_by, name) DO UPDATE
    SET left_over = {_REFILLED} - %(cost)s, stores = {_STORES},
        burst = %(burst)s, per_second = %(rate)s, counted_at = greatest(kept.counted_at, %(at)s)
    WHERE {_REFILLED} >= %(wanted)s AND (kept.closed_until IS NULL OR kept.closed_until <= %(at)s)
    RETURNING left_over
"""
_LEFT = f"""
    SELECT {_REFILLED}, closed_until FROM stores_allowanceleft AS kept
    WHERE counted_by = %(counted_by)s AND name = %(name)s
"""
_SETTLE = f"""
    UPDATE stores_allowanceleft AS kept
    SET left_over = least(%(burst)s::float8, {_REFILLED} + %(back)s::float8, %(told)s::float8),
        counted_at = greatest(kept.counted_at, %(at)s)
    WHERE counted_by = %(counted_by)s AND name = %(name)s
"""
_CLOSE = f"""
    INSERT INTO stores_allowanceleft AS kept (counted_by, name, stores, left_over, counted_at, closed_until)
    VALUES (%(counted_by)s, %(name)s, ARRAY[%(store)s]::bigint[], 0, %(until)s, %(until)s)
    ON CONFLICT (counted_by, name) DO UPDATE
    SET closed_until = greatest(kept.closed_until, excluded.closed_until), stores = {_STORES}
"""
