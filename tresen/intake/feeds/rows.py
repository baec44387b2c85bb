"""The rows of feeds: who reads which, and how far. Each change is made only by who holds the row."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection

from tresen.channels.feeds import Feed, Window
from tresen.intake.models import StoreFeed

HOLD = timedelta(minutes=2)
"""Longer than a step may take: a request waits for half a minute at most."""


class LostHold(Exception):
    """Somebody else reads this feed by now: nothing of ours counts."""


def claim(*, at: datetime) -> StoreFeed | None:
    """A due feed, held: should its reader die, it is due again when the hold ends. What is new goes before the past."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"at": at, "by": uuid4(), "until": at + HOLD})
        row = cursor.fetchone()
    return StoreFeed.objects.select_related("store").get(pk=row[0]) if row else None


def go_on(row: StoreFeed, window: Window, *, place: str, told: int, at: datetime, after: timedelta) -> None:
    """The window has more. `after`: not before then."""
    row.since, row.until, row.place = window.since, window.until, place
    _count(row, told=told)
    if after:
        let_go(row, next_at=at + after)
    else:
        row.held_until = at + HOLD
        _write(row, row.held_by, _MOVING)


def finish(row: StoreFeed, feed: Feed, window: Window, *, told: int, at: datetime) -> None:
    """The window is read to its end."""
    row.since = row.until = None
    row.place = ""
    row.checked_at = at
    _count(row, told=told)
    if row.backwards:
        row.read_to = window.since
        row.next_at = at if row.back_to is not None and row.back_to < window.since else None
    else:
        caught_up = at - window.until < feed.every
        row.read_to = max(row.read_to, window.until)
        row.next_at = at + feed.every if caught_up else at
    _release(row)


def begin_again(row: StoreFeed, *, at: datetime) -> None:
    """The window is read from its beginning."""
    row.place = ""
    row.held_until = at + HOLD
    _write(row, row.held_by, _MOVING)


def let_go(row: StoreFeed, *, next_at: datetime) -> None:
    """Others have their turn until then."""
    row.next_at = next_at
    _release(row)


def put_off(row: StoreFeed, *, until: datetime) -> None:
    """Nobody knows this feed: not before then."""
    let_go(row, next_at=until)


def fail(row: StoreFeed, *, trouble: str, next_at: datetime, reconnect: bool, lacks: bool = False) -> None:
    """It could not be read; tried again then."""
    row.failures += 1
    row.trouble, row.reconnect, row.lacks, row.next_at = trouble[:1000], reconnect, lacks, next_at
    _release(row)


def _count(row: StoreFeed, *, told: int) -> None:
    row.pages += 1
    row.told += told
    row.failures, row.trouble, row.reconnect, row.lacks = 0, "", False, False


def _release(row: StoreFeed) -> None:
    holder, row.held_by, row.held_until = row.held_by, None, None
    _write(row, holder, _MOVING)


def _write(row: StoreFeed, holder: UUID | None, names: Sequence[str]) -> None:
    """Write these, if the row is still held by `holder`. Raises LostHold."""
    values = {name: getattr(row, name) for name in names}
    if not StoreFeed.objects.filter(pk=row.pk, held_by=holder).update(**values):
        raise LostHold


_MOVING = (
    *("read_to", "since", "until", "place", "pages", "told", "checked_at", "next_at"),
    *("held_by", "held_until", "failures", "trouble", "reconnect", "lacks"),
)
_CLAIM = """
    UPDATE intake_storefeed SET held_by = %(by)s, held_until = %(until)s WHERE id = (
        SELECT feed.id FROM intake_storefeed feed
        JOIN stores_store store ON store.id = feed.store_id AND store.retired_at IS NULL
        JOIN stores_storeconnection connected ON connected.store_id = store.id
        WHERE feed.next_at <= %(at)s AND (feed.held_until IS NULL OR feed.held_until <= %(at)s)
        ORDER BY feed.backwards, feed.next_at, feed.id LIMIT 1 FOR UPDATE OF feed SKIP LOCKED
    ) RETURNING id
"""
