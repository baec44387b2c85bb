"""Saying which orders a ticket concerns: confirm what may be meant, remove what is not."""

from collections.abc import Collection

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _

from tresen.actions.models import UNSETTLED, Action
from tresen.intake.asked_orders import ask_for
from tresen.orders.models import Order
from tresen.tickets.candidates import candidates_of
from tresen.tickets.concerning import confirm_order, remove_order
from tresen.tickets.models import RemovedOrder, Ticket, TicketOrder
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import tell, warn
from tresen.workspace.ticket.verbs import Given, verb, way_back

type Named = tuple[int, str]


class OrderForm(forms.Form):
    """An order by its store and number."""

    store = forms.IntegerField()
    number = forms.CharField(max_length=80)


@verb(OrderForm)
def create_confirmation(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """The ticket concerns this order."""
    store, number = _named(given)
    if (store, number) not in {
        *_candidates(request, ticket),
        *_rows(RemovedOrder, ticket),
        *_rows(TicketOrder, ticket),
    }:
        raise Http404
    attach(request, ticket, (store, number))


def attach(request: AgentRequest, ticket: Ticket, named: Named) -> None:
    """The ticket concerns this order from now on, and its platform is asked for it; undoing is offered."""
    store, number = named
    confirm_order(ticket.pk, store_id=store, number=number, by=request.actor, at=request.at)
    ask_for([(store, number)], at=request.at)
    tell(
        request,
        _("%(number)s belongs to this ticket.") % {"number": number},
        undo=way_back("order-removal", ticket.pk, store=store, number=number),
    )


@verb(OrderForm)
def create_removal(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """The ticket does not concern this order."""
    store, number = _named(given)
    if (store, number) not in {*_candidates(request, ticket), *_rows(TicketOrder, ticket)}:
        raise Http404
    if Action.objects.filter(ticket=ticket, order__store=store, order__number=number, state__in=UNSETTLED).exists():
        warn(request, _("Something is being done about this order here: it stays until that is settled."))
        return
    remove_order(ticket.pk, store_id=store, number=number, by=request.actor, at=request.at)
    tell(
        request,
        _("%(number)s does not belong to this ticket.") % {"number": number},
        undo=way_back("order-confirmation", ticket.pk, store=store, number=number),
    )


def _named(given: Given) -> Named:
    return given["store"], given["number"]


def _candidates(request: AgentRequest, ticket: Ticket) -> Collection[Named]:
    found = candidates_of([ticket.pk], scope=request.scope)[ticket.pk]
    return list(Order.objects.filter(pk__in=[one.order for one in found]).values_list("store_id", "number"))


def _rows(kind: type[RemovedOrder | TicketOrder], ticket: Ticket) -> Collection[Named]:
    return list(kind.objects.filter(ticket=ticket).values_list("store_id", "number"))
