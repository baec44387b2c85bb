"""A form about a ticket comes back as it was sent: open, with what is wrong beside its field."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse

from tresen.tickets.models import Ticket
from tresen.workspace.requests import AgentRequest
from tresen.workspace.ticket.going import first_error
from tresen.workspace.ticket.showing import show_ticket
from tresen.workspace.ticket.typed import Again


def ask_again(request: AgentRequest, ticket: Ticket, form: str, *, field: str, wrong: str) -> HttpResponse:
    """The ticket with this form open, and all that was typed in it."""
    again = Again(form=form, typed=request.POST.dict(), field=field, wrong=wrong)
    return show_ticket(request, ticket, again=again)


def asks_again(form: str) -> Callable[[AgentRequest, Ticket, forms.Form], HttpResponse]:
    """How a verb answers where what was typed into this form cannot be read."""

    def answer(request: AgentRequest, ticket: Ticket, given: forms.Form) -> HttpResponse:
        return ask_again(request, ticket, form, field=next(iter(given.errors)), wrong=first_error(given))

    return answer
