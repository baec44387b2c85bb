"""A timetable in words: Mon–Fri 09:00–17:00, and what its closed days are called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from babel import Locale
from babel.dates import format_date, get_day_names
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tresen.staffing.holidays import holiday_names
from tresen.staffing.models import TimetableVersion
from tresen.staffing.plans import WEEKDAYS
from tresen.staffing.proposing import Difference
from tresen.staffing.rows import names_of, special_of, week_of
from tresen.staffing.timetables import years_of
from tresen.workspace.setup.naming import alphabetical, reader
from tresen.workspace.setup.timetables.entering import windows_out


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """A closed or special day, in words; `hours` is empty for a closed one."""

    day: date
    on: str
    name: str
    hours: str = ""


def weekday_titles(width: Literal["wide", "abbreviated"] = "wide") -> dict[int, str]:
    """Monday is 0."""
    names = get_day_names(width, locale=reader())
    return {day: names[day] for day in WEEKDAYS}


def country_title(code: str) -> str:
    """A country in the agent's language."""
    return str(Locale.parse(reader()).territories.get(code, code))


def country_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Countries by name."""
    titles = [(code, country_title(code)) for code in codes]
    return sorted(titles, key=lambda choice: alphabetical(choice[1]))


def week_in_words(version: TimetableVersion) -> list[str]:
    """One text for each run of days with the same hours: Mon–Fri 09:00–17:00."""
    week = week_of(version.week)
    titles = weekday_titles("abbreviated")
    runs = groupby(WEEKDAYS, key=lambda day: tuple(week.get(day, ())))
    return [f"{_days(list(days), titles)} {hours_in_words(opened)}" for opened, days in runs if opened]


def closed_days(version: TimetableVersion, *, since: date) -> list[DayShown]:
    """The closed and special days to come, by date."""
    names = named_days(version, years_of(version))
    special = special_of(version.special)
    days = sorted({day for day in (*version.closed, *special) if day >= since})
    return [
        DayShown(
            day=day,
            on=day_with_weekday(day),
            name=names.get(day, _("own day")),
            hours=hours_in_words(special[day]) if day in special else "",
        )
        for day in days
    ]


def day_with_weekday(day: date) -> str:
    """Thu, 24 Dec 2026."""
    return format_date(day, "EEE, d MMM y" if reader() == "en_GB" else "EEE, d. MMM y", locale=reader())


def named_days(version: TimetableVersion, years: Iterable[int]) -> dict[date, str]:
    """What the closed and special days of these years are called: our own names before those of holidays."""
    names = holiday_names(version.country, version.region, years, language=get_language() or "en")
    return {**names, **names_of(version.names)}


def difference_in_words(version: TimetableVersion, difference: Difference) -> list[str]:
    """What newer data says otherwise, a sentence each."""
    years = sorted({day.year for day in difference.came})
    names = holiday_names(version.country, version.region, years, language=get_language() or "en")
    came = [
        _("New holiday: %(day)s (%(name)s).") % {"day": day_with_weekday(day), "name": names[day]}
        for day in difference.came
    ]
    went = [_("No holiday any more: %(day)s.") % {"day": day_with_weekday(day)} for day in difference.went]
    zone = [_("The time zone %(zone)s changes its clock otherwise than kept.") % {"zone": version.zone}]
    return [*came, *went, *(zone if difference.zone_changed else [])]


def hours_in_words(opened: Iterable[Sequence[str]]) -> str:
    """09:00–12:00, 13:00–17:00; closed."""
    return windows_out(opened).replace("-", "–") or _("closed")


def bars(version: TimetableVersion) -> list[tuple[int, int, int]]:
    """The week as (day, opens, closes) in minutes, for a small picture; past midnight goes on the next day."""
    drawn = []
    for day, opened in week_of(version.week).items():
        for opens, closes in opened:
            start, end = _minutes(opens), _minutes(closes)
            if start < end:
                drawn.append((day, start, end))
            elif end < start:
                drawn += [(day, start, _FULL), ((day + 1) % len(WEEKDAYS), 0, end)]
    return drawn


_FULL = 24 * 60


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def _days(days: Sequence[int], titles: Mapping[int, str]) -> str:
    first, last = titles[days[0]].rstrip("."), titles[days[-1]].rstrip(".")
    return first if len(days) == 1 else f"{first}–{last}"
