"""What hours count for whom. Versions never change, so each process lays their hours out once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import connection

from tresen.accounts.models import TeamMembership
from tresen.clock.crews import Crew
from tresen.clock.hours import ALWAYS, Opening, WorkingHours
from tresen.clock.stretches import common, without
from tresen.staffing.models import Shift, TimetableVersion
from tresen.staffing.rows import hours_in

MOST_KEPT = 1000
_laid_out: dict[int, WorkingHours] = {}

_CURRENT = """
SELECT DISTINCT ON (timetable_id) timetable_id, id
FROM staffing_timetableversion WHERE timetable_id = ANY(%s) ORDER BY timetable_id, number DESC
"""

# One newest version for each, by the unique index on timetable and number; the default where nothing is set.
_WORKED = """
SELECT asked.id, newest.id
FROM unnest(%s::bigint[]) AS asked(id)
LEFT JOIN {table} AS own ON own.{column} = asked.id
LEFT JOIN staffing_timetable AS standard ON standard.is_default
JOIN LATERAL (
    SELECT id FROM staffing_timetableversion
    WHERE timetable_id = coalesce(own.timetable_id, standard.id) ORDER BY number DESC LIMIT 1
) AS newest ON true
"""
_COVERAGE = _WORKED.format(table="staffing_teamcoverage", column="team_id")
_SHIFTS = _WORKED.format(table="staffing_shift", column="agent_id")


def hours_of(version_ids: Collection[int]) -> dict[int, WorkingHours]:
    """The hours of these timetable versions, by id. One query for those that this process has not laid out yet."""
    known = {version_id: hours for version_id in version_ids if (hours := _laid_out.get(version_id))}
    missing = [version_id for version_id in version_ids if version_id not in known]
    if not missing:
        return known
    if len(_laid_out) > MOST_KEPT:
        _laid_out.clear()
    found = {version.pk: hours_in(version) for version in TimetableVersion.objects.filter(pk__in=missing)}
    _laid_out.update(found)
    return known | found


def current_versions(timetable_ids: Collection[int]) -> dict[int, int]:
    """The newest version's id of each of these timetables."""
    return _pairs(_CURRENT, timetable_ids) if timetable_ids else {}


def listed_timetables() -> list[TimetableVersion]:
    """The newest version of each timetable that is not retired, by name, with its `timetable`. One query."""
    versions = TimetableVersion.objects.filter(timetable__retired_at=None).select_related("timetable", "created_by")
    newest = versions.order_by("timetable", "-number").distinct("timetable")
    return sorted(newest, key=lambda version: version.timetable.name.casefold())


def coverage_versions(team_ids: Collection[int]) -> dict[int, int]:
    """The timetable version's id that says when somebody of each team works; the default's for a team without one.

    A team is left out only while there is no default at all, before the first start has made one.
    """
    return _pairs(_COVERAGE, team_ids)


def coverage_of(team_ids: Collection[int]) -> dict[int, WorkingHours]:
    """When somebody of each team works. One query, and one more for hours that this process meets first."""
    return _worked(coverage_versions(team_ids), team_ids)


def shifts_of(agent_ids: Collection[int]) -> dict[int, WorkingHours]:
    """When each agent works; the default timetable for an agent without a shift. Costs as `coverage_of`."""
    return _worked(_pairs(_SHIFTS, agent_ids), agent_ids)


def crews_of(teams: Collection[int], *, start: datetime, end: datetime) -> dict[int, Crew]:
    """How many people of each team are at work when, in [start, end): at least one wherever `coverage_of` says so.

    Who has a shift of their own works by it as far as the team is covered, everybody else as long as it is. A team in
    which nobody is left counts as one person. Four queries.
    """
    coverage, members = coverage_of(teams), _members(teams)
    shifts = _own_shifts({agent for agents in members.values() for agent in agents})
    return {
        team: Crew(_presences(coverage[team].openings(start, end), [shifts.get(agent) for agent in members[team]]))
        for team in teams
    }


def _presences(covered: Sequence[Opening], shifts: Iterable[WorkingHours | None]) -> list[Opening]:
    if not covered:
        return []
    start, end = covered[0][0], covered[-1][1]
    people = [covered if shift is None else common(covered, shift.openings(start, end)) for shift in shifts]
    present = [presence for person in people for presence in person]
    return [*present, *without(covered, present)]


def _members(teams: Collection[int]) -> dict[int, list[int]]:
    members: defaultdict[int, list[int]] = defaultdict(list)
    pairs = TeamMembership.objects.filter(team__in=teams, agent__is_active=True).values_list("team_id", "agent_id")
    for team, agent in pairs:
        members[team].append(agent)
    return members


def _own_shifts(agents: Collection[int]) -> dict[int, WorkingHours]:
    timetables = dict(Shift.objects.filter(agent__in=agents).values_list("agent_id", "timetable_id"))
    versions = current_versions(set(timetables.values()))
    hours = hours_of(set(versions.values()))
    return {agent: hours[versions[timetable]] for agent, timetable in timetables.items()}


def _worked(versions: dict[int, int], asked: Iterable[int]) -> dict[int, WorkingHours]:
    hours = hours_of(set(versions.values()))
    return {who: hours[versions[who]] if who in versions else ALWAYS for who in asked}


def _pairs(query: str, ids: Collection[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(query, [list(ids)])
        return dict(cursor.fetchall())
