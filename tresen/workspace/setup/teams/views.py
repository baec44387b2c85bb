"""Teams: who shares a queue, and when somebody of them works."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tresen.accounts.models import Agent, Team
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.sections import page
from tresen.workspace.setup.teams.forms import TeamForm
from tresen.workspace.setup.teams.saving import saved
from tresen.workspace.telling import tell


@require_GET
@for_admins
def show_list(request: AgentRequest) -> HttpResponse:
    """All teams with their agents."""
    agents = Prefetch("agents", Agent.objects.filter(is_active=True).order_by("name"))
    teams = Team.objects.order_by("name").select_related("coverage__timetable").prefetch_related(agents)
    return page(request, "teams", "setup/teams/list.html", {"teams": teams})


@require_http_methods(["GET", "POST"])
@for_admins
def add(request: AgentRequest) -> HttpResponse:
    """A new team."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@for_admins
def change(request: AgentRequest, team_id: int) -> HttpResponse:
    """A team's name and hours."""
    return _form(request, get_object_or_404(Team, pk=team_id))


def _form(request: AgentRequest, team: Team | None) -> HttpResponse:
    form = TeamForm(request.POST or None, team=team)
    if request.method == "POST" and saved(form, team, by=request.actor, at=request.at):
        tell(request, _("Team “%(name)s” is saved.") % {"name": form.cleaned_data["name"]})
        return redirect("setup-teams")
    status = 422 if form.errors else 200
    return page(request, "teams", "setup/teams/form.html", {"form": form, "team": team}, status=status)
