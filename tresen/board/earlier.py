"""The same days and hours of the last weeks, which tell what to expect."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from tresen.batches.cursors import batch_cursor

WEEKS = 4
"""So many weeks tell what to expect; fewer where there are not as many yet."""
WEEK = timedelta(weeks=1)
MARGIN = timedelta(weeks=2)

type Span = tuple[datetime, datetime]


def known_since(at: datetime) -> datetime | None:
    """When the first message came in; None where that is longer ago than matters. `at` itself where none has."""
    with batch_cursor() as cursor:
        cursor.execute(_KNOWN_SINCE, {"at": at, "before": at - WEEKS * WEEK - MARGIN})
        (since,) = cursor.fetchone()
    return since  # type: ignore[no-any-return]


def weeks_before(span: Span, *, at: datetime, zone: ZoneInfo) -> range:
    """How many weeks earlier this stretch was over before today, WEEKS times, the last time first."""
    today = datetime.combine(at.astimezone(zone).date(), time())
    first = max(0, ceil((_on_the_wall(span[1], zone) - today) / WEEK))
    return range(first, first + WEEKS)


def earlier(span: Span, weeks: Sequence[int], *, zone: ZoneInfo, since: datetime | None) -> list[tuple[int, Span]]:
    """The stretch as it was so many weeks earlier, by the clock on the wall, of the weeks that are known.

    One that began before the first message came tells too little and is left out, unless it is all there is.
    """
    found = [(week, (_shifted(span[0], week, zone), _shifted(span[1], week, zone))) for week in weeks]
    if since is None:
        return found
    whole = [one for one in found if one[1][0] >= since]
    return whole or [one for one in found if one[1][1] > since][:1]


def _shifted(at: datetime, weeks: int, zone: ZoneInfo) -> datetime:
    return (_on_the_wall(at, zone) - WEEK * weeks).replace(tzinfo=zone)


def _on_the_wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


# The index on the time tells quickly that nothing is older, and an old installation finds something older at once.
_KNOWN_SINCE = """
    SELECT CASE WHEN NOT EXISTS (
        SELECT FROM tickets_message
        WHERE direction = 'in' AND kind = 'message' AND occurred_at < %(before)b::timestamptz
    ) THEN coalesce(
        (SELECT min(occurred_at) FROM tickets_message WHERE direction = 'in' AND kind = 'message'),
        %(at)b::timestamptz
    ) END
"""
