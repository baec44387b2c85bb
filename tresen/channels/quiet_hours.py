"""Hours of the night in which nobody is written to who has not just written: where the recipient is. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tresen.clock import zones

_MOST_NIGHTS = 8
"""Where a number may be anywhere between two ends of a continent, the common day is found in fewer steps than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `begins` until `ends` on the wall, over midnight too, in all `zones` in which the recipient may be."""

    begins: time
    ends: time
    zones: tuple[str, ...]


def awake_at(quiet: QuietHours, at: datetime) -> datetime:
    """The first instant from `at` on (UTC) at which it is quiet in none of the zones; `at` itself where it is not.

    Where it is always quiet in one of them, the recipient waits some nights and no longer.
    """
    found = at
    for _ in range(_MOST_NIGHTS):
        later = max((_end(quiet, zone, found) for zone in quiet.zones), default=found)
        if later == found:
            break
        found = later
    return found


def _end(quiet: QuietHours, zone: str, at: datetime) -> datetime:
    """When the quiet hours end that `at` is in; `at` where it is in none."""
    there = zones.zone(zone)
    local = at.astimezone(there)
    on_the_wall = local.time()
    over_midnight = quiet.begins > quiet.ends
    after, before = on_the_wall >= quiet.begins, on_the_wall < quiet.ends
    if not (after or before if over_midnight else after and before):
        return at
    day = local.date() + timedelta(days=1 if over_midnight and after else 0)
    end = datetime.combine(day, quiet.ends, tzinfo=there)
    # In the night of a clock change the end may come twice or not at all: the later one is meant.
    return max(zones.in_utc(end), zones.in_utc(end.replace(fold=1)))
