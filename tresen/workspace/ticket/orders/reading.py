"""An order as its platform has it now: asked for by whoever looks at it, as often as the platform allows."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tresen.intake.asked_orders import ask_for
from tresen.tickets.models import Ticket, TicketOrder
from tresen.workspace.requests import AgentRequest, wants_part
from tresen.workspace.ticket.beside import beside
from tresen.workspace.ticket.page import ticket_or_404


@require_GET
def show_orders(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """The orders beside the ticket, as they are known now."""
    return _orders(request, ticket_or_404(request, ticket_id))


@require_POST
def read_order(request: AgentRequest, ticket_id: int, named_id: int) -> HttpResponse:
    """Have one order read anew."""
    ticket = ticket_or_404(request, ticket_id)
    named = TicketOrder.objects.filter(ticket=ticket, pk=named_id).first()
    if named is None:
        raise Http404
    ask_for([(named.store_id, named.number)], at=request.at)
    return _orders(request, ticket) if wants_part(request) else redirect("ticket", ticket.pk)


def _orders(request: AgentRequest, ticket: Ticket) -> HttpResponse:
    side = beside(ticket, scope=request.scope, agent_id=request.agent.pk, at=request.at)
    return render(request, "ticket/orders.html", {"beside": side, "ticket": ticket}, using="jinja2")
