"""Solving, resting, waiving: what becomes of the work. Each verb is a resource, each has its way back."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext as _

from tresen.replies.finishing import AnswerOwed, NothingOwed, catch_up, solve
from tresen.routing.queries import LimitKind, runs_out_before
from tresen.tickets.facts import Key
from tresen.tickets.models import Conversation, Message, Ticket, WaitingOn
from tresen.tickets.snoozing import snooze, wake
from tresen.tickets.solving import reopen
from tresen.tickets.waiting import stop_waiting, wait
from tresen.tickets.waiving import (
    WaiveReason,
    confirm_marked,
    dismiss_failures,
    take_back_mark,
    take_back_waiver,
    waive,
)
from tresen.workspace import naming
from tresen.workspace.dates import day_and_time
from tresen.workspace.naming import name_of
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import ask, tell, warn
from tresen.workspace.ticket.danger_words import runs_out_words
from tresen.workspace.ticket.forms import (
    CaughtUpForm,
    MessagesForm,
    SaidForm,
    SnoozeForm,
    SolutionForm,
    WaitingForm,
    WaiverForm,
)
from tresen.workspace.ticket.verbs import Given, verb, way_back


@verb(SolutionForm)
def create_solution(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """Solve the ticket."""
    try:
        solve(
            ticket.pk,
            by=request.actor,
            at=request.at,
            resolution=Key(given["resolution"]) if given["resolution"] else None,
            reason=WaiveReason(given["reason"]) if given["reason"] else None,
            seen=given["up_to"],
        )
        tell(request, _("Solved."), undo=way_back("reopening", ticket.pk, said_at=request.at.isoformat()))
    except AnswerOwed as owed:
        warn(request, str(owed))


@verb(forms.Form)
def create_reopening(request: AgentRequest, ticket: Ticket, _given: Given) -> None:
    """Open a solved ticket again; as the way back from solving it also takes back what was waived with it."""
    reopen(ticket.pk, by=request.actor, at=request.at)
    said = SaidForm(request.POST)
    if said.is_valid():
        take_back_waiver(ticket.pk, said_at=said.cleaned_data["said_at"], by=request.actor, at=request.at)
    tell(request, _("Open again."))


@verb(SnoozeForm)
def create_snooze(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """Put the ticket aside until then."""
    until: datetime = given["until"]
    if until <= request.at:
        warn(request, _("Choose a time that is still to come."))
        return
    if not given["anyway"] and (limit := _limit_before(request, ticket, until)):
        again = way_back("snooze", ticket.pk, label=_("Snooze all the same"), until=until.isoformat(), anyway="1")
        ask(request, _("Not snoozed yet: %(limit)s") % {"limit": limit}, offer=again)
        return
    snooze(ticket.pk, until=until, by=request.actor, at=request.at)
    when = day_and_time(until, request.at)
    tell(request, _("Snoozed until %(when)s.") % {"when": when}, undo=way_back("waking", ticket.pk))
    _warn_of_earlier(request, ticket, until)


def _limit_before(request: AgentRequest, ticket: Ticket, until: datetime | None) -> str:
    """The limit that others have set and that runs out before the ticket would come back; empty: none does."""
    ahead = runs_out_before(ticket.pk, until, at=request.at)
    return runs_out_words(ticket, ahead, at=request.at) if ahead and ahead.kind is not LimitKind.OWN else ""


def _warn_of_earlier(request: AgentRequest, ticket: Ticket, until: datetime | None) -> None:
    """What is promised does not rest: whoever puts a ticket aside for longer is told."""
    ahead = runs_out_before(ticket.pk, until, at=request.at)
    if ahead is not None:
        limit = runs_out_words(ticket, ahead, at=request.at)
        warn(request, _("Its clocks run on: %(limit)s") % {"limit": limit})


@verb(forms.Form)
def create_waking(request: AgentRequest, ticket: Ticket, _given: Given) -> None:
    """Take a snoozed ticket back to work."""
    wake(ticket.pk, by=request.actor, at=request.at)
    tell(request, _("Back at work."))


@verb(WaitingForm)
def create_waiting(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """Wait for the customer or a third party."""
    until: datetime | None = given["until"]
    if until is not None and until <= request.at:
        warn(request, _("Choose a time that is still to come."))
        return
    if not given["anyway"] and (limit := _limit_before(request, ticket, until)):
        said = {"on": given["on"], "until": until.isoformat() if until else ""}
        again = way_back("waiting", ticket.pk, label=_("Wait all the same"), anyway="1", **said)
        ask(request, _("Not waiting yet: %(limit)s") % {"limit": limit}, offer=again)
        return
    wait(ticket.pk, on=WaitingOn(given["on"]), until=until, by=request.actor, at=request.at)
    _warn_of_earlier(request, ticket, until)
    tell(request, _waiting_words(given["on"], until, request.at), undo=way_back("waiting-end", ticket.pk))


def _waiting_words(on: str, until: datetime | None, at: datetime) -> str:
    whom = name_of(on, naming.WAITING_ON)
    if until is None:
        return _("Waiting %(whom)s, with no date to come back.") % {"whom": whom}
    return _("Waiting %(whom)s, until %(when)s at the latest.") % {"whom": whom, "when": day_and_time(until, at)}


@verb(forms.Form)
def end_waiting(request: AgentRequest, ticket: Ticket, _given: Given) -> None:
    """Take a waiting ticket back to work."""
    stop_waiting(ticket.pk, by=request.actor, at=request.at)
    tell(request, _("Back at work."))


@verb(WaiverForm)
def create_waiver(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """No response needed, for a reason."""
    try:
        waive(
            ticket.pk,
            conversation_id=given["conversation"],
            up_to=given["up_to"],
            reason=WaiveReason(given["reason"]),
            by=request.actor,
            at=request.at,
        )
        undo = way_back("waiver-end", ticket.pk, said_at=request.at.isoformat())
        tell(request, _("No response needed: noted."), undo=undo)
    except (Conversation.DoesNotExist, Message.DoesNotExist):
        warn(request, _("This conversation belongs to another ticket. Open it there."))


@verb(CaughtUpForm)
def create_caught_up(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """The answer given stands for what had crossed it."""
    try:
        catch_up(ticket.pk, seen=given["up_to"], by=request.actor, at=request.at)
        undo = way_back("waiver-end", ticket.pk, said_at=request.at.isoformat())
        tell(request, _("Your answer stands for this message too."), undo=undo)
    except NothingOwed:
        warn(request, _("No message crossed an answer here: nothing has changed."))
    except Message.DoesNotExist:
        warn(request, _("This page is out of date. Reload it and read what is new before you answer."))


@verb(SaidForm)
def end_waiver(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """An answer is owed after all."""
    take_back_waiver(ticket.pk, said_at=given["said_at"], by=request.actor, at=request.at)
    tell(request, _("Taken back: an answer is owed."))


@verb(MessagesForm)
def create_mark(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """These messages are marked on the platform."""
    confirm_marked(ticket.pk, message_ids=given["messages"], by=request.actor, at=request.at)
    undo = way_back("mark-end", ticket.pk, said_at=request.at.isoformat())
    tell(request, _("Marked on the platform: noted."), undo=undo)


@verb(SaidForm)
def end_mark(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """They are not marked after all."""
    take_back_mark(ticket.pk, said_at=given["said_at"], by=request.actor, at=request.at)
    tell(request, _("Taken back: it waits to be marked."))


@verb(MessagesForm)
def create_dismissal(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """These answers did not arrive and need not be sent again."""
    if dismiss_failures(ticket.pk, message_ids=given["messages"], by=request.actor, at=request.at):
        undo = way_back("waiver-end", ticket.pk, said_at=request.at.isoformat())
        tell(request, _("Noted: it need not be sent again."), undo=undo)
    else:
        warn(request, _("This page is out of date. Reload it and read what is new before you answer."))
