"""To whom a ticket belongs, what it is called and how much is at stake."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tresen.accounts.models import Agent, Team
from tresen.routing.leasing import release, skip
from tresen.tickets.assigning import CannotSee, assign, move
from tresen.tickets.facts import Key
from tresen.tickets.models import Ticket
from tresen.tickets.risking import set_risk
from tresen.tickets.tagging import tag, untag
from tresen.workspace import naming
from tresen.workspace.naming import name_of
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import tell, warn
from tresen.workspace.ticket.forms import AssignmentForm, ReleaseForm, RiskForm, SkipForm, TagForm, TeamForm, UntagForm
from tresen.workspace.ticket.going import on_to_next
from tresen.workspace.ticket.verbs import Given, verb, way_back


@verb(AssignmentForm)
def create_assignment(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """Give the ticket to somebody, or to nobody."""
    try:
        assign(ticket.pk, assignee_id=given["assignee"], by=request.actor, at=request.at)
    except Agent.DoesNotExist:
        warn(request, _("This colleague is not here any more."))
        return
    except CannotSee:
        warn(request, _("This colleague does not see this ticket: team or store are not theirs."))
        return
    words = _("Assigned.") if given["assignee"] else _("Given back: nobody answers for it now.")
    tell(request, words, undo=way_back("assignment", ticket.pk, assignee=ticket.assignee_id or ""))


@verb(TeamForm)
def create_team(request: AgentRequest, ticket: Ticket, given: Given) -> HttpResponse | None:
    """Give the ticket to another team; it may then be out of this agent's sight."""
    try:
        move(ticket.pk, team_id=given["team"], by=request.actor, at=request.at)
    except Team.DoesNotExist:
        warn(request, _("This team is not there any more."))
        return None
    if request.scope.shows_team(given["team"]):
        tell(request, _("Moved."), undo=way_back("team", ticket.pk, team=ticket.team_id))
        return None
    tell(request, _("Moved."))
    return on_to_next(request, leaving=ticket.pk)


@verb(TagForm)
def create_tag(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """Put a tag on."""
    row = tag(ticket.pk, name=given["name"], by=request.actor, at=request.at)
    tell(request, _("Tagged “%(tag)s”.") % {"tag": row.name}, undo=way_back("tag-removal", ticket.pk, tag=row.pk))


@verb(UntagForm)
def remove_tag(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """Take a tag off."""
    untag(ticket.pk, tag_id=given["tag"], by=request.actor, at=request.at)


@verb(RiskForm)
def create_risk(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """Say how much is at stake."""
    set_risk(ticket.pk, tier=given["tier"], reason=Key("by_hand"), by=request.actor, at=request.at)
    tell(request, _("Risk tier changed."), undo=way_back("risk", ticket.pk, tier=ticket.risk_tier))


@verb(ReleaseForm)
def give_back_lease(request: AgentRequest, ticket: Ticket, given: Given) -> HttpResponse:
    """The agent has closed the ticket, or goes back to the list: whoever presses "next" may be served it."""
    release(ticket.pk, agent_id=request.agent.pk, until=given["until"])
    if not given["to"]:
        return HttpResponse(status=204)
    mine = ticket.assignee_id == request.agent.pk
    tell(request, _("Closed: it stays yours.") if mine else _("Given back: others may be given it now."))
    return redirect("desk")


@verb(SkipForm)
def create_skip(request: AgentRequest, ticket: Ticket, given: Given) -> HttpResponse:
    """Pass the ticket on and take the next one."""
    skip(ticket.pk, agent_id=request.agent.pk, reason=given["reason"], at=request.at)
    why = name_of(given["reason"], naming.SKIPS)
    tell(request, _("#%(number)s is passed on: %(why)s") % {"number": ticket.pk, "why": why})
    return on_to_next(request, leaving=ticket.pk)
