"""The ticket's screen and the parts of it that come later."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tresen.alerts.reading import read_about
from tresen.replies.drafting import writing_besides
from tresen.routing.queues import rows_of
from tresen.tickets.queries import newest_message
from tresen.workspace.requests import AgentRequest, number_given
from tresen.workspace.ticket.clock_cards import clock_cards
from tresen.workspace.ticket.danger_words import start_by_words
from tresen.workspace.ticket.page import ticket_or_404
from tresen.workspace.ticket.showing import show_ticket

WRITING_FOR = timedelta(minutes=2)


@require_GET
def show(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """The ticket; with its list beside it when the whole page is asked for."""
    ticket = ticket_or_404(request, ticket_id)
    read_about(ticket.pk, agent_id=request.agent.pk, at=request.at)
    return show_ticket(request, ticket, before=number_given(request.GET, "before"))


@require_GET
def show_why(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Why the ticket stands where it stands: its tier, the clock that governs, what comes next."""
    ticket = ticket_or_404(request, ticket_id)
    places = rows_of([ticket.pk], scope=request.scope)
    context = {
        "ticket": ticket,
        "place": places[0] if places else None,
        "clocks": clock_cards(ticket, at=request.at),
        "start_by": start_by_words(ticket, at=request.at),
    }
    return render(request, "ticket/why.html", context, using="jinja2")


@require_GET
def show_news(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """What happened to the ticket since this page was made: new messages, changes, colleagues who write."""
    ticket = ticket_or_404(request, ticket_id)
    seen, up_to = (number_given(request.GET, name) for name in ("seen", "up_to"))
    context = {
        "ticket": ticket,
        "writing": writing_besides(ticket.pk, by=request.actor, since=request.at - WRITING_FOR),
        "changed": seen is not None and seen < ticket.last_sequence,
        "new_message": up_to is not None and up_to < newest_message(ticket.pk),
    }
    return render(request, "ticket/news.html", context, using="jinja2")
