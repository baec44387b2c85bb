"""From the cells of the roster to the operations: what was changed is written, and nothing while anything is wrong."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.models import TeamMembership
from tresen.staffing.presence import TeamPlan
from tresen.staffing.queries import plan_of_team
from tresen.staffing.rostering import RosterWrong, clear_day, plan_day
from tresen.workspace.setup.roster.grid import SHOWN, WEEK, cell_name, planned_here
from tresen.workspace.setup.roster.words import entered
from tresen.workspace.setup.timetables.entering import NotUnderstood


def saved(team: int, monday: date, typed: Mapping[str, str], *, by: Actor, at: datetime) -> dict[str, str]:
    """What is wrong, by cell; empty when the week is kept as it was typed.

    Who belongs to this team alone is planned for all their teams: so a shift stays when they join another one.
    A cell that stands as it was shown is left alone: another lead may have changed it since.
    """
    plan = plan_of_team(team)
    wrong: dict[str, str] = {}
    with transaction.atomic():
        for name, agent, day in _changed(plan, monday, typed):
            wrong |= _kept(name, typed[name], agent, day, team, str(plan.timetable.zone), by, at)
        if wrong:
            transaction.set_rollback(True)
    return wrong


def unsaved(team: int, monday: date, typed: Mapping[str, str]) -> bool:
    """Whether anything was typed into the cells that is neither kept nor what they began with."""
    return any(_changed(plan_of_team(team), monday, typed))


def _changed(plan: TeamPlan, monday: date, typed: Mapping[str, str]) -> Iterator[tuple[str, int, date]]:
    shown = _shown(typed)
    for agent, person in plan.people.items():
        for day in (monday + timedelta(days=number) for number in range(WEEK)):
            name, planned = cell_name(agent, day), planned_here(person, plan.team, day)
            if name in typed and typed[name].strip() not in {planned, shown.get(name, planned)}:
                yield name, agent, day


def _shown(typed: Mapping[str, str]) -> Mapping[str, str]:
    """What stood in the cells when they were shown; empty where the page did not say."""
    try:
        return msgspec.json.decode(typed.get(SHOWN, "{}"), type=dict[str, str])
    except msgspec.DecodeError:
        return {}


def _kept(name: str, text: str, agent: int, day: date, team: int, zone: str, by: Actor, at: datetime) -> dict[str, str]:
    try:
        windows = entered(text)
        if windows is None:
            clear_day(agent, day, team=team)
        else:
            plan_day(agent, day, windows, team=_for(agent, team), zone=zone, by=by, at=at)
    except NotUnderstood as part:
        return {name: _("“%(part)s” are no hours. Write them like 08:30-12:00, 13:00-17:00.") % {"part": part}}
    except RosterWrong as problem:
        return {name: problem.problems[0].sentence}
    return {}


def _for(agent: int, team: int) -> int | None:
    return team if TeamMembership.objects.filter(agent=agent).exclude(team=team).exists() else None
