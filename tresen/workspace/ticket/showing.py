"""The ticket's screen, for whatever leads to it."""

from django.http import HttpResponse

from tresen.accounts.models import Agent
from tresen.routing.leasing import hold, holder_of
from tresen.tickets.models import Ticket
from tresen.tickets.solving import SETTLED
from tresen.workspace.pages import show
from tresen.workspace.queue.listing import listing
from tresen.workspace.queue.views import view_beside
from tresen.workspace.requests import AgentRequest, wants_part
from tresen.workspace.ticket.beside import beside
from tresen.workspace.ticket.page import Held, ticket_shown
from tresen.workspace.ticket.typed import Again


def show_ticket(
    request: AgentRequest,
    ticket: Ticket,
    *,
    before: int | None = None,
    again: Again | None = None,
) -> HttpResponse:
    """The ticket; with its list beside it when the whole page is asked for. `again`: a form that comes back."""
    shown = ticket_shown(request, ticket, before=before, held=_held(request, ticket))
    context = {
        "shown": shown,
        "beside": beside(ticket, scope=request.scope, agent_id=request.agent.pk, at=request.at),
        "again": again,
    }
    if not wants_part(request):
        context["listing"] = listing(request, view_beside(request), open_ticket=ticket.pk)
    return show(request, "ticket/show.html", "ticket/desk.html", context)


def _held(request: AgentRequest, ticket: Ticket) -> Held:
    if ticket.status in SETTLED:
        return Held()
    if until := hold(ticket.pk, agent_id=request.agent.pk, at=request.at):
        return Held(until=until)
    holder = holder_of(ticket.pk, at=request.at)
    return Held(by=Agent.objects.get(pk=holder).name if holder else "")
