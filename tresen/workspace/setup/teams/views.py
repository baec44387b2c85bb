"""Teams: who shares a queue, and when somebody of them works."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tresen.accounts.models import Agent, Team
from tresen.accounts.wording import AccountWrong
from tresen.staffing.plans import TimetableWrong
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.open_clocks.asking import Asking, settled, wants_to_edit_again
from tresen.workspace.setup.sections import page
from tresen.workspace.setup.teams.forms import TeamForm
from tresen.workspace.setup.teams.saving import change_in, show_wrong
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
    if request.method == "POST" and not wants_to_edit_again(request):
        answer = _saved(request, form, team)
        if answer is not None:
            return answer
    status = 422 if form.errors else 200
    return page(request, "teams", "setup/teams/form.html", {"form": form, "team": team}, status=status)


def _saved(request: AgentRequest, form: TeamForm, team: Team | None) -> HttpResponse | None:
    """Other hours may move open clocks: that is asked before it is saved. None where the form says why not."""
    change = change_in(form, team, by=request.actor, at=request.at)
    if change is None:
        return None
    name = form.cleaned_data["name"]
    try:
        asking = Asking(section="teams", title=name, leave=reverse("setup-teams"), form=True)
        question = settled(request, change, asking)
    except (AccountWrong, TimetableWrong) as wrong:
        show_wrong(form, wrong)
        return None
    if question is None:
        tell(request, _("Team “%(name)s” is saved.") % {"name": name})
    return question or redirect("setup-teams")
