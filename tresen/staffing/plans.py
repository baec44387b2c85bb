"""What a timetable shall say, as a person entered it, and what is wrong with that."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tresen.clock import windows, zones
from tresen.clock.windows import Window
from tresen.staffing.holidays import is_country, is_region

MOST_DAYS = 1000
MOST_WINDOWS = 24
LONGEST_DAY_NAME = 80
BETWEEN_NAMES = " · "
"""Stands between the names of a day that has several."""
WEEKDAYS = range(7)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what was entered: the path of the field ("week.0"), then a sentence."""

    where: str
    sentence: str


class TimetableWrong(ValueError):
    """A timetable that cannot be kept as it was entered. `problems` names everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{problem.where}: {problem.sentence}" for problem in self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetablePlan:
    """`week` maps 0 (Monday) to 6 (Sunday) to windows ("08:30", "17:00"), `special` does so for single dates.

    The public holidays of `country` (two letters, or empty for none) and its `region` are closed, and `own_closed`. A
    special day replaces the windows of its date and wins over a closed day. `names` says what such days are called.
    """

    zone: str
    week: Mapping[int, Sequence[Window]]
    country: str = ""
    region: str = ""
    own_closed: Collection[date] = ()
    special: Mapping[date, Sequence[Window]] = field(default_factory=dict)
    names: Mapping[date, str] = field(default_factory=dict)


def problems_in(plan: TimetablePlan) -> list[Problem]:
    """Everything that is wrong in `plan`."""
    problems = [*_zone(plan), *_week(plan), *_special(plan), *_names(plan), *_country(plan)]
    if len(plan.own_closed) + len(plan.special) > MOST_DAYS:
        sentence = _("These are more than %(most)s single days. Leave out those that have passed.") % {
            "most": MOST_DAYS
        }
        problems.append(Problem("own_closed", sentence))
    return problems


def _zone(plan: TimetablePlan) -> Iterable[Problem]:
    try:
        zones.zone(plan.zone)
    except ValueError:
        sentence = _("“%(zone)s” is not a time zone. Write one like Europe/Berlin.")
        yield Problem("zone", sentence % {"zone": plan.zone})


def _week(plan: TimetablePlan) -> Iterable[Problem]:
    strange = [day for day in plan.week if day not in WEEKDAYS]
    if strange:
        yield Problem("week", _("A week has the days 0 (Monday) to 6 (Sunday)."))
    problems = [problem for day, opened in plan.week.items() for problem in _day(f"week.{day}", opened)]
    yield from problems
    if not (strange or problems or any(windows.spans(opened) for opened in plan.week.values())):
        yield Problem("week", _("Nobody would ever work by this timetable. Give at least one day its hours."))


def _special(plan: TimetablePlan) -> Iterable[Problem]:
    for day, opened in plan.special.items():
        yield from _day(f"special.{day.isoformat()}", opened)


def _names(plan: TimetablePlan) -> Iterable[Problem]:
    for day, name in plan.names.items():
        if len(name) > LONGEST_DAY_NAME or not name.isprintable():
            where = f"special.{day.isoformat()}" if day in plan.special else "own_closed"
            sentence = _("Give a day a name of at most %(most)s characters.") % {"most": LONGEST_DAY_NAME}
            yield Problem(where, sentence)


def _day(where: str, opened: Sequence[Window]) -> Iterable[Problem]:
    if len(opened) > MOST_WINDOWS:
        yield Problem(where, _("A day has at most %(most)s windows.") % {"most": MOST_WINDOWS})
    for window in opened:
        try:
            windows.spans([window])
        except ValueError:
            sentence = _("“%(window)s” are no hours. Write them like 08:30-17:00; 24:00 ends the day.")
            yield Problem(where, sentence % {"window": "-".join(map(str, window))})


def _country(plan: TimetablePlan) -> Iterable[Problem]:
    if plan.country and not is_country(plan.country):
        sentence = _("The holidays of “%(country)s” are not known. Write two letters, like DE.")
        yield Problem("country", sentence % {"country": plan.country})
    elif plan.region and not (plan.country and is_region(plan.country, plan.region)):
        sentence = _("“%(region)s” is not a region of “%(country)s” with holidays of its own.")
        yield Problem("region", sentence % {"region": plan.region, "country": plan.country})
