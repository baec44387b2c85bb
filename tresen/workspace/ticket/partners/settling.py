"""What becomes of a question: another day to chase it, no answer needed, what came is read."""

from datetime import datetime

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

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


@require_POST
def create_date(request: AgentRequest, ticket_id: int, question_id: int) -> HttpResponse:
    """Wait until another day; also the way back from not waiting any more."""
    ticket = ticket_or_404(request, ticket_id)
    question = question_or_404(ticket, question_id)
    form = DateForm(request.POST)
    if not _readable(request, form):
        return back_to(ticket.pk)
    try:
        chase_on(question.pk, form.cleaned_data["chase_on"], by=request.actor, at=request.at)
        said = {"partner": question.partner.name, "when": short_day(form.cleaned_data["chase_on"], request.at)}
        tell(request, _("Waiting for %(partner)s, chase on %(when)s.") % said)
    except CannotAsk as cannot:
        warn(request, str(cannot))
    except TicketSettled:
        warn(request, _("This ticket is over: open it again to wait for somebody."))
    return back_to(ticket.pk)


@require_POST
def create_withdrawal(request: AgentRequest, ticket_id: int, question_id: int) -> HttpResponse:
    """No answer is needed any more; whoever opens the link is told so."""
    ticket = ticket_or_404(request, ticket_id)
    question = question_or_404(ticket, question_id)
    form = WithdrawalForm(request.POST)
    if not _readable(request, form):
        return back_to(ticket.pk)
    before = chased_on(ticket, question.pk)
    reason = Key(form.cleaned_data["reason"])
    withdraw_question(question.pk, reason=reason, by=request.actor, at=request.at)
    told = _("Noted: answered in another way.") if reason == TOLD_OTHERWISE else _("Withdrawn: no answer is needed.")
    address = reverse("question-date", args=[ticket.pk, question.pk])
    tell(request, told, undo=Undo(address=address, values={"chase_on": day_to_come(before, question, request.at)}))
    return back_to(ticket.pk)


@require_POST
def create_reading(request: AgentRequest, ticket_id: int, question_id: int) -> HttpResponse:
    """What the partner wrote is read."""
    ticket = ticket_or_404(request, ticket_id)
    question = question_or_404(ticket, question_id)
    form = ReadForm(request.POST)
    if not _readable(request, form):
        return back_to(ticket.pk)
    waits = read_answer(question.pk, up_to=form.cleaned_data["up_to"], by=request.actor, at=request.at)
    if waits:
        tell(request, _("Noted. Others are still waited for, until %(when)s.") % {"when": _until(ticket, request.at)})
    else:
        tell(request, _("Noted as read."))
    return back_to(ticket.pk)


def _readable(request: AgentRequest, form: forms.Form) -> bool:
    if form.is_valid():
        return True
    warn(request, first_error(form))
    return False


def _until(ticket: Ticket, at: datetime) -> str:
    ticket.refresh_from_db(fields=["snoozed_until"])
    return day_and_time(ticket.snoozed_until, at) if ticket.snoozed_until else ""
