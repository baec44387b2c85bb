"""A timetable as a year of twelve small months, and as one week hour by hour. Every time is that of its own zone."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel.dates import format_date, get_day_names, get_month_names
from django.utils.translation import gettext as _

from tresen.clock.hours import WorkingHours
from tresen.clock.windows import Window
from tresen.staffing.models import TimetableVersion
from tresen.staffing.rows import hours_in, special_of, week_of
from tresen.workspace.setup.naming import reader
from tresen.workspace.setup.timetables.words import hours_in_words, named_days

WEEK = 7
DAY = timedelta(days=1)
FULL = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDay:
    """`kind`: open, free (no hours that weekday), closed or special; `title` says what it is called and its hours."""

    day: date
    kind: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthShown:
    """A month, its weeks from Monday on; days of its neighbours are None. `named` are its closed and special days."""

    name: str
    weeks: tuple[tuple[YearDay | None, ...], ...]
    named: tuple[YearDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDayShown:
    """A day on the wall: bars in percent of its length, hours in words, what is odd about it."""

    day: date
    title: str
    name: str
    hours: str
    bars: tuple[tuple[float, float], ...]
    odd: str


def pictures(version: TimetableVersion, asked: Mapping[str, str], *, today: date) -> dict[str, object]:
    """What the page of a timetable draws: the week and the year that were asked for, else those of today."""
    year = _year_asked(asked.get("year", ""), version, today)
    monday = _monday_asked(asked.get("week", ""), version, today)
    return {
        "months": year_shown(version, year),
        "letters": weekday_letters(),
        "year": year,
        "year_before": f"?year={year - 1}" if year > version.first_year else "",
        "year_after": f"?year={year + 1}" if year < version.last_year else "",
        "week_days": week_shown(version, monday),
        "week_before": f"?week={monday - WEEK * DAY}",
        "week_after": f"?week={monday + WEEK * DAY}",
    }


def year_shown(version: TimetableVersion, year: int) -> list[MonthShown]:
    """The twelve months of a year."""
    names = named_days(version, [year])
    week, special, closed = week_of(version.week), special_of(version.special), frozenset(version.closed)
    titles = get_month_names("wide", context="stand-alone", locale=reader())
    months = []
    for month in range(1, 13):
        weeks = tuple(
            tuple(_year_day(day, week, special, closed, names) if day.month == month else None for day in days)
            for days in Calendar().monthdatescalendar(year, month)
        )
        named = tuple(day for days in weeks for day in days if day and day.kind in {"closed", "special"})
        months.append(MonthShown(name=titles[month], weeks=weeks, named=named))
    return months


def weekday_letters() -> list[str]:
    """Mo, Tu, … as narrow as they are told apart."""
    names = get_day_names("short", context="stand-alone", locale=reader())
    return [names[day] for day in range(WEEK)]


def week_shown(version: TimetableVersion, monday: date) -> list[WeekDayShown]:
    """The seven days from a Monday on."""
    hours = hours_in(version)
    names = named_days(version, {monday.year, (monday + WEEK * DAY).year})
    special, closed = special_of(version.special), frozenset(version.closed)
    return [
        _week_day(hours, monday + number * DAY, _kind_words(monday + number * DAY, special, closed, names))
        for number in range(WEEK)
    ]


def _year_asked(text: str, version: TimetableVersion, today: date) -> int:
    year = int(text) if text.isascii() and text.isdecimal() and len(text) <= len("2026") else today.year
    return min(max(year, version.first_year), version.last_year)


def _monday_asked(text: str, version: TimetableVersion, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    day = min(max(day, date(version.first_year, 1, 8)), date(version.last_year, 12, 24))
    return day - timedelta(days=day.weekday())


def _year_day(
    day: date,
    week: Mapping[int, list[Window]],
    special: Mapping[date, list[Window]],
    closed: frozenset[date],
    names: Mapping[date, str],
) -> YearDay:
    words = _kind_words(day, special, closed, names)
    if day in special:
        kind = "special" if special[day] else "closed"
        return YearDay(day=day, kind=kind, title=f"{words}: {hours_in_words(special[day])}")
    if day in closed:
        return YearDay(day=day, kind="closed", title=words)
    return YearDay(day=day, kind="open" if week.get(day.weekday()) else "free", title="")


def _kind_words(
    day: date, special: Mapping[date, list[Window]], closed: frozenset[date], names: Mapping[date, str]
) -> str:
    if day in special:
        return names.get(day) or _("own hours")
    return names.get(day) or _("own closed day") if day in closed else ""


def _week_day(hours: WorkingHours, day: date, name: str) -> WeekDayShown:
    start, end = (datetime.combine(one, time.min, hours.zone) for one in (day, day + DAY))
    length = end.timestamp() - start.timestamp()
    openings = hours.openings(start, end)
    spans = [
        (begins.timestamp() - start.timestamp(), ends.timestamp() - start.timestamp()) for begins, ends in openings
    ]
    clock = [(_wall(begins, hours), _wall(ends, hours)) for begins, ends in openings]
    return WeekDayShown(
        day=day,
        title=format_date(day, "EEE, d MMM" if reader() == "en_GB" else "EEE, d. MMM", locale=reader()),
        name=name,
        hours=", ".join(f"{begins}–{'24:00' if ends == '00:00' else ends}" for begins, ends in clock),
        bars=tuple((round(FULL * low / length, 2), round(FULL * (high - low) / length, 2)) for low, high in spans),
        odd=_odd(length),
    )


def _wall(at: datetime, hours: WorkingHours) -> str:
    return f"{at.astimezone(hours.zone):%H:%M}"


def _odd(length: float) -> str:
    more = timedelta(seconds=length) - DAY
    if not more:
        return ""
    minutes = abs(more) // timedelta(minutes=1)
    if more > timedelta(0):
        return _("The clocks go back: this day is %(minutes)s minutes longer.") % {"minutes": minutes}
    return _("The clocks go forward: this day is %(minutes)s minutes shorter.") % {"minutes": minutes}
