"""Reads closed days and days with other hours from an iCalendar file (.ics). Pure: nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from tresen.clock import zones
from tresen.clock.windows import Window
from tresen.staffing.calendar_events import Skipped, moved_times, occurrences

LARGEST = 1_000_000
"""Bytes of a file; ten thousand events fit in."""
MOST_DAYS = 1000
MOST_LONG = 400
DAY = timedelta(days=1)
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
    events = _events(content)
    moved = moved_times(events)
    for event in events:
        name = _name(event)
        try:
            for start, end in occurrences(event, years, moved):
                if isinstance(start, datetime) and isinstance(end, datetime):
                    day, window = _window(start, end, zones.zone(zone))
                    if day.year in years:
                        special.setdefault(day, []).append(window)
                        names[day] = name
                else:
                    closed |= {day: name for day in _days(start, end) if day.year in years}
        except Skipped as reason:
            skipped.append(_("“%(name)s”: %(reason)s") % {"name": name, "reason": reason})
        if len(closed) + len(special) > MOST_DAYS:
            raise CalendarWrong(_("The calendar has more than %(most)s days.") % {"most": MOST_DAYS})
    return Taken(
        closed={day: closed[day] for day in sorted(closed) if day not in special},
        special={day: tuple(sorted(set(special[day]))) for day in sorted(special)},
        names=names,
        skipped=tuple(skipped),
    )


def _events(content: bytes) -> Sequence[Event]:
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
    return events


def _name(event: Event) -> str:
    given = event.get("SUMMARY", "")
    return " ".join(str(given[0] if isinstance(given, list) else given).split())[:LONGEST_NAME] or _("without a name")


def _days(start: date, end: date) -> list[date]:
    count = max((end - start).days, 1)
    if count > MOST_LONG:
        raise Skipped(_("is longer than %(most)s days") % {"most": MOST_LONG})
    return [start + number * DAY for number in range(count)]


def _window(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[date, Window]:
    begun, ended = (_there(moment, zone) for moment in (start, end))
    if not timedelta(0) < ended - begun <= DAY:
        raise Skipped(_("ends before it begins, or later than a day after"))
    closes = "24:00" if ended.time() == ended.min.time() else f"{ended:%H:%M}"
    if f"{begun:%H:%M}" == closes:
        raise Skipped(_("ends before it begins, or later than a day after"))
    return begun.date(), (f"{begun:%H:%M}", closes)


def _there(moment: datetime, zone: ZoneInfo) -> datetime:
    """A time without a zone is meant on the wall of the timetable."""
    return moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment
