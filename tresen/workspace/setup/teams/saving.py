"""From a team's form to the operations."""

from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.accounts.models import Team
from tresen.accounts.teaming import add_team, rename_team
from tresen.accounts.wording import AccountWrong
from tresen.staffing.covering import cover_team, uncover_team
from tresen.staffing.plans import TimetableWrong
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.teams.forms import TeamForm


def saved(form: TeamForm, team: Team | None, *, by: Actor, at: datetime) -> bool:
    """Whether the form could be kept; if not, it says why at its fields."""
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            _keep(form, team, by=by, at=at)
    except (AccountWrong, TimetableWrong) as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
        return False
    return True


def _keep(form: TeamForm, team: Team | None, *, by: Actor, at: datetime) -> None:
    name, timetable_id = form.cleaned_data["name"], form.cleaned_data["timetable"]
    if team is None:
        team = add_team(name=name, by=by, at=at)
    else:
        rename_team(team.pk, name=name, by=by, at=at)
    if timetable_id is None:
        uncover_team(team.pk)
    else:
        cover_team(team.pk, timetable_id=timetable_id, by=by, at=at)
