"""Solving, resting, waiving: what becomes of the work. Each verb is a resource, each has its way back."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tresen.replies.finishing import AnswerOwed, catch_up, solve
from tresen.routing.queries import act_by_before
from tresen.tickets.facts import Key
from tresen.tickets.models import Conversation, Message, WaitingOn
from tresen.tickets.snoozing import snooze, wake
from tresen.tickets.solving import reopen
from tresen.tickets.waiting import stop_waiting, wait
from tresen.tickets.waiving import WaiveReason, confirm_marked, take_back_waiver, waive
from tresen.workspace.dates import day_and_time
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import Undo, tell, warn
from tresen.workspace.ticket.forms import (
    CaughtUpForm,
    MarkForm,
    SaidForm,
    SnoozeForm,
    SolutionForm,
    WaitingForm,
    WaiverForm,
)
from tresen.workspace.ticket.going import back_to, first_error
from tresen.workspace.ticket.page import ticket_or_404


@require_POST
def create_solution(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Solve the ticket."""
    ticket = ticket_or_404(request, ticket_id)
    form = SolutionForm(request.POST)
    if not form.is_valid():
        warn(request, first_error(form))
        return back_to(ticket.pk)
    given = form.cleaned_data
    reason = WaiveReason(given["reason"]) if given["reason"] else None
    try:
        solve(
            ticket.pk,
            by=request.actor,
            at=request.at,
            resolution=Key(given["resolution"] or "answered"),
            reason=reason,
            seen=given["up_to"],
        )
        tell(request, _("Solved."), undo=_undo("reopening", ticket.pk, said_at=request.at.isoformat()))
    except AnswerOwed as owed:
        warn(request, str(owed))
    return back_to(ticket.pk)


@require_POST
def create_reopening(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Open a solved ticket again; as the way back from solving it also takes back what was waived with it."""
    ticket = ticket_or_404(request, ticket_id)
    reopen(ticket.pk, by=request.actor, at=request.at)
    said = SaidForm(request.POST)
    if said.is_valid():
        take_back_waiver(ticket.pk, said_at=said.cleaned_data["said_at"], by=request.actor, at=request.at)
    tell(request, _("Open again."))
    return back_to(ticket.pk)


@require_POST
def create_snooze(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Put the ticket aside until then."""
    ticket = ticket_or_404(request, ticket_id)
    form = SnoozeForm(request.POST)
    if not form.is_valid() or form.cleaned_data["until"] <= request.at:
        warn(request, first_error(form) if form.errors else _("Choose a time that is still to come."))
        return back_to(ticket.pk)
    until = form.cleaned_data["until"]
    snooze(ticket.pk, until=until, by=request.actor, at=request.at)
    when = day_and_time(until, request.at)
    tell(request, _("Snoozed until %(when)s.") % {"when": when}, undo=_undo("waking", ticket.pk))
    _warn_of_earlier(request, ticket.pk, until)
    return back_to(ticket.pk)


def _warn_of_earlier(request: AgentRequest, ticket_id: int, until: datetime) -> None:
    """What is promised does not rest: whoever puts a ticket aside for longer is told."""
    act_by = act_by_before(ticket_id, until)
    if act_by is not None:
        when = day_and_time(act_by, request.at)
        warn(request, _("Its clocks run on: an answer is wanted before that, by %(when)s.") % {"when": when})


@require_POST
def create_waking(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Take a snoozed ticket back to work."""
    ticket = ticket_or_404(request, ticket_id)
    wake(ticket.pk, by=request.actor, at=request.at)
    tell(request, _("Back at work."))
    return back_to(ticket.pk)


@require_POST
def create_waiting(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Wait for the customer or a third party."""
    ticket = ticket_or_404(request, ticket_id)
    form = WaitingForm(request.POST)
    until = form.cleaned_data["until"] if form.is_valid() else None
    if form.errors or (until is not None and until <= request.at):
        warn(request, first_error(form) if form.errors else _("Choose a time that is still to come."))
        return back_to(ticket.pk)
    wait(ticket.pk, on=WaitingOn(form.cleaned_data["on"]), until=until, by=request.actor, at=request.at)
    tell(request, _("Waiting."), undo=_undo("waiting-end", ticket.pk))
    return back_to(ticket.pk)


@require_POST
def end_waiting(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Take a waiting ticket back to work."""
    ticket = ticket_or_404(request, ticket_id)
    stop_waiting(ticket.pk, by=request.actor, at=request.at)
    tell(request, _("Back at work."))
    return back_to(ticket.pk)


@require_POST
def create_waiver(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """No response needed, for a reason."""
    ticket = ticket_or_404(request, ticket_id)
    form = WaiverForm(request.POST)
    if not form.is_valid():
        warn(request, first_error(form))
        return back_to(ticket.pk)
    given = form.cleaned_data
    try:
        waive(
            ticket.pk,
            conversation_id=given["conversation"],
            up_to=given["up_to"],
            reason=WaiveReason(given["reason"]),
            by=request.actor,
            at=request.at,
        )
        undo = _undo("waiver-end", ticket.pk, said_at=request.at.isoformat())
        tell(request, _("No response needed: noted."), undo=undo)
    except (Conversation.DoesNotExist, Message.DoesNotExist):
        warn(request, _("This conversation belongs to another ticket. Open it there."))
    return back_to(ticket.pk)


@require_POST
def create_caught_up(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """The answer given stands for what had crossed it."""
    ticket = ticket_or_404(request, ticket_id)
    form = CaughtUpForm(request.POST)
    if not form.is_valid():
        warn(request, first_error(form))
        return back_to(ticket.pk)
    catch_up(ticket.pk, seen=form.cleaned_data["up_to"], by=request.actor, at=request.at)
    undo = _undo("waiver-end", ticket.pk, said_at=request.at.isoformat())
    tell(request, _("Your answer stands for this message too."), undo=undo)
    return back_to(ticket.pk)


@require_POST
def end_waiver(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """An answer is owed after all."""
    ticket = ticket_or_404(request, ticket_id)
    form = SaidForm(request.POST)
    if form.is_valid():
        take_back_waiver(ticket.pk, said_at=form.cleaned_data["said_at"], by=request.actor, at=request.at)
        tell(request, _("Taken back: an answer is owed."))
    else:
        warn(request, first_error(form))
    return back_to(ticket.pk)


@require_POST
def create_mark(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """These messages are marked on the platform."""
    ticket = ticket_or_404(request, ticket_id)
    form = MarkForm(request.POST)
    if form.is_valid():
        confirm_marked(ticket.pk, message_ids=form.cleaned_data["messages"], by=request.actor, at=request.at)
        tell(request, _("Marked on the platform: noted."))
    else:
        warn(request, first_error(form))
    return back_to(ticket.pk)


def _undo(route: str, ticket_id: int, **values: str) -> Undo:
    return Undo(address=reverse(route, args=[ticket_id]), values=values)
