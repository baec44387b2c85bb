"""Hours as their row keeps them, as JSON: {"0": [["08:00", "12:00"]]} and {"2026-12-24": [["08:00", "12:00"]]}."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from tresen.clock.hours import WorkingHours
from tresen.clock.windows import Window
from tresen.staffing.models import TimetableVersion


def week_json(week: Mapping[int, Sequence[Window]]) -> dict[str, list[list[str]]]:
    """The week as its row keeps it; days without a window are left out."""
    return {str(day): [list(window) for window in sorted(week[day])] for day in sorted(week) if week[day]}


def special_json(special: Mapping[date, Sequence[Window]]) -> dict[str, list[list[str]]]:
    """The special days as their row keeps them; a day without a window is closed."""
    return {day.isoformat(): [list(window) for window in sorted(special[day])] for day in sorted(special)}


def week_of(stored: Mapping[str, Sequence[Sequence[str]]]) -> dict[int, list[Window]]:
    """The week of a row, for `WorkingHours` and `TimetablePlan`."""
    return {int(day): [_window(window) for window in stored[day]] for day in stored}


def special_of(stored: Mapping[str, Sequence[Sequence[str]]]) -> dict[date, list[Window]]:
    """The special days of a row, for `WorkingHours` and `TimetablePlan`."""
    return {date.fromisoformat(day): [_window(window) for window in stored[day]] for day in stored}


def names_json(names: Mapping[date, str], days: Collection[date]) -> dict[str, str]:
    """What these days are called, as their row keeps it; days without a name are left out."""
    return {day.isoformat(): names[day] for day in sorted(names) if names[day] and day in days}


def names_of(stored: Mapping[str, str]) -> dict[date, str]:
    """What the days of a row are called."""
    return {date.fromisoformat(day): stored[day] for day in stored}


def hours_in(version: TimetableVersion) -> WorkingHours:
    """The hours that this version says."""
    return WorkingHours(version.zone, week_of(version.week), version.closed, special_of(version.special))


def _window(stored: Sequence[str]) -> Window:
    opens, closes = stored
    return opens, closes
