"""A verb about a ticket, posted: found within the agent's scope and read from its form before any operation sees it."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tresen.tickets.locking import TicketSettled
from tresen.tickets.models import Status, Ticket
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import Undo, warn
from tresen.workspace.ticket.going import back_to, first_error
from tresen.workspace.ticket.page import ticket_or_404

type Given = Mapping[str, Any]
type Verb = Callable[[AgentRequest, Ticket, Given], HttpResponse | None]
type Refusal = Callable[[AgentRequest, Ticket, forms.Form], HttpResponse]
type View = Callable[[AgentRequest, int], HttpResponse]


def verb(form: type[forms.Form], *, refused: Refusal | None = None) -> Callable[[Verb], View]:
    """The view of a verb that takes what this form gives.

    Nothing happens where the form is wrong or the ticket's work is over: the agent is told why, by `refused` where much
    was typed that must not be lost. Afterwards they are back at the ticket, unless the verb answers otherwise.
    """

    def made(act: Verb) -> View:
        @require_POST
        @wraps(act)
        def view(request: AgentRequest, ticket_id: int) -> HttpResponse:
            ticket = ticket_or_404(request, ticket_id)
            given = form(request.POST)
            if not given.is_valid():
                if refused is not None:
                    return refused(request, ticket, given)
                warn(request, first_error(given))
                return back_to(ticket.pk)
            try:
                return act(request, ticket, given.cleaned_data) or back_to(ticket.pk)
            except TicketSettled as settled:
                warn(request, _over(settled))
                return back_to(ticket.pk)

        return view

    return made


def _over(settled: TicketSettled) -> str:
    if settled.status == Status.SOLVED:
        return _("This ticket is solved: %(key)s opens it again.") % {"key": "o"}
    return _("This ticket is closed: the customer’s next message begins a new one.")


def way_back(route: str, ticket_id: int, *, label: str = "", **values: str | int) -> Undo:
    """The undo of a verb about this ticket; with a label what is offered instead."""
    return Undo(address=reverse(route, args=[ticket_id]), values=values, label=label)
