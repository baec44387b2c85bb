"""What a timetable would take over from a calendar, before it is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tresen.staffing.calendar_days import Meaning, Taken, Usual, days_taken
from tresen.staffing.calendars import CalendarRead
from tresen.staffing.models import TimetableVersion
from tresen.staffing.timetables import plan_of, years_of
from tresen.workspace.setup.timetables.entering import days_out, special_days_out
from tresen.workspace.setup.timetables.words import day_with_weekday, hours_in_words, named_days


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTaken:
    """A day as it would be. `hours` is empty for a closed one; `before`: how it is so far."""

    on: str
    name: str
    hours: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """All that would be taken, in words, and as the forms write it. `skipped`: what would not, and why."""

    meaning: Meaning
    closed: Sequence[DayTaken]
    special: Sequence[DayTaken]
    skipped: Sequence[str]
    closed_text: str
    special_text: str


def preview_of(read: CalendarRead, meaning: Meaning, version: TimetableVersion) -> Preview:
    """What a timetable in this version would take over from a calendar."""
    usual = Usual(plan=plan_of(version), closed=frozenset(version.closed))
    taken = days_taken(read.events, meaning, usual=usual, years=years_of(version))
    return Preview(
        meaning=meaning,
        closed=_shown(taken.closed, taken, usual, version),
        special=_shown(taken.special, taken, usual, version),
        skipped=(*read.skipped, *taken.skipped),
        closed_text=days_out(taken.closed, taken.names),
        special_text=special_days_out(taken.special, taken.names),
    )


def _shown(days: Iterable[date], taken: Taken, usual: Usual, version: TimetableVersion) -> list[DayTaken]:
    called = named_days(version, years_of(version))
    return [
        DayTaken(
            on=day_with_weekday(day),
            name=taken.names.get(day, ""),
            hours=hours_in_words(taken.special[day]) if day in taken.special else "",
            before=_before(day, taken, usual, called.get(day, "")),
        )
        for day in days
    ]


def _before(day: date, taken: Taken, usual: Usual, called: str) -> str:
    hours = usual.on(day)
    named_anew = taken.names.get(day, called) != called
    if sorted(hours) == sorted(taken.special.get(day, ())) and not named_anew:
        return _("known already")
    words = [called] if called and named_anew else []
    return _("so far: %(what)s") % {"what": ", ".join([*words, hours_in_words(hours)])}
