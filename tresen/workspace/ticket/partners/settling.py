"""What becomes of a question: another day to chase it, no answer needed, what came is read."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tresen.partners.models import Question
from tresen.partners.waiting import TOLD_OTHERWISE, chase_on, read_answer, withdraw_question
from tresen.partners.wording import CannotAsk
from tresen.tickets.facts import Key
from tresen.tickets.locking import TicketSettled
from tresen.tickets.models import Ticket
from tresen.workspace.dates import day_and_time
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import Undo, tell, warn
from tresen.workspace.ticket.going import back_to, first_error
from tresen.workspace.ticket.page import ticket_or_404
from tresen.workspace.ticket.partners.asking import question_or_404
from tresen.workspace.ticket.partners.forms import DateForm, ReadForm, WithdrawalForm
from tresen.workspace.ticket.partners.shown import chased_on, day_to_come, short_day
from tresen.workspace.ticket.verbs import Given

type Settling = Callable[[AgentRequest, Question, Given], None]
type View = Callable[[AgentRequest, int, int], HttpResponse]


def _settling(form: type[forms.Form]) -> Callable[[Settling], View]:
    """The view of what is said about one question of a ticket; afterwards the agent is back at the ticket."""

    def made(act: Settling) -> View:
        @require_POST
        @wraps(act)
        def view(request: AgentRequest, ticket_id: int, question_id: int) -> HttpResponse:
            ticket = ticket_or_404(request, ticket_id)
            question = question_or_404(ticket, question_id)
            given = form(request.POST)
            if given.is_valid():
                act(request, question, given.cleaned_data)
            else:
                warn(request, first_error(given))
            return back_to(ticket.pk)

        return view

    return made


@_settling(DateForm)
def create_date(request: AgentRequest, question: Question, given: Given) -> None:
    """Wait until another day; also the way back from not waiting any more."""
    try:
        chase_on(question.pk, given["chase_on"], by=request.actor, at=request.at)
        said = {"partner": question.partner.name, "when": short_day(given["chase_on"], request.at)}
        tell(request, _("Waiting for %(partner)s, chase on %(when)s.") % said)
    except CannotAsk as cannot:
        warn(request, str(cannot))
    except TicketSettled:
        warn(request, _("This ticket is over: open it again to wait for somebody."))


@_settling(WithdrawalForm)
def create_withdrawal(request: AgentRequest, question: Question, given: Given) -> None:
    """No answer is needed any more; whoever opens the link is told so."""
    before = chased_on(question.ticket, question.pk)
    reason = Key(given["reason"])
    withdraw_question(question.pk, reason=reason, by=request.actor, at=request.at)
    told = _("Noted: answered in another way.") if reason == TOLD_OTHERWISE else _("Withdrawn: no answer is needed.")
    address = reverse("question-date", args=[question.ticket_id, question.pk])
    tell(request, told, undo=Undo(address=address, values={"chase_on": day_to_come(before, question, request.at)}))


@_settling(ReadForm)
def create_reading(request: AgentRequest, question: Question, given: Given) -> None:
    """What the partner wrote is read."""
    if read_answer(question.pk, up_to=given["up_to"], by=request.actor, at=request.at):
        tell(
            request,
            _("Noted. Others are still waited for, until %(when)s.") % {"when": _until(question.ticket, request.at)},
        )
    else:
        tell(request, _("Noted as read."))


def _until(ticket: Ticket, at: datetime) -> str:
    ticket.refresh_from_db(fields=["snoozed_until"])
    return day_and_time(ticket.snoozed_until, at) if ticket.snoozed_until else ""
