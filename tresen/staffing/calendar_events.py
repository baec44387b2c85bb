"""When an event of an iCalendar file takes place: once, or again and again but for what was moved or left out. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # ships no types
from django.utils.translation import gettext as _
from icalendar import Event

MOST_TIMES = 1000
DAY = timedelta(days=1)
EARLIEST = 1900
REPEATING = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

type Moved = Mapping[str, Sequence[date]]
"""By an event's UID: which of its times another event replaces or cancels."""


class Skipped(ValueError):
    """Why an event is not taken, as the end of a sentence."""


def moved_times(events: Iterable[Event]) -> Moved:
    """What single times of repeated events were moved or cancelled: there, the event that says so stands alone."""
    found: defaultdict[str, list[date]] = defaultdict(list)
    for event in events:
        with suppress(Skipped):
            found[str(event.get("UID", ""))] += _times(event, "RECURRENCE-ID")
    return found


def occurrences(event: Event, years: range, moved: Moved) -> Iterator[tuple[date, date]]:
    """From when until when it takes place, as dates or as times, each time in these years. Raises Skipped."""
    try:
        yield from _occurrences(event, years, moved)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as problem:
        if isinstance(problem, Skipped):
            raise
        raise Skipped(_("says no day")) from problem


def _occurrences(event: Event, years: range, moved: Moved) -> Iterator[tuple[date, date]]:
    if str(_first(event.get("STATUS", ""))).upper() == "CANCELLED":
        raise Skipped(_("is cancelled"))
    start = event.decoded("DTSTART")
    end = event.decoded("DTEND") if "DTEND" in event else _ending(event, start)
    if not isinstance(start, date) or not isinstance(end, date) or type(start) is not type(end):
        raise Skipped(_("says no day"))
    if not ("RRULE" in event or "RDATE" in event):
        yield start, end
        return
    left_out = _times(event, "EXDATE")
    if "RECURRENCE-ID" not in event:
        left_out += moved.get(str(event.get("UID", "")), [])
    zone = start.tzinfo if isinstance(start, datetime) else None
    length = _on_the_wall(end, zone) - _wall(start)
    gone = {_on_the_wall(one, zone) for one in left_out}
    days_gone = {one for one in left_out if not isinstance(one, datetime)}
    for moment in _moments(event, start, zone, years):
        if moment not in gone and moment.date() not in days_gone:
            begun = moment.replace(tzinfo=zone) if isinstance(start, datetime) else moment.date()
            yield begun, begun + length


def _ending(event: Event, start: date) -> date:
    if "DURATION" in event:
        ending: date = start + event.decoded("DURATION")
        return ending
    return start + DAY if not isinstance(start, datetime) else start


def _moments(event: Event, start: date, zone: tzinfo | None, years: range) -> Iterator[datetime]:
    """Each time it begins, on the wall of its zone: nine o'clock stays nine o'clock when the clocks change."""
    first, after = datetime(years[0], 1, 1), datetime(years[-1] + 1, 1, 1)  # noqa: DTZ001 - on the wall
    named = {_on_the_wall(one, zone) for one in _times(event, "RDATE")}
    if "RRULE" not in event:
        named.add(_wall(start))
    yield from sorted(moment for moment in named if first <= moment < after)
    for rule in _list(event.get("RRULE", [])):
        for moment in islice(_repeated(rule.to_ical().decode(), start, zone).xafter(first, inc=True), MOST_TIMES + 1):
            if moment >= after:
                break
            if moment not in named:
                yield moment


def _repeated(rule: str, start: date, zone: tzinfo | None) -> Any:
    parts = {name.upper(): value for name, _equals, value in (part.partition("=") for part in rule.split(";"))}
    if parts.get("FREQ") not in REPEATING:
        raise Skipped(_("repeats more than once a day"))
    if "UNTIL" in parts:
        parts["UNTIL"] = _until(parts["UNTIL"], start, zone)
    try:
        written = ";".join(f"{name}={value}" for name, value in parts.items())
        found = rrulestr(written, dtstart=_wall(start), cache=False)
        endless = int(parts.get("INTERVAL", 1)) < 1 or _never_comes(parts) or _too_long_ago(parts["FREQ"], start)
    except (ValueError, TypeError, IndexError) as problem:
        raise Skipped(_("repeats in a way that is not understood")) from problem
    if endless:  # it would be looked for to the end of time, or from its beginning
        raise Skipped(_("repeats in a way that is not understood"))
    return found


def _never_comes(parts: Mapping[str, str]) -> bool:
    """Whether it asks for a day that none of its months has, like 30 February."""
    if "BYMONTH" not in parts or "BYMONTHDAY" not in parts:
        return False
    longest = max(LONGEST_MONTHS[int(month) - 1] for month in parts["BYMONTH"].split(","))
    return all(abs(int(day)) > longest for day in parts["BYMONTHDAY"].split(","))


def _too_long_ago(often: str, start: date) -> bool:
    return often != "YEARLY" and start.year < EARLIEST


def _until(until: str, start: date, zone: tzinfo | None) -> str:
    """The last time, on the wall too; a day alone is meant to its end."""
    if not isinstance(start, datetime):
        return until.rstrip("Z")
    if "T" not in until:
        return f"{until}T235959"
    if not until.endswith("Z") or zone is None:
        return until.rstrip("Z")
    last = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return f"{_on_the_wall(last, zone):%Y%m%dT%H%M%S}"


def _times(event: Event, name: str) -> list[date]:
    """The days or times that a property lists; of a period its beginning. Raises Skipped."""
    found: list[date] = []
    for some in _list(event.get(name, [])):
        try:
            dates: Collection[Any] = getattr(some, "dts", [some])
            found += [_first(one.dt) for one in dates]
        except (AttributeError, ValueError) as problem:
            raise Skipped(_("repeats in a way that is not understood")) from problem
    return [one for one in found if isinstance(one, date)]


def _on_the_wall(moment: date, zone: tzinfo | None) -> datetime:
    if isinstance(moment, datetime) and moment.tzinfo is not None and zone is not None:
        return moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    return _wall(moment)


def _wall(day: date) -> datetime:
    if isinstance(day, datetime):
        return day.replace(tzinfo=None)
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - on the wall


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _first(given: Any) -> Any:
    return given[0] if isinstance(given, list | tuple) else given
