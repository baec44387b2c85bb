"""Handing a ticket over: offered, accepted, handed back, withdrawn."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.accounts.models import Agent, Team
from tresen.alerts import handing_over
from tresen.alerts.handing_over import LONGEST_NOTE, NothingOffered, NotYours, OfferedAlready, Receiver
from tresen.tickets.assigning import CannotSee
from tresen.tickets.models import Ticket
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import tell, warn
from tresen.workspace.ticket.going import on_to_next
from tresen.workspace.ticket.verbs import Given, verb, way_back

AGENT, TEAM = "agent", "team"


class HandOverForm(forms.Form):
    """To whom ("agent:5", "team:2"), and what they must know."""

    to = forms.RegexField(
        rf"^({AGENT}|{TEAM}):[0-9]{{1,18}}$", error_messages={"required": gettext_lazy("Choose who takes it over.")}
    )
    note = forms.CharField(
        max_length=LONGEST_NOTE, error_messages={"required": gettext_lazy("Write what they must know.")}
    )


class ReturnForm(forms.Form):
    """Why it is handed back."""

    reason = forms.CharField(max_length=LONGEST_NOTE, error_messages={"required": gettext_lazy("Say why.")})


class NothingForm(forms.Form):
    """Nothing but the press of a button."""


@verb(HandOverForm)
def create_hand_over(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """Offer the ticket to somebody, or to a team."""
    kind, _colon, number = given["to"].partition(":")
    to = Receiver(agent=int(number)) if kind == AGENT else Receiver(team=int(number))
    try:
        handing_over.offer(ticket.pk, to=to, note=given["note"], giver_id=request.agent.pk, at=request.at)
    except (Agent.DoesNotExist, Team.DoesNotExist):
        warn(request, _("They are not here any more."))
    except CannotSee:
        warn(request, _("This colleague does not see this ticket: team or store are not theirs."))
    except OfferedAlready:
        warn(request, _("This ticket is being handed over already."))
    except ValueError:
        warn(request, _("Hand it over to somebody else, with a note."))
    else:
        words = _("Offered. Until it is accepted, the ticket stays with you.")
        tell(request, words, undo=way_back("hand-over-end", ticket.pk))


@verb(NothingForm)
def create_acceptance(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """Take the ticket over."""
    del given
    try:
        handing_over.accept(ticket.pk, agent_id=request.agent.pk, at=request.at)
    except (NothingOffered, NotYours):
        warn(request, _("This hand-over is settled already, or not meant for you."))
    else:
        tell(request, _("Accepted: the ticket is yours, its clocks run on."))


@verb(ReturnForm)
def create_return(request: AgentRequest, ticket: Ticket, given: Given) -> HttpResponse | None:
    """Hand the ticket back, and go on."""
    try:
        handing_over.hand_back(ticket.pk, reason=given["reason"], agent_id=request.agent.pk, at=request.at)
    except (NothingOffered, NotYours, ValueError):
        warn(request, _("This hand-over is settled already, or not meant for you."))
        return None
    tell(request, _("Handed back, with your reason."))
    return on_to_next(request, leaving=ticket.pk)


@verb(NothingForm)
def end_hand_over(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """Take the offer back."""
    del given
    try:
        handing_over.withdraw(ticket.pk, agent_id=request.agent.pk, at=request.at)
    except (NothingOffered, NotYours):
        warn(request, _("This hand-over is settled already, or not meant for you."))
    else:
        tell(request, _("The hand-over is withdrawn."))
