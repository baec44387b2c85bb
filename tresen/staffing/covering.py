"""Who works when: a team's coverage and an agent's shift are timetables."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.staffing.models import Shift, TeamCoverage, Timetable
from tresen.staffing.plans import Problem, TimetableWrong
from tresen.staffing.timetables import agent_id


@transaction.atomic
def cover_team(team_id: int, *, timetable_id: int, by: Actor, at: datetime) -> None:
    """Let this timetable say when somebody of the team works. Raises `TimetableWrong` for a retired one.

    Open clocks keep what they were counted by; those that start from now on count by the new one.
    """
    _check_in_use(timetable_id)
    change = {"timetable_id": timetable_id, "changed_at": at, "changed_by_id": agent_id(by)}
    TeamCoverage.objects.update_or_create(team_id=team_id, defaults=change)


def uncover_team(team_id: int) -> None:
    """Let the default timetable say again when somebody of the team works."""
    TeamCoverage.objects.filter(team=team_id).delete()


@transaction.atomic
def set_shift(agent: int, *, timetable_id: int, by: Actor, at: datetime) -> None:
    """Let this timetable say when the agent with this id works. Raises `TimetableWrong` for a retired one."""
    _check_in_use(timetable_id)
    change = {"timetable_id": timetable_id, "changed_at": at, "changed_by_id": agent_id(by)}
    Shift.objects.update_or_create(agent_id=agent, defaults=change)


def drop_shift(agent: int) -> None:
    """Let the default timetable say again when the agent with this id works."""
    Shift.objects.filter(agent=agent).delete()


def _check_in_use(timetable_id: int) -> None:
    # Locked against being retired at the same time.
    timetable = Timetable.objects.select_for_update().filter(pk=timetable_id, retired_at=None).first()
    if timetable is None:
        raise TimetableWrong([Problem("timetable", _("There is no such timetable, or it is retired."))])
