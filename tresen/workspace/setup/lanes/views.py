"""Lanes: which share of a team works on what, how much there is of each, and what was passed on and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tresen.accounts.models import Team
from tresen.routing.lanes import LaneNow, SharesWrong, lanes_now, set_shares, shares_of
from tresen.routing.models import Lane
from tresen.routing.skipped import skipped_since
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_leads
from tresen.workspace.setup.lanes.forms import SharesForm
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import tell

LOOKED_BACK = timedelta(days=7)
"""How far back what was passed on is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLanes:
    """A team with its form; each lane with its field and what stands in it now."""

    team: Team
    form: SharesForm
    lanes: Sequence[tuple[BoundField, LaneNow]]


@require_GET
@for_leads
def show(request: AgentRequest) -> HttpResponse:
    """All teams that this lead sees."""
    return _page(request)


@require_POST
@for_leads
def change(request: AgentRequest, team_id: int) -> HttpResponse:
    """The shares of one team."""
    team = get_object_or_404(Team, pk=team_id)
    if not request.scope.shows_team(team.pk):
        raise Http404
    form = SharesForm(request.POST, team=team.pk, shares={})
    if not form.is_valid():
        return _page(request, wrong=(team.pk, form))
    try:
        set_shares(team.pk, form.shares(), by=request.actor, at=request.at)
    except SharesWrong as wrong:
        form.add_error(None, str(wrong))
        return _page(request, wrong=(team.pk, form))
    tell(request, _("The lanes of “%(name)s” are saved. “Next” goes by them from now.") % {"name": team.name})
    return redirect("setup-lanes")


def _page(request: AgentRequest, *, wrong: tuple[int, SharesForm] | None = None) -> HttpResponse:
    teams = [team for team in Team.objects.order_by("name") if request.scope.shows_team(team.pk)]
    shares = shares_of([team.pk for team in teams])
    forms = {team.pk: SharesForm(team=team.pk, shares=shares[team.pk]) for team in teams}
    if wrong:
        forms[wrong[0]] = wrong[1]
    context = {
        "teams": [_shown(request, team, forms[team.pk]) for team in teams],
        "skipped": skipped_since(request.at - LOOKED_BACK, scope=request.scope),
    }
    return page(request, "lanes", "setup/lanes/show.html", context, status=422 if wrong else 200)


def _shown(request: AgentRequest, team: Team, form: SharesForm) -> TeamLanes:
    now = lanes_now(team.pk, at=request.at)
    return TeamLanes(team=team, form=form, lanes=[(form[lane.value], now[lane]) for lane in Lane])
