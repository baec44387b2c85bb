"""Who of a team is at work when: the roster where it says something about a date, else the timetable. Pure.

Docs: docs/decisions, "The roster wins by the date".
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, pairwise

from tresen.clock.crews import Crew
from tresen.clock.hours import WorkingHours
from tresen.clock.stretches import Opening, common, without
from tresen.clock.windows import Window

AROUND = timedelta(days=3)
"""A zone is less than a day from UTC, and a window runs less than a day past midnight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What the roster says of one agent on one date: one window, or with `window` None that they do not work.

    `team` None: for all their teams.
    """

    day: date
    zone: str
    window: Window | None
    team: int | None = None

    def concerns(self, team: int) -> bool:
        """Whether it is about work for this team."""
        return self.team is None or self.team == team


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of a team. `pattern` are the hours of their own weekly shift, if they have one."""

    pattern: WorkingHours | None = None
    planned: Sequence[Planned] = ()
    away: Sequence[Opening] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPlan:
    """All that says who of a team works when. `people` are its active members by id."""

    team: int
    timetable: WorkingHours
    people: Mapping[int, Person] = field(default_factory=dict)

    @property
    def rostered(self) -> frozenset[date]:
        """The dates about which the team's roster says something: on these it counts alone."""
        return frozenset(
            one.day for person in self.people.values() for one in person.planned if one.concerns(self.team)
        )


def coverage(plan: TeamPlan) -> WorkingHours:
    """When somebody of the team works.

    On a rostered date: the people whom the roster names, and whoever has a weekly shift of their own and is not
    named, each as long as they are not absent. On every other date the timetable, but for the time in which all
    members are absent. A team without members works by its timetable.
    """
    days = plan.rostered
    present = [opening for person in plan.people.values() for opening in _rostered(person, plan.team, days)]
    nobody = _all_away(plan.people.values())
    if not days and not nobody:
        return plan.timetable
    return plan.timetable.replaced(days=days, by=present, gone=nobody)


def presences(plan: TeamPlan, *, start: datetime, end: datetime) -> dict[int, list[Opening]]:
    """When each member is at work in [start, end).

    On dates of the timetable who has a weekly shift of their own works by it as far as the team is covered, everybody
    else as long as it is.
    """
    days = plan.rostered
    by_timetable = (
        plan.timetable.replaced(days=days).openings(start, end) if days else plan.timetable.openings(start, end)
    )
    found = {}
    for agent, person in plan.people.items():
        usual = common(by_timetable, person.pattern.openings(start, end)) if person.pattern else by_timetable
        rostered = common(_rostered(person, plan.team, days), [(start, end)])
        found[agent] = without([*usual, *rostered], person.away)
    return found


def crew(plan: TeamPlan, *, start: datetime, end: datetime) -> Crew:
    """How many of the team are at work when, in [start, end): at least one wherever the team is covered."""
    present = [opening for person in presences(plan, start=start, end=end).values() for opening in person]
    return Crew([*present, *without(coverage(plan).openings(start, end), present)])


def shared_crews(plans: Iterable[TeamPlan], *, start: datetime, end: datetime) -> dict[int, Crew]:
    """The crew of each team, in which who is at work for several of these teams at once is that part of a person."""
    planned = list(plans)
    present = {plan.team: presences(plan, start=start, end=end) for plan in planned}
    teams: defaultdict[int, list[Sequence[Opening]]] = defaultdict(list)
    for people in present.values():
        for agent, openings in people.items():
            teams[agent].append(openings)
    return {
        plan.team: Crew(
            without(coverage(plan).openings(start, end), list(chain.from_iterable(present[plan.team].values()))),
            (share for agent, mine in present[plan.team].items() for share in shares(mine, teams[agent])),
        )
        for plan in planned
    }


def shares(mine: Sequence[Opening], everywhere: Sequence[Sequence[Opening]]) -> Iterable[tuple[Opening, int]]:
    """What somebody works here, cut where the number of teams changes for which they work."""
    if len(everywhere) == 1:
        return [(opening, 1) for opening in mine]
    times = sorted({at for openings in everywhere for opening in openings for at in opening})
    return [
        ((begins, ends), sum(_within(begins, openings) for openings in everywhere))
        for begins, ends in pairwise(times)
        if _within(begins, mine)
    ]


def _within(at: datetime, openings: Sequence[Opening]) -> bool:
    return any(begins <= at < ends for begins, ends in openings)


def own_hours(person: Person, usual: WorkingHours) -> WorkingHours:
    """When this agent works for any team: `usual`, on dates that the roster names by it, never while absent."""
    named = frozenset(one.day for one in person.planned)
    if not named and not person.away:
        return usual
    return usual.replaced(days=named, by=_windows(person.planned), gone=person.away)


def _rostered(person: Person, team: int, days: Collection[date]) -> list[Opening]:
    """When the person works on these rostered dates."""
    if not days:
        return []
    present = _windows(one for one in person.planned if one.concerns(team))
    unnamed = frozenset(days) - {one.day for one in person.planned}
    if person.pattern is not None and unnamed:
        present += person.pattern.only_on(unnamed).openings(*_around(unnamed))
    return without(present, person.away)


def _windows(planned: Iterable[Planned]) -> list[Opening]:
    by_zone: dict[str, dict[date, list[Window]]] = {}
    for one in planned:
        if one.window is not None:
            by_zone.setdefault(one.zone, {}).setdefault(one.day, []).append(one.window)
    return [
        opening
        for zone, special in by_zone.items()
        for opening in WorkingHours(zone, {}, special=special).openings(*_around(special))
    ]


def _around(days: Collection[date]) -> Opening:
    first, last = (datetime.combine(day, time.min, UTC) for day in (min(days), max(days)))
    return first - AROUND, last + AROUND


def _all_away(people: Collection[Person]) -> list[Opening]:
    """When every member is absent at once."""
    if not people:
        return []
    first, *others = (person.away for person in people)
    nobody = list(first)
    for away in others:
        nobody = common(nobody, away)
    return nobody
