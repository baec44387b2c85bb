"""Doing something about an order: a form that shows what it costs, then one request at the platform."""

from collections.abc import Mapping
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tresen.actions.asking import CannotAct, ask, offers_for, paid_at_once, why_not
from tresen.actions.limiting import most_alone
from tresen.actions.models import ActionState
from tresen.actions.queries import actions_of
from tresen.actions.remaining import going_back, left_to_refund
from tresen.channels.feeds import Stopped
from tresen.channels.money import minor_units
from tresen.channels.order_door import ActionOffer, OrderAction, OrderRef
from tresen.orders.models import Order, Return
from tresen.stores.access import access_to
from tresen.tickets.models import Ticket
from tresen.timekeeping.running import running_from
from tresen.workspace.naming import name_of
from tresen.workspace.pages import show
from tresen.workspace.requests import AgentRequest, number_given
from tresen.workspace.setup.stores.labels import label
from tresen.workspace.telling import Undo, tell, warn
from tresen.workspace.ticket.going import back_to
from tresen.workspace.ticket.orders.actions_shown import HEADINGS
from tresen.workspace.ticket.orders.before import coming_shown, items_of, warning_of
from tresen.workspace.ticket.orders.forms import ActionForm
from tresen.workspace.ticket.orders.picturing import pictures_of
from tresen.workspace.ticket.orders.refunds_shown import Titles, titles_of, why_back
from tresen.workspace.ticket.page import ticket_or_404


@require_http_methods(["GET", "POST"])
def create_action(request: AgentRequest, ticket_id: int, order_id: int, kind: str) -> HttpResponse:
    """The form of an action, and what it is sent to."""
    ticket = ticket_or_404(request, ticket_id)
    order = _order_or_404(ticket, order_id)
    action, offer = _offered_or_404(order, kind)
    back = _return_or_404(request, order)
    reasons = _reasons(offer, order, back, request)
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
    wanted = actions_of([form.order.pk]).get(form.order.pk, ())
    coming = going_back(form.order, wanted)
    most = most_alone(request.agent.role, currency)
    context = {
        "ticket": ticket,
        "order": form.order,
        "back": form.back,
        "form": form,
        "why_not": why_not(form.order, form.kind, return_id=form.back.external_id if form.back else ""),
        "kind": form.kind.value,
        "title": name_of(form.kind.value, HEADINGS),
        "pays": paid_at_once(form.order, form.back.external_id, form.offer) if form.back else 0,
        "hides_refunds": form.offer.hides_refunds,
        "left": left_to_refund(form.order, wanted),
        "refunds": form.order.refunds.order_by("refunded_at"),
        "coming": [coming_shown(one) for one in coming],
        "perhaps": [warning_of(one) for one in coming if one.state == ActionState.UNCERTAIN],
        "items": items_of(form.back, form.order) if form.back else [],
        "reason": why_back(form.order, form.back, _titles(form)) if form.back else "",
        "says": [label(text) for text in form.offer.says],
        "pictures": pictures_of([form.order], at=request.at),
        "most": None if most is None else minor_units(most, currency),
    }
    status = 422 if form.errors else 200
    return show(request, "ticket/action_page.html", "ticket/action.html", context, status=status)


def _titles(form: ActionForm) -> Titles:
    return titles_of([form.order], [form.back.reason] if form.back else [])


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


def _reasons(offer: ActionOffer, order: Order, back: Return | None, request: AgentRequest) -> Mapping[str, str]:
    """The platform's reasons; where each store or order has its own, the platform is asked for them."""
    if offer.ask_reasons is None:
        return offer.reasons
    access = access_to(order.store, clock=running_from(request.at))
    about = OrderRef(number=order.number, external_id=order.external_id)
    found = offer.ask_reasons(access, about, back.external_id if back else "")
    if isinstance(found, Stopped):
        warn(request, _("The platform does not tell its reasons just now: %(why)s") % {"why": found.reason})
        return {}
    return found
