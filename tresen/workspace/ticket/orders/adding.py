"""Putting an order to a ticket by its number alone."""

from babel.lists import format_list
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.intake.asked_queries import asked_for
from tresen.orders.listing import orders_of_number
from tresen.orders.models import Order
from tresen.orders.searching import search_orders
from tresen.tickets.models import Ticket
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.naming import reader
from tresen.workspace.telling import warn
from tresen.workspace.ticket.orders.concerning import Named, attach
from tresen.workspace.ticket.verbs import Given, verb


class NumberForm(forms.Form):
    """An order by its number alone."""

    number = forms.CharField(max_length=80, error_messages={"required": gettext_lazy("Type the order’s number.")})


@verb(NumberForm)
def create_addition(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """The ticket concerns the order of this number: one that we know, else one that is asked for."""
    named = _known_or_asked(request, ticket, given["number"])
    if named is not None:
        attach(request, ticket, named)


def _known_or_asked(request: AgentRequest, ticket: Ticket, number: str) -> Named | None:
    """Which order is meant: of the ticket's store before others. None where that can't be said; the agent is told."""
    known = orders_of_number(number, scope=request.scope) or _beginning(request, number)
    here = [order for order in known if order.store_id == ticket.store_id] or known
    match here:
        case [order]:
            return order.store_id, order.number
        case [] if asked_for([(ticket.store_id, number)]).stores:
            return ticket.store_id, number
        case []:
            sentence = _("No store that you see has an order %(number)s, and %(store)s has no platform to be asked.")
            warn(request, sentence % {"number": number, "store": ticket.store.name})
        case _:
            stores = format_list(sorted({order.store.name for order in here}), locale=reader())
            sentence = _("Several stores have an order %(number)s, and this ticket’s is none of them: %(stores)s.")
            warn(request, sentence % {"number": number, "stores": stores})
    return None


def _beginning(request: AgentRequest, number: str) -> list[Order]:
    """The one order whose number begins so, as a Mirakl number without its suffix; none where several do."""
    begin = [one for one in search_orders(number, scope=request.scope, most=2) if one.number.startswith(number)]
    return begin if len(begin) == 1 else []
