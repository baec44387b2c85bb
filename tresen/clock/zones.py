"""Time zones from the `tzdata` package alone, so that one pinned version decides on every machine."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

zoneinfo.reset_tzpath(to=())

type Stretch = tuple[datetime, datetime, timedelta]
"""First instant, end (not included), and the offset from UTC that holds in between."""

SAMPLE = timedelta(days=1)
"""Since 1970 no zone has changed its offset twice within a day; a test watches this for each version of `tzdata`."""

SECOND = timedelta(seconds=1)


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone of this name, e.g. "Europe/Berlin". Raises `ValueError` for a name that `tzdata` does not have."""
    try:
        # Not the shared cache: it may hold zones that somebody read from the system before this module was imported.
        return ZoneInfo.no_cache(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise ValueError(f"“{name}” is not a time zone. Write one like “Europe/Berlin”.") from problem


def in_utc(at: datetime) -> datetime:
    """The same instant in UTC. Raises `ValueError` for a time without a zone."""
    if at.tzinfo is UTC:
        return at
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no time zone, so nobody can say which instant it means.")
    return at.astimezone(UTC)


def stretches(where: ZoneInfo, start: datetime, end: datetime) -> Iterator[Stretch]:
    """[start, end) cut where the offset from UTC changes, in order. Both are in UTC and whole seconds."""
    begun, offset = start, _offset(where, start)
    at = start
    while at < end:
        following = min(at + SAMPLE, end)
        if _offset(where, following) != offset:
            change = _first_change(where, at, following)
            yield begun, change, offset
            begun, offset = change, _offset(where, change)
        at = following
    if begun < end:
        yield begun, end, offset


def _first_change(where: ZoneInfo, before: datetime, after: datetime) -> datetime:
    old = _offset(where, before)
    while after - before > SECOND:
        middle = before + (after - before) // (2 * SECOND) * SECOND
        if _offset(where, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(where: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(where).utcoffset() or timedelta(0)
