"""How much of a platform's allowance a store has left: one bucket for each, shared by all workers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from tresen.channels.http import Allowance
from tresen.stores.models import AllowanceLeft

LONGEST_WAIT = timedelta(days=1)
SHARED_FROM = 10.0
"""A burst of so many is shared between what machines and what people ask for."""


def take(store: int, allowance: Allowance, *, cost: float, at: datetime, spare: float = 0.0) -> timedelta | None:
    """Take `cost` out of the bucket; None when it was there, else how long until it will be. Nothing is taken then.

    A cost above the burst is taken as soon as the bucket is full: no waiting would ever bring more. `spare`: the share
    of the burst that is left for others; a bucket that holds only a few is not shared out.
    """
    cost = min(cost, allowance.burst)
    kept_back = allowance.burst * spare if allowance.burst >= SHARED_FROM else 0.0
    wanted = min(cost + kept_back, allowance.burst)
    params: dict[str, int | float | str | datetime] = {
        "store": store,
        "name": allowance.name,
        "burst": allowance.burst,
        "rate": allowance.per_second,
        "cost": cost,
        "wanted": wanted,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, params)
        if cursor.fetchone() is not None:
            return None
        cursor.execute(_LEFT, params)
        left, closed_until = cursor.fetchone()
    until_enough = timedelta(seconds=max(0.0, (wanted - left) / allowance.per_second))
    until_open = max(timedelta(0), closed_until - at) if closed_until else timedelta(0)
    return min(max(until_enough, until_open, timedelta(milliseconds=1)), LONGEST_WAIT)


def close(store: int, name: str, *, until: datetime) -> None:
    """The platform says that it was asked too often: nobody asks before then."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, {"store": store, "name": name, "until": until})


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left of one allowance: `left` of `burst`, in the platform's own units; full again after `full_after`.

    `closed_until`: the platform wants to be left alone until then.
    """

    name: str
    left: float
    burst: float
    full_after: timedelta
    closed_until: datetime | None


def left_of(store: int, *, at: datetime) -> list[Left]:
    """Of each allowance that the store has used, by name."""
    return [_left(row, at) for row in AllowanceLeft.objects.filter(store=store).order_by("name")]


def _left(row: AllowanceLeft, at: datetime) -> Left:
    come_back = row.per_second * max(0.0, (at - row.counted_at).total_seconds())
    left = min(row.burst, row.left_over + come_back)
    lacking = timedelta(seconds=(row.burst - left) / row.per_second) if row.per_second else timedelta(0)
    closed = row.closed_until if row.closed_until and row.closed_until > at else None
    return Left(name=row.name, left=max(0.0, left), burst=row.burst, full_after=lacking, closed_until=closed)


_TAKE = """
    INSERT INTO stores_allowanceleft AS kept (store_id, name, left_over, burst, per_second, counted_at)
    VALUES (%(store)s, %(name)s, %(burst)s::float8 - %(cost)s, %(burst)s, %(rate)s, %(at)s)
    ON CONFLICT (store_id, name) DO UPDATE
    SET left_over = least(%(burst)s, kept.left_over + %(rate)s::float8 * greatest(0,
            extract(epoch FROM %(at)s::timestamptz - kept.counted_at))) - %(cost)s,
        burst = %(burst)s, per_second = %(rate)s, counted_at = greatest(kept.counted_at, %(at)s)
    WHERE least(%(burst)s, kept.left_over + %(rate)s::float8 * greatest(0,
            extract(epoch FROM %(at)s::timestamptz - kept.counted_at))) >= %(wanted)s
      AND (kept.closed_until IS NULL OR kept.closed_until <= %(at)s)
    RETURNING left_over
"""
_LEFT = """
    SELECT least(%(burst)s::float8, left_over + %(rate)s::float8 * greatest(0,
            extract(epoch FROM %(at)s::timestamptz - counted_at))), closed_until
    FROM stores_allowanceleft WHERE store_id = %(store)s AND name = %(name)s
"""
_CLOSE = """
    INSERT INTO stores_allowanceleft AS kept (store_id, name, left_over, counted_at, closed_until)
    VALUES (%(store)s, %(name)s, 0, %(until)s, %(until)s)
    ON CONFLICT (store_id, name) DO UPDATE SET closed_until = greatest(kept.closed_until, excluded.closed_until)
"""
