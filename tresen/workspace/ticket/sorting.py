"""To whom a ticket belongs, what it is called and how much is at stake."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tresen.accounts.models import Agent, Team
from tresen.routing.leasing import release, skip
from tresen.tickets.assigning import CannotSee, assign, move
from tresen.tickets.facts import Key
from tresen.tickets.risking import set_risk
from tresen.tickets.tagging import tag, untag
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import Undo, tell, warn
from tresen.workspace.ticket.forms import AssignmentForm, RiskForm, SkipForm, TagForm, TeamForm, UntagForm
from tresen.workspace.ticket.going import back_to, first_error, on_to_next
from tresen.workspace.ticket.page import ticket_or_404


@require_POST
def create_assignment(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Give the ticket to somebody, or to nobody."""
    ticket = ticket_or_404(request, ticket_id)
    form = AssignmentForm(request.POST)
    if not form.is_valid():
        warn(request, first_error(form))
        return back_to(ticket.pk)
    before = ticket.assignee_id
    try:
        assign(ticket.pk, assignee_id=form.cleaned_data["assignee"], by=request.actor, at=request.at)
    except Agent.DoesNotExist:
        warn(request, _("This colleague is not here any more."))
        return back_to(ticket.pk)
    except CannotSee:
        warn(request, _("This colleague does not see this ticket: team or store are not theirs."))
        return back_to(ticket.pk)
    words = _("Assigned.") if form.cleaned_data["assignee"] else _("Given back: nobody answers for it now.")
    tell(request, words, undo=_undo("assignment", ticket.pk, assignee=before or ""))
    return back_to(ticket.pk)


@require_POST
def create_team(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Give the ticket to another team; it may then be out of this agent's sight."""
    ticket = ticket_or_404(request, ticket_id)
    form = TeamForm(request.POST)
    if not form.is_valid():
        warn(request, first_error(form))
        return back_to(ticket.pk)
    before = ticket.team_id
    try:
        move(ticket.pk, team_id=form.cleaned_data["team"], by=request.actor, at=request.at)
    except Team.DoesNotExist:
        warn(request, _("This team is not there any more."))
        return back_to(ticket.pk)
    seen = request.scope.teams is None or form.cleaned_data["team"] in request.scope.teams
    tell(request, _("Moved."), undo=_undo("team", ticket.pk, team=before) if seen else None)
    return back_to(ticket.pk) if seen else on_to_next(request, leaving=ticket.pk)


@require_POST
def create_tag(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Put a tag on."""
    ticket = ticket_or_404(request, ticket_id)
    form = TagForm(request.POST)
    if form.is_valid():
        row = tag(ticket.pk, name=form.cleaned_data["name"], by=request.actor, at=request.at)
        tell(request, _("Tagged “%(tag)s”.") % {"tag": row.name}, undo=_undo("tag-removal", ticket.pk, tag=row.pk))
    else:
        warn(request, first_error(form))
    return back_to(ticket.pk)


@require_POST
def remove_tag(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Take a tag off."""
    ticket = ticket_or_404(request, ticket_id)
    form = UntagForm(request.POST)
    if form.is_valid():
        untag(ticket.pk, tag_id=form.cleaned_data["tag"], by=request.actor, at=request.at)
    return back_to(ticket.pk)


@require_POST
def create_risk(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Say how much is at stake."""
    ticket = ticket_or_404(request, ticket_id)
    form = RiskForm(request.POST)
    if form.is_valid():
        before = ticket.risk_tier
        set_risk(ticket.pk, tier=form.cleaned_data["tier"], reason=Key("by_hand"), by=request.actor, at=request.at)
        tell(request, _("Risk tier changed."), undo=_undo("risk", ticket.pk, tier=before))
    else:
        warn(request, first_error(form))
    return back_to(ticket.pk)


@require_POST
def give_back_lease(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """The agent has closed the ticket: whoever presses "next" may be served it."""
    ticket = ticket_or_404(request, ticket_id)
    release(ticket.pk, agent_id=request.agent.pk)
    return HttpResponse(status=204)


@require_POST
def create_skip(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Pass the ticket on and take the next one."""
    ticket = ticket_or_404(request, ticket_id)
    form = SkipForm(request.POST)
    if not form.is_valid():
        warn(request, first_error(form))
        return back_to(ticket.pk)
    skip(ticket.pk, agent_id=request.agent.pk, reason=form.cleaned_data["reason"], at=request.at)
    return on_to_next(request, leaving=ticket.pk)


def _undo(route: str, ticket_id: int, **values: str | int) -> Undo:
    return Undo(address=reverse(route, args=[ticket_id]), values=values)
