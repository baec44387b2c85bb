"""From a team's form to the operations."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.accounts.models import Team
from tresen.accounts.teaming import add_team, rename_team
from tresen.accounts.wording import AccountWrong
from tresen.sla.models import EditReason
from tresen.sla.recalculations import Edit
from tresen.staffing.covering import cover_team, uncover_team
from tresen.staffing.models import TeamCoverage
from tresen.staffing.plans import TimetableWrong
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.teams.forms import TeamForm


def change_in(form: TeamForm, team: Team | None, *, by: Actor, at: datetime) -> Callable[[], Edit | None] | None:
    """What makes the edit that a form states, and says what it was; None where the form says what is wrong with it.

    Calling it raises `AccountWrong` and `TimetableWrong`, for `show_wrong`.
    """
    if not form.is_valid():
        return None
    name, timetable_id = form.cleaned_data["name"], form.cleaned_data["timetable"]

    @transaction.atomic
    def change() -> Edit | None:
        if team is None:
            _cover(add_team(name=name, by=by, at=at).pk, timetable_id, by=by, at=at)
            return None
        rename_team(team.pk, name=name, by=by, at=at)
        return _cover(team.pk, timetable_id, by=by, at=at)

    return change


def show_wrong(form: TeamForm, wrong: AccountWrong | TimetableWrong) -> None:
    """Say at the fields what keeps the team from being saved."""
    show_problems(form, wrong.problems, field_of=lambda where: where)


def _cover(team: int, timetable_id: int | None, *, by: Actor, at: datetime) -> Edit | None:
    before = TeamCoverage.objects.filter(team=team).values_list("timetable", flat=True).first()
    if before == timetable_id:
        return None
    if timetable_id is None:
        uncover_team(team)
    else:
        cover_team(team, timetable_id=timetable_id, by=by, at=at)
    return Edit(reason=EditReason.COVERAGE, teams=(team,))
