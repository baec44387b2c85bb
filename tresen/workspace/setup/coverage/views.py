"""Who works when: teams' coverage and agents' shifts."""

from datetime import datetime

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent, Team
from tresen.sla.models import EditReason
from tresen.sla.recalculations import Edit
from tresen.staffing.covering import cover_team, drop_shift, set_shift, uncover_team
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_leads
from tresen.workspace.setup.coverage.forms import CoverageForm
from tresen.workspace.setup.open_clocks.asking import Asking, settled
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import tell


@require_http_methods(["GET", "POST"])
@for_leads
def show(request: AgentRequest) -> HttpResponse:
    """All of them in one form: leads see their own teams, admins all."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        asking = Asking(section="coverage", title=_("Who works when"), leave=reverse("setup-coverage"))
        question = settled(request, lambda: _keep(form, by=request.actor, at=request.at), asking)
        if question is not None:
            return question
        tell(request, _("Saved."))
        return redirect("setup-coverage")
    status = 422 if form.errors else 200
    return page(request, "coverage", "setup/coverage/show.html", {"form": form}, status=status)


def _form(request: AgentRequest) -> CoverageForm:
    teams = Team.objects.order_by("name")
    agents = Agent.objects.filter(is_active=True).order_by("name")
    visible = request.scope.teams
    if visible is not None:
        teams, agents = teams.filter(pk__in=visible), agents.filter(teams__in=visible).distinct()
    return CoverageForm(request.POST or None, teams=teams, agents=agents)


@transaction.atomic
def _keep(form: CoverageForm, *, by: Actor, at: datetime) -> Edit | None:
    teams = tuple(number for kind, number, _timetable in form.changed() if kind == "team")
    for kind, number, timetable_id in form.changed():
        if timetable_id is None:
            (uncover_team if kind == "team" else drop_shift)(number)
        elif kind == "team":
            cover_team(number, timetable_id=timetable_id, by=by, at=at)
        else:
            set_shift(number, timetable_id=timetable_id, by=by, at=at)
    return Edit(reason=EditReason.COVERAGE, teams=teams) if teams else None
