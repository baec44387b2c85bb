"""Writing to the buyer of an order first: the form, the openings in it, and what it is sent to."""

from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tresen.orders.models import Order
from tresen.orders.queries import OrderHidden, order_in
from tresen.replies.first_places import open_ticket_about, other_tickets_of_buyer
from tresen.replies.starting import CannotStart, start, taken_back_by
from tresen.routing.queues import rows_of
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.tickets.models import Message
from tresen.workspace.orders.forms import FirstMessageForm
from tresen.workspace.orders.openings import openings_shown
from tresen.workspace.pages import show
from tresen.workspace.requests import AgentRequest, number_given
from tresen.workspace.telling import Undo, tell
from tresen.workspace.ticket.going import back_to

_AROUND = 5
"""So many words stand on each side of what is marked."""


@require_http_methods(["GET", "POST"])
def create_message(request: AgentRequest, order_id: int) -> HttpResponse:
    """The form of a first message, and what it is sent to."""
    order = _order_or_404(request, order_id)
    form = _form(request, order)
    if request.method == "POST" and form.is_valid():
        try:
            message = start(
                order.pk,
                form.first(),
                ticket_id=number_given(request.GET, "ticket"),
                submission=form.cleaned_data["submission"],
                scope=request.scope,
                by=request.actor,
                at=request.at,
            )
        except CannotStart as cannot:
            form.add_error("text" if cannot.piece else None, _marked(form.cleaned_data["text"], cannot))
        else:
            return _on_its_way(request, message)
    return _form_page(request, order, form)


@require_GET
def show_openings(request: AgentRequest, order_id: int) -> HttpResponse:
    """The kinds of message that the platform takes for the order now."""
    order = _order_or_404(request, order_id)
    openings = openings_shown(
        order, chosen=request.GET.get("chosen", "")[:60], ask=True, scope=request.scope, at=request.at
    )
    return render(request, "orders/openings.html", {"order": order, "openings": openings}, using="jinja2")


def _form(request: AgentRequest, order: Order) -> FirstMessageForm:
    door = connector_of(order.store).start
    subject = door is not None and any(one.subject for one in door.openings)
    again = taken_back_by(request.agent.pk, order)
    with translation.override(order.store.language or translation.get_language()):
        usual = _("Your order %(number)s") % {"number": order.number}
    initial = {"submission": uuid4(), "subject": usual, **(_again(again) if again else {})}
    given = request.POST if request.method == "POST" else None
    return FirstMessageForm(given, subject=subject, language=order.store.language, initial=initial)


def _again(taken_back: Message) -> dict[str, str]:
    return {"text": taken_back.text, "subject": taken_back.subject, "opening": taken_back.delivery.opening}


def _on_its_way(request: AgentRequest, message: Message) -> HttpResponse:
    undo = Undo(address=reverse("reply-withdrawal", args=[message.pk]), values={})
    tell(request, _("Message on its way."), undo=undo)
    return back_to(message.ticket_id)


def _form_page(request: AgentRequest, order: Order, form: FirstMessageForm) -> HttpResponse:
    ticket = open_ticket_about(order, scope=request.scope)
    chosen = str(form["opening"].value() or "")
    context = {
        "order": order,
        "form": form,
        "channel": channel_title(order.store),
        "openings": openings_shown(
            order, chosen=chosen, ask="asked" in request.GET, scope=request.scope, at=request.at
        ),
        "ticket": ticket,
        "others": other_tickets_of_buyer(order, scope=request.scope) if ticket is None else (),
        "waits": ticket is not None and bool(rows_of([ticket.pk], scope=request.scope)),
        "back": reverse("ticket", args=[ticket.pk]) if ticket else reverse("order-list"),
    }
    status = 422 if form.errors else 200
    return show(request, "orders/message_page.html", "orders/message.html", context, status=status)


def _marked(text: str, cannot: CannotStart) -> str:
    """The sentence, and where the piece stands in the text that it is about."""
    before, piece, after = text.partition(cannot.piece) if cannot.piece else ("", "", "")
    if not piece:
        return str(cannot)
    head, tail = " ".join(before.split()[-_AROUND:]), " ".join(after.split()[:_AROUND])
    head += " " if before[-1:].isspace() else ""
    tail = f" {tail}" if after[:1].isspace() else tail
    return format_html("<span>{} … {}<mark>{}</mark>{} …</span>", str(cannot), head, piece, tail)


def _order_or_404(request: AgentRequest, order_id: int) -> Order:
    try:
        return order_in(request.scope, order_id)
    except OrderHidden as hidden:
        raise Http404(str(hidden)) from hidden
