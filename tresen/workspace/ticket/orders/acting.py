"""Doing something about an order: a form that shows what it costs, then one request at the platform."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tresen.accounts.actors import Actor
from tresen.actions import deciding
from tresen.actions.asking import CannotAct, ask, offers_for
from tresen.actions.limiting import most_alone
from tresen.actions.models import Action, ActionState
from tresen.actions.queries import to_agree_to
from tresen.actions.remaining import left_to_refund
from tresen.channels.feeds import Stopped
from tresen.channels.money import minor_units
from tresen.channels.order_door import ActionOffer, OrderAction
from tresen.orders.models import Order, Return
from tresen.stores.access import access_to
from tresen.tickets.models import Ticket
from tresen.tickets.queries import visible
from tresen.timekeeping.running import running_from
from tresen.workspace.naming import name_of
from tresen.workspace.pages import show
from tresen.workspace.requests import AgentRequest, number_given
from tresen.workspace.telling import Undo, tell, warn
from tresen.workspace.ticket.going import back_to
from tresen.workspace.ticket.orders.actions_shown import BUTTONS, action_shown
from tresen.workspace.ticket.orders.forms import ActionForm
from tresen.workspace.ticket.orders.picturing import pictures_of
from tresen.workspace.ticket.page import ticket_or_404

type Decide = Callable[..., object]


@require_http_methods(["GET", "POST"])
def create_action(request: AgentRequest, ticket_id: int, order_id: int, kind: str) -> HttpResponse:
    """The form of an action, and what it is sent to."""
    ticket = ticket_or_404(request, ticket_id)
    order = _order_or_404(ticket, order_id)
    action, offer = _offered_or_404(order, kind)
    back = _return_or_404(request, order)
    reasons = _reasons(offer, order, request)
    form = ActionForm(
        request.POST or None, kind=action, offer=offer, reasons=reasons, order=order, back=back, key=uuid4()
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _asked(request, ticket, order, form)
        except CannotAct as cannot:
            form.add_error(None, str(cannot))
    return _form_page(request, ticket, form)


def _asked(request: AgentRequest, ticket: Ticket, order: Order, form: ActionForm) -> HttpResponse:
    action = ask(ticket.pk, order.pk, form.wanted(), key=form.cleaned_data["key"], by=request.actor, at=request.at)
    undo = Undo(address=reverse("action-withdrawal", args=[action.pk]), values={})
    waits = action.state == ActionState.ASKED
    tell(request, _("Asked for: somebody else must agree.") if waits else _("On its way."), undo=undo)
    return back_to(ticket.pk)


def _form_page(request: AgentRequest, ticket: Ticket, form: ActionForm) -> HttpResponse:
    currency = form.order.currency
    most = most_alone(request.agent.role, currency)
    context = {
        "ticket": ticket,
        "order": form.order,
        "back": form.back,
        "form": form,
        "kind": form.kind.value,
        "title": name_of(form.kind.value, BUTTONS),
        "left": left_to_refund(form.order),
        "refunds": form.order.refunds.order_by("refunded_at"),
        "pictures": pictures_of([form.order], at=request.at),
        "most": None if most is None else minor_units(most, currency),
    }
    status = 422 if form.errors else 200
    return show(request, "ticket/action_page.html", "ticket/action.html", context, status=status)


@require_POST
def create_approval(request: AgentRequest, action_id: int) -> HttpResponse:
    """Agree."""
    return _decided(request, action_id, deciding.approve, _("Agreed: it is on its way."))


@require_POST
def create_refusal(request: AgentRequest, action_id: int) -> HttpResponse:
    """Do not agree."""
    return _decided(request, action_id, deciding.decline, _("Not agreed to: nothing is done."))


@require_POST
def create_withdrawal(request: AgentRequest, action_id: int) -> HttpResponse:
    """Take it back before anything is done."""

    def withdraw(number: int, *, by: Actor, at: datetime) -> None:
        if not deciding.withdraw(number, by=by, at=at):
            raise CannotAct(_("It is on its way already."))

    return _decided(request, action_id, withdraw, _("Taken back: nothing is done."))


@require_POST
def create_retry(request: AgentRequest, action_id: int) -> HttpResponse:
    """Try once more."""
    return _decided(request, action_id, deciding.try_again, _("It is tried once more."))


@require_POST
def create_confirmation(request: AgentRequest, action_id: int) -> HttpResponse:
    """Say that it was done."""
    return _decided(request, action_id, deciding.it_was_done, _("Noted as done."))


@require_http_methods(["GET"])
def show_approvals(request: AgentRequest) -> HttpResponse:
    """What waits for a second pair of eyes."""
    waiting = [
        (one, action_shown(one, agent_id=request.agent.pk, at=request.at)) for one in to_agree_to(scope=request.scope)
    ]
    return show(request, "ticket/approvals_page.html", "ticket/approvals.html", {"waiting": waiting})


def _decided(request: AgentRequest, action_id: int, decide: Decide, done: str) -> HttpResponse:
    action = Action.objects.filter(pk=action_id, ticket__in=visible(request.scope)).first()
    if action is None:
        raise Http404
    try:
        decide(action.pk, by=request.actor, at=request.at)
        tell(request, done)
    except CannotAct as cannot:
        warn(request, str(cannot))
    return back_to(action.ticket_id)


def _order_or_404(ticket: Ticket, order_id: int) -> Order:
    order = Order.objects.filter(pk=order_id, tickets__ticket=ticket).select_related("store").first()
    if order is None:
        raise Http404
    return order


def _offered_or_404(order: Order, kind: str) -> tuple[OrderAction, ActionOffer]:
    offered = offers_for(order.store)
    try:
        action = OrderAction(kind)
        return action, offered[action]
    except (ValueError, KeyError):
        raise Http404 from None


def _return_or_404(request: AgentRequest, order: Order) -> Return | None:
    number = number_given(request.GET, "return")
    if number is None:
        return None
    back = Return.objects.filter(pk=number, order=order).first()
    if back is None:
        raise Http404
    return back


def _reasons(offer: ActionOffer, order: Order, request: AgentRequest) -> Mapping[str, str]:
    """The platform's reasons; where each store has its own, the platform is asked for them."""
    if offer.ask_reasons is None:
        return offer.reasons
    found = offer.ask_reasons(access_to(order.store, clock=running_from(request.at)))
    if isinstance(found, Stopped):
        warn(request, _("The platform does not tell its reasons just now: %(why)s") % {"why": found.reason})
        return {}
    return found
