"""Requests of platforms to forget somebody: those that wait for an admin, and what came of the others."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tresen.channels.erasure import ErasureKind
from tresen.intake.erasing import requests
from tresen.intake.models import Erasure
from tresen.orders.models import Order
from tresen.tickets.models import Ticket
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.erasures.forms import CarryOutForm
from tresen.workspace.setup.erasures.words import erasure_shown, found_words
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import tell

MOST_TOLD = 50


@require_GET
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    """Those that wait, the oldest first, and those that were carried out."""
    context = {
        "waiting": [erasure_shown(one, at=request.at) for one in requests.waiting()],
        "done": [erasure_shown(one, at=request.at) for one in requests.carried_out(MOST_TOLD)],
        "most": MOST_TOLD,
    }
    return page(request, "erasures", "setup/erasures/show.html", context)


@require_http_methods(["GET", "POST"])
@for_admins
def carry_out(request: AgentRequest, erasure_id: int) -> HttpResponse:
    """What would go and what stays; then it is done."""
    erasure = get_object_or_404(Erasure.objects.select_related("store"), pk=erasure_id)
    if erasure.agreed_at is not None or erasure.carried_out_at is not None:
        tell(request, _("This request is carried out already."))
        return redirect("setup-erasures")
    form = CarryOutForm(request.POST if request.method == "POST" else None, kind=erasure.kind)
    if request.method == "POST" and form.is_valid():
        requests.agree(erasure.pk, by=request.actor, at=request.at)
        asks = erasure.kind == ErasureKind.ACCESS
        tell(request, _("Noted as answered.") if asks else _("It is being carried out; the proof will stand below."))
        return redirect("setup-erasures")
    meant = requests.meant_of(erasure)
    context = {
        "form": form,
        "one": erasure_shown(erasure, at=request.at),
        "asks": erasure.kind == ErasureKind.ACCESS,
        "found": found_words(meant),
        "tickets": Ticket.objects.filter(pk__in=meant.tickets[:MOST_TOLD]).order_by("pk"),
        "orders": Order.objects.filter(pk__in=meant.orders[:MOST_TOLD]).order_by("-ordered_at", "pk"),
    }
    return page(request, "erasures", "setup/erasures/carry_out.html", context, status=422 if form.errors else 200)
