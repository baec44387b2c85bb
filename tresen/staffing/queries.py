"""Who works when, as the rest of the house asks it: teams' coverage, agents' shifts, crews."""

from collections.abc import Collection, Iterable
from datetime import datetime
from hashlib import md5
from typing import NamedTuple

from django.db import connection

from tresen.clock.crews import Crew
from tresen.clock.hours import ALWAYS, WorkingHours
from tresen.staffing.models import TimetableVersion
from tresen.staffing.plan_rows import people_of, plans_of, with_shared
from tresen.staffing.presence import TeamPlan, coverage, own_hours, shared_crews
from tresen.staffing.version_hours import current_versions as current_versions
from tresen.staffing.version_hours import hours_of as hours_of

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

# Who belongs to a team and by which weekly shift matters only where its roster says anything.
_STAMPS = f"""
SELECT asked.id, version.id, coalesce(roster.revision, 0), CASE WHEN roster.revision > 0 THEN (
    SELECT md5(string_agg(member.agent_id || ':' || coalesce(pattern.id, 0), ' ' ORDER BY member.agent_id))
    FROM accounts_teammembership AS member
    JOIN accounts_agent AS agent ON agent.id = member.agent_id AND agent.is_active
    LEFT JOIN staffing_shift AS shift ON shift.agent_id = member.agent_id
    LEFT JOIN LATERAL (
        SELECT id FROM staffing_timetableversion
        WHERE timetable_id = shift.timetable_id ORDER BY number DESC LIMIT 1
    ) AS pattern ON true
    WHERE member.team_id = asked.id
) END
FROM unnest(%s::bigint[]) AS asked(id)
LEFT JOIN ({_COVERAGE}) AS version (team_id, id) ON version.team_id = asked.id
LEFT JOIN staffing_teamroster AS roster ON roster.team_id = asked.id
"""


class Stamp(NamedTuple):
    """What a team's coverage follows from, cheap to compare: as long as it is the same, so is the coverage."""

    version: int | None
    revision: int
    people: str | None

    def __str__(self) -> str:
        return md5(f"{self.version}:{self.revision}:{self.people}".encode(), usedforsecurity=False).hexdigest()


_covered: dict[int, tuple[Stamp, WorkingHours]] = {}
"""By team. Each entry is replaced whole, so that threads may share it without a lock."""


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
    """When somebody of each team works: by its timetable, overridden by its roster.

    One query; a few more when this process meets a timetable or a changed roster first.
    """
    stamps = stamps_of(team_ids)
    found = {team: known[1] for team, stamp in stamps.items() if (known := _covered.get(team)) and known[0] == stamp}
    missing = {team: stamp for team, stamp in stamps.items() if team not in found}
    if missing:
        timetables = _timetables(missing)
        rostered = {team: timetables[team] for team, stamp in missing.items() if stamp.revision}
        hours = timetables | {team: coverage(plan) for team, plan in plans_of(rostered).items()}
        _covered.update({team: (stamp, hours[team]) for team, stamp in missing.items()})
        found |= hours
    return found


def stamps_of(team_ids: Collection[int]) -> dict[int, Stamp]:
    """What the coverage of each team follows from. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMPS, [list(team_ids), list(team_ids)])
        return {team: Stamp(version, revision, people) for team, version, revision, people in cursor}


def crews_of(teams: Collection[int], *, start: datetime, end: datetime) -> dict[int, Crew]:
    """How many people of each team are at work when, in [start, end): at least one wherever `coverage_of` says so.

    Who is at work for several teams at once is shared among them, also those that were not asked for.
    """
    crews = shared_crews(plans_with_shared(teams, start=start, end=end), start=start, end=end)
    return {team: crews[team] for team in teams}


def plans_with_shared(teams: Collection[int], *, start: datetime, end: datetime) -> Collection[TeamPlan]:
    """The plans of these teams in [start, end), and of all others for which somebody of them works, too."""
    return plans_of(_timetables(stamps_of(with_shared(teams))), within=(start, end)).values()


def plan_of_team(team: int) -> TeamPlan:
    """All that says who of the team works when."""
    return plans_of(_timetables(stamps_of([team])))[team]


def shifts_of(agent_ids: Collection[int]) -> dict[int, WorkingHours]:
    """When each agent works: by the roster, else by their weekly shift, else by the default; never while absent."""
    usual, people = _worked(_pairs(_SHIFTS, agent_ids), agent_ids), people_of(agent_ids)
    return {agent: own_hours(people[agent], usual[agent]) for agent in agent_ids}


def _timetables(stamps: dict[int, Stamp]) -> dict[int, WorkingHours]:
    versions = {team: stamp.version for team, stamp in stamps.items() if stamp.version is not None}
    return _worked(versions, stamps)


def _worked(versions: dict[int, int], asked: Iterable[int]) -> dict[int, WorkingHours]:
    hours = hours_of(set(versions.values()))
    return {who: hours[versions[who]] if who in versions else ALWAYS for who in asked}


def _pairs(query: str, ids: Collection[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(query, [list(ids)])
        return dict(cursor.fetchall())
