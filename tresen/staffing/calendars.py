"""Reads closed days and days with other hours from an iCalendar file (.ics). Pure: nothing is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # ships no types
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from tresen.clock import zones
from tresen.clock.windows import Window

LARGEST = 1_000_000
"""Bytes of a file; ten thousand events fit in."""
MOST_DAYS = 1000
MOST_LONG = 400
DAY = timedelta(days=1)
REPEATING = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
LONGEST_NAME = 80


class CalendarWrong(ValueError):
    """A file that is no calendar, or says too much; its text is a sentence for who uploaded it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a calendar says of the asked years. `skipped` names what was not taken, and why, as sentences."""

    closed: Mapping[date, str] = field(default_factory=dict)
    special: Mapping[date, tuple[Window, ...]] = field(default_factory=dict)
    names: Mapping[date, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()


def read_calendar(content: bytes, *, zone: str, years: range) -> Taken:
    """All-day events are closed days, timed ones the hours of a special day, by the clock of `zone`.

    Raises `CalendarWrong`.
    """
    closed: dict[date, str] = {}
    special: dict[date, list[Window]] = {}
    names: dict[date, str] = {}
    skipped: list[str] = []
    for event in _events(content):
        name = _name(event)
        try:
            for start, end in _occurrences(event, years):
                if isinstance(start, datetime) and isinstance(end, datetime):
                    day, window = _window(start, end, zones.zone(zone))
                    special.setdefault(day, []).append(window)
                    names[day] = name
                else:
                    closed |= dict.fromkeys(_days(start, end), name)
        except _Skipped as reason:
            skipped.append(_("“%(name)s”: %(reason)s") % {"name": name, "reason": reason})
        if len(closed) + len(special) > MOST_DAYS:
            raise CalendarWrong(_("The calendar has more than %(most)s days.") % {"most": MOST_DAYS})
    return Taken(
        closed={day: closed[day] for day in sorted(closed) if day.year in years and day not in special},
        special={day: tuple(sorted(set(special[day]))) for day in sorted(special) if day.year in years},
        names=names,
        skipped=tuple(skipped),
    )


class _Skipped(ValueError):
    """Why an event is not taken."""


def _events(content: bytes) -> Iterator[Event]:
    if len(content) > LARGEST:
        raise CalendarWrong(_("The file is larger than 1 MB."))
    try:
        calendar = Calendar.from_ical(content)
        events = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
    except (ValueError, KeyError, IndexError, TypeError) as problem:
        raise CalendarWrong(
            _("This is no calendar file. It should end in .ics and begin with BEGIN:VCALENDAR.")
        ) from problem
    if not events:
        raise CalendarWrong(_("There is no event in this calendar."))
    return iter(events)


def _name(event: Event) -> str:
    return " ".join(str(event.get("SUMMARY", "")).split())[:LONGEST_NAME] or _("without a name")


def _occurrences(event: Event, years: range) -> Iterator[tuple[date, date]]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise _Skipped(_("is cancelled"))
    try:
        start = event.decoded("DTSTART")
        end = event.decoded("DTEND") if "DTEND" in event else _ending(event, start)
    except (KeyError, ValueError, TypeError) as problem:
        raise _Skipped(_("says no day")) from problem
    if not isinstance(start, date) or not isinstance(end, date) or type(start) is not type(end):
        raise _Skipped(_("says no day"))
    if "RRULE" not in event:
        yield start, end
        return
    length = _wall(end) - _wall(start)
    for begun in _repeated(event, start, years):
        yield begun, begun + length


def _ending(event: Event, start: date) -> date:
    if "DURATION" in event:
        ending: date = start + event.decoded("DURATION")
        return ending
    return start + DAY if not isinstance(start, datetime) else start


def _repeated(event: Event, start: date, years: range) -> Iterator[date]:
    rule: bytes | str = event["RRULE"].to_ical()
    rule = rule.decode() if isinstance(rule, bytes) else rule
    if dict(part.partition("=")[::2] for part in rule.split(";")).get("FREQ") not in REPEATING:
        raise _Skipped(_("repeats more than once a day"))
    zone = start.tzinfo if isinstance(start, datetime) else None
    try:
        # Counted on the wall: nine o'clock stays nine o'clock when the clocks change.
        moments = rrulestr(_without_zone(rule), dtstart=_wall(start), cache=False)
    except (ValueError, TypeError) as problem:
        raise _Skipped(_("repeats in a way that is not understood")) from problem
    left_out = _left_out(event)
    first, after = datetime(years[0], 1, 1), datetime(years[-1] + 1, 1, 1)  # noqa: DTZ001 - on the wall
    for moment in islice(moments.xafter(first, inc=True), MOST_DAYS + 1):
        if moment >= after:
            return
        if moment not in left_out:
            yield moment.replace(tzinfo=zone) if isinstance(start, datetime) else moment.date()


def _left_out(event: Event) -> set[datetime]:
    given = event.get("EXDATE", [])
    lists = given if isinstance(given, list) else [given]
    return {_wall(one.dt) for some in lists for one in some.dts}


def _without_zone(rule: str) -> str:
    """UNTIL in UTC cannot be compared with the wall; a day more or less does not matter to it."""
    return ";".join(part.rstrip("Z") if part.startswith("UNTIL=") else part for part in rule.split(";"))


def _wall(day: date) -> datetime:
    if isinstance(day, datetime):
        return day.replace(tzinfo=None)
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - on the wall


def _days(start: date, end: date) -> list[date]:
    count = max((end - start).days, 1)
    if count > MOST_LONG:
        raise _Skipped(_("is longer than %(most)s days") % {"most": MOST_LONG})
    return [start + number * DAY for number in range(count)]


def _window(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[date, Window]:
    begun, ended = (_there(moment, zone) for moment in (start, end))
    if not timedelta(0) < ended - begun <= DAY:
        raise _Skipped(_("ends before it begins, or later than a day after"))
    closes = "24:00" if ended.time() == ended.min.time() else f"{ended:%H:%M}"
    if f"{begun:%H:%M}" == closes:
        raise _Skipped(_("ends before it begins, or later than a day after"))
    return begun.date(), (f"{begun:%H:%M}", closes)


def _there(moment: datetime, zone: ZoneInfo) -> datetime:
    """A time without a zone is meant on the wall of the timetable."""
    return moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment
