"""Striking out a clock that should never have counted: a recorded correction, for leads and admins."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tresen.accounts.models import Role
from tresen.sla.correcting import UnknownClock, VoidReason, strike_out
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import tell, warn
from tresen.workspace.ticket.forms import StrikeForm
from tresen.workspace.ticket.going import back_to, first_error
from tresen.workspace.ticket.page import ticket_or_404

CORRECTING = frozenset({Role.LEAD.value, Role.ADMIN.value})


@require_POST
def create_correction(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Strike a clock of the ticket out, for a reason."""
    ticket = ticket_or_404(request, ticket_id)
    if request.agent.role not in CORRECTING:
        raise Http404
    form = StrikeForm(request.POST)
    if not form.is_valid():
        warn(request, first_error(form))
        return back_to(ticket.pk)
    clock, reason = form.cleaned_data["clock"], VoidReason(form.cleaned_data["reason"])
    try:
        strike_out(ticket.pk, clock=clock, reason=reason, by=request.actor, at=request.at)
        tell(request, _("Struck out. The message is still owed what it was owed."))
    except UnknownClock:
        warn(request, _("This clock does not count any more. Reload the page."))
    return back_to(ticket.pk)
