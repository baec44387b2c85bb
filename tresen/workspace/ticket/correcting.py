"""Striking out a clock that should never have counted: a recorded correction, for leads and admins."""

from django.utils.translation import gettext as _

from tresen.sla.correcting import UnknownClock, VoidReason, strike_out
from tresen.tickets.models import Ticket
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_leads
from tresen.workspace.telling import tell, warn
from tresen.workspace.ticket.forms import StrikeForm
from tresen.workspace.ticket.verbs import Given, verb


@for_leads
@verb(StrikeForm)
def create_correction(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """Strike a clock of the ticket out, for a reason."""
    try:
        strike_out(ticket.pk, clock=given["clock"], reason=VoidReason(given["reason"]), by=request.actor, at=request.at)
        tell(request, _("Struck out: this clock counts no more. The message still waits for an answer."))
    except UnknownClock:
        warn(request, _("This clock does not count any more. Reload the page."))
