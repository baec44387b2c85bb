"""Reads all that says who of some teams works when: a fixed number of statements for any number of teams."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Q

from tresen.accounts.models import TeamMembership
from tresen.clock.hours import LATEST, WorkingHours
from tresen.clock.stretches import Opening
from tresen.staffing.models import Absence, RosteredShift, Shift
from tresen.staffing.presence import Person, Planned, TeamPlan
from tresen.staffing.version_hours import current_versions, hours_of

type Span = tuple[datetime, datetime]
BEFORE = timedelta(days=3)


def plans_of(timetables: dict[int, WorkingHours], *, within: Span | None = None) -> dict[int, TeamPlan]:
    """The plans of these teams, given the hours of each one's timetable; only what matters `within`, if given.

    Five statements, and one more for hours that this process meets first.
    """
    members = _members(timetables)
    people = people_of({agent for agents in members.values() for agent in agents}, within=within)
    return {
        team: TeamPlan(team=team, timetable=hours, people={agent: people[agent] for agent in members[team]})
        for team, hours in timetables.items()
    }


def people_of(agents: Collection[int], *, within: Span | None = None) -> dict[int, Person]:
    """What is known of when these agents work, whatever their teams."""
    patterns, planned, away = _patterns(agents), _planned(agents, within), _away(agents, within)
    return {agent: Person(pattern=patterns.get(agent), planned=planned[agent], away=away[agent]) for agent in agents}


def with_shared(teams: Collection[int]) -> set[int]:
    """These teams, and all others for which somebody of them works, too."""
    people = TeamMembership.objects.filter(team__in=teams, agent__is_active=True).values("agent")
    return {*teams, *TeamMembership.objects.filter(agent__in=people).values_list("team_id", flat=True)}


def _members(teams: Collection[int]) -> dict[int, list[int]]:
    members: defaultdict[int, list[int]] = defaultdict(list)
    rows = TeamMembership.objects.filter(team__in=teams, agent__is_active=True).order_by("agent__name", "agent")
    for team, agent in rows.values_list("team_id", "agent_id"):
        members[team].append(agent)
    return members


def _patterns(agents: Collection[int]) -> dict[int, WorkingHours]:
    timetables = dict(Shift.objects.filter(agent__in=agents).values_list("agent_id", "timetable_id"))
    versions = current_versions(set(timetables.values()))
    hours = hours_of(set(versions.values()))
    return {agent: hours[versions[timetable]] for agent, timetable in timetables.items()}


def _planned(agents: Collection[int], within: Span | None) -> dict[int, list[Planned]]:
    rows = RosteredShift.objects.filter(agent__in=agents)
    if within is not None:
        first, last = _days(within)
        rows = rows.filter(day__gte=first, day__lte=last)
    found: defaultdict[int, list[Planned]] = defaultdict(list)
    for agent, team, day, opens, closes, zone in rows.order_by("day", "opens").values_list(
        "agent_id", "team_id", "day", "opens", "closes", "zone"
    ):
        found[agent].append(Planned(day=day, zone=zone, window=(opens, closes) if opens else None, team=team))
    return found


def _away(agents: Collection[int], within: Span | None) -> dict[int, list[Opening]]:
    rows = Absence.objects.filter(agent__in=agents)
    if within is not None:
        start, end = within
        rows = rows.filter(Q(ends_at=None) | Q(ends_at__gt=start), starts_at__lt=end)
    found: defaultdict[int, list[Opening]] = defaultdict(list)
    for agent, starts, ends in rows.values_list("agent_id", "starts_at", "ends_at"):
        found[agent].append((starts, ends or LATEST))
    return found


def _days(within: Span) -> tuple[date, date]:
    start, end = within
    return (start - BEFORE).date(), (end + BEFORE).date()
