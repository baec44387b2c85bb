"""When a mail of notices leaves: at once, or with others. Pure."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tresen.alerts.models import Rhythm

MORNING = time(8)
"""When a daily mail leaves, in the recipient's own time zone."""


def leaves_at(
    rhythm: Rhythm, *, recent: Sequence[datetime], most: int, within: timedelta, zone: ZoneInfo, at: datetime
) -> datetime:
    """When a mail leaves that is made `at`; what comes until then goes along.

    `recent`: when notices went to the same recipient lately. The first `most` of any `within` leave at once; what is
    more waits until the oldest of them is that long ago, and leaves as one mail.
    """
    match rhythm:
        case Rhythm.HOURLY:
            return at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        case Rhythm.DAILY:
            return _next_morning(at.astimezone(zone))
        case Rhythm.AT_ONCE:
            lately = sorted(one for one in recent if at - within < one <= at)
            return lately[-most] + within if len(lately) >= most > 0 else at


def _next_morning(here: datetime) -> datetime:
    day = here.date() if here.time() < MORNING else here.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=here.tzinfo)
