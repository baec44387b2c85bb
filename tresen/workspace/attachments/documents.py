"""Documents of orders, as invoices: asked for at the platform when an agent opens one, and passed on."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tresen.channels.feeds import Stopped
from tresen.channels.files import TOO_LARGE, FileBrought, FileNotHad
from tresen.files.sniffing import kind_of
from tresen.orders.documents import bring
from tresen.orders.models import Order, OrderDocument
from tresen.orders.queries import visible_orders
from tresen.stores.channel_words import channel_title
from tresen.stores.connection_troubles import explained_connection
from tresen.tickets.models import TicketOrder
from tresen.tickets.queries import visible
from tresen.workspace.attachments.tokens import DOCUMENT, Expired, opened
from tresen.workspace.attachments.views import FILE_POLICY
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import warn

SHOWN = "application/pdf"
"""What a browser may show; another thing is saved, whatever the platform calls it."""


@require_GET
def send_document(request: AgentRequest, token: str) -> HttpResponse:
    """The document, as its platform has it now; else back to where it was asked for, with why not."""
    document = OrderDocument.objects.select_related("order__store").filter(pk=_id(request, token)).first()
    place = _place(request, document.order) if document else ""
    if document is None or not place:
        raise Http404
    came = bring(document, at=request.at)
    if not isinstance(came, FileBrought):
        warn(request, _why_not(came, document.order))
        return redirect(place)
    shown = kind_of(came.content) == SHOWN
    response = HttpResponse(came.content, content_type=SHOWN if shown else "application/octet-stream")
    name = f"{document.external_id}.pdf" if shown else document.external_id
    response.headers["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _place(request: AgentRequest, order: Order) -> str:
    """Where this agent sees the order: on its page, or beside a ticket; empty where he does not."""
    if visible_orders(request.scope).filter(pk=order.pk).exists():
        return reverse("order", args=[order.pk])
    beside = TicketOrder.objects.filter(order=order, ticket__in=visible(request.scope)).order_by("-ticket")
    ticket = beside.values_list("ticket", flat=True).first()
    return reverse("ticket", args=[ticket]) if ticket else ""


def _why_not(came: FileNotHad | Stopped, order: Order) -> str:
    told = {"channel": channel_title(order.store)}
    match came:
        case FileNotHad(reason=reason) if reason == TOO_LARGE:
            return _("The document is too large to be opened here. Open it at %(channel)s.") % told
        case FileNotHad():
            return _("%(channel)s does not have this document any more.") % told
        case Stopped(reason=reason):
            words = _("%(channel)s did not give the document. %(trouble)s")
            return words % {**told, "trouble": explained_connection(reason).sentence}


def _id(request: AgentRequest, token: str) -> int:
    try:
        return opened(token, DOCUMENT, agent=request.agent.pk)
    except Expired as expired:
        raise Http404 from expired
