"""Where an agent is after an action."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.routing.leasing import next_for
from tresen.routing.takers import takers_of
from tresen.tickets.models import Status, Ticket
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import tell_besides

PUT_ASIDE = (Status.SNOOZED, Status.WAITING)


def back_to(ticket_id: int) -> HttpResponse:
    """The ticket again, as it is now. htmx follows and puts the new part in place."""
    return redirect("ticket", ticket_id)


def on_to_next(request: AgentRequest, *, leaving: int | None) -> HttpResponse:
    """The next piece of work, leased; the empty desk when there is none."""
    ticket_id = next_for(request.agent.pk, scope=request.scope, at=request.at, leaving=leaving)
    if ticket_id is None:
        _say_why_nothing(request)
        return redirect("desk")
    if Ticket.objects.filter(pk=ticket_id, status__in=PUT_ASIDE).exists():
        tell_besides(request, _("It was put aside, but its time runs out soon: it must be done now."))
    elif ticket_id == leaving:
        tell_besides(request, _("This one is still yours: answer it, snooze it, or pass it on."))
    return back_to(ticket_id)


def _say_why_nothing(request: AgentRequest) -> None:
    """Why "next" has nothing for this agent: they hold as much as fits, or nothing waits that is theirs to take."""
    taker = takers_of([request.agent.pk], at=request.at)[request.agent.pk]
    if taker.is_full:
        sentence = ngettext(
            "You hold %(count)s ticket, and no more are meant for you at once: finish it or give it back.",
            "You hold %(count)s tickets, and no more are meant for you at once: finish some or give some back.",
            taker.held,
        )
        tell_besides(request, sentence % {"count": taker.held})
    else:
        tell_besides(request, _("Nothing more is waiting for you."))


def first_error(form: forms.Form) -> str:
    """The first thing that is wrong, in the agent's words."""
    for errors in form.errors.values():
        return str(errors[0])
    return _("That did not work.")
