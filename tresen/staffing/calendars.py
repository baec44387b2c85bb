"""Reads the events of an iCalendar file (.ics) by a timetable's clock. Pure: nothing is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Calendar, Component, Event

from tresen.clock import zones
from tresen.staffing.calendar_events import Skipped, moved_times, occurrences
from tresen.staffing.plans import LONGEST_DAY_NAME

LARGEST = 1_000_000
"""Bytes of a file; ten thousand events fit in."""
MOST_DAYS = 1000
MOST_LONG = 400
MOST_NAMED = 5
DAY = timedelta(days=1)
LAST_MINUTE = "23:59"
NO_EVENTS = frozenset({"VTODO", "VJOURNAL", "VFREEBUSY"})

type Stretch = tuple[datetime, datetime]
"""From when until when, on the wall of the timetable."""


class CalendarWrong(ValueError):
    """A file that is no calendar, or says too much; its text is a sentence for who uploaded it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event: what it is called, empty for nothing, and when it takes place, in whole days or at times."""

    name: str
    days: tuple[date, ...] = ()
    times: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRead:
    """What a calendar says of the asked years. `skipped` names what was not taken, and why, as sentences."""

    events: tuple[Told, ...]
    skipped: tuple[str, ...] = ()


def read_calendar(content: bytes, *, zone: str, years: range) -> CalendarRead:
    """The calendar's events by the clock of `zone`. Raises `CalendarWrong`."""
    components = _components(content)
    events = [component for component in components if isinstance(component, Event)]
    moved = moved_times(events)
    told: list[Told] = []
    skipped = [
        left_out(_name(other), _("is a task, a note or free time, no event"))
        for other in components
        if other.name in NO_EVENTS
    ]
    elsewhen: list[str] = []
    days: set[date] = set()
    for event in events:
        name = _name(event)
        try:
            one = _told(name, list(occurrences(event, years, moved)), zones.zone(zone), years)
        except Skipped as reason:
            skipped.append(left_out(name, str(reason)))
            continue
        except OverflowError:  # at the end of all time, in another zone
            skipped.append(left_out(name, _("says no day")))
            continue
        if one.days or one.times:
            told.append(one)
        else:
            elsewhen.append(called(name))
        days.update(one.days, (begins.date() for begins, _ends in one.times))
        if len(days) > MOST_DAYS:
            raise CalendarWrong(_("The calendar has more than %(most)s days.") % {"most": MOST_DAYS})
    return CalendarRead(events=tuple(told), skipped=(*skipped, *_elsewhen(elsewhen, years)))


def left_out(name: str, reason: str) -> str:
    """That an event is not taken, and why."""
    return _("“%(name)s”: %(reason)s") % {"name": called(name), "reason": reason}


def called(name: str) -> str:
    """What an event is called in a sentence."""
    return name or _("without a name")


def days_touched(begins: datetime, ends: datetime) -> list[date]:
    """Each day on which a stretch takes place."""
    count = ((ends - timedelta(microseconds=1)).date() - begins.date()).days + 1
    return [begins.date() + number * DAY for number in range(count)]


def _components(content: bytes) -> Sequence[Component]:
    if len(content) > LARGEST:
        raise CalendarWrong(_("The file is larger than 1 MB."))
    try:
        components = Calendar.from_ical(content).walk()
    except (ValueError, KeyError, IndexError, TypeError) as problem:
        raise CalendarWrong(
            _("This is no calendar file. It should end in .ics and begin with BEGIN:VCALENDAR.")
        ) from problem
    if not any(isinstance(component, Event) for component in components):
        raise CalendarWrong(_("There is no event in this calendar."))
    return components


def _name(component: Component) -> str:
    given = component.get("SUMMARY", "")
    words = " ".join(str(given[0] if isinstance(given, list) else given).split())
    return "".join(filter(str.isprintable, words))[:LONGEST_DAY_NAME].strip()


def _told(name: str, found: Sequence[tuple[date, date]], zone: ZoneInfo, years: range) -> Told:
    days: list[date] = []
    times: list[Stretch] = []
    for start, end in found:
        if isinstance(start, datetime) and isinstance(end, datetime):
            times.append(_stretch(start, end, zone))
        else:
            days += _days(start, end)
    return Told(
        name=name,
        days=tuple(day for day in dict.fromkeys(days) if day.year in years),
        times=tuple(one for one in dict.fromkeys(times) if any(day.year in years for day in days_touched(*one))),
    )


def _days(start: date, end: date) -> list[date]:
    count = (end - start).days
    if count < 0:
        raise Skipped(_("ends before it begins"))
    if count > MOST_LONG:
        raise Skipped(_("is longer than %(most)s days") % {"most": MOST_LONG})
    return [start + number * DAY for number in range(max(count, 1))]


def _stretch(start: datetime, end: datetime, zone: ZoneInfo) -> Stretch:
    begins, ends = _there(start, zone), _there(end, zone)
    if f"{ends:%H:%M}" == LAST_MINUTE:  # how some calendars write the end of a day
        ends += timedelta(minutes=1)
    if ends < begins:
        raise Skipped(_("ends before it begins"))
    if ends == begins:
        raise Skipped(_("ends when it begins"))
    if ends - begins > MOST_LONG * DAY:
        raise Skipped(_("is longer than %(most)s days") % {"most": MOST_LONG})
    return begins, ends


def _there(moment: datetime, zone: ZoneInfo) -> datetime:
    """To the minute. A time without a zone is meant on the wall of the timetable."""
    there = moment.astimezone(UTC).astimezone(zone) if moment.tzinfo else moment
    return there.replace(tzinfo=None, second=0, microsecond=0)


def _elsewhen(names: Sequence[str], years: range) -> Iterator[str]:
    if not names:
        return
    words = ngettext(
        "%(num)s event has no day in the years %(first)s to %(last)s: %(names)s",
        "%(num)s events have no day in the years %(first)s to %(last)s: %(names)s",
        len(names),
    )
    different = list(dict.fromkeys(names))
    named = [*different[:MOST_NAMED], *(["…"] if len(different) > MOST_NAMED else [])]
    yield words % {"num": len(names), "first": years[0], "last": years[-1], "names": ", ".join(named)}
