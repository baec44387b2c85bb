"""What we do while a partner owes us an answer: wait until the day to chase it, move that day, stop, read."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.duties import promising
from tresen.duties.models import PromiseKind
from tresen.partners.chasing import chase_day
from tresen.partners.models import Question
from tresen.partners.queries import chase_due
from tresen.partners.recognising import without_code
from tresen.partners.wording import CannotAsk
from tresen.staffing.queries import coverage_of
from tresen.tickets import ledger
from tresen.tickets.events import (
    AnswerRead,
    Key,
    QuestionAwaited,
    QuestionWithdrawn,
    WaitingEnded,
    WaitingStarted,
)
from tresen.tickets.locking import TicketSettled, locked, next_cause
from tresen.tickets.models import Status, Ticket, WaitingOn
from tresen.tickets.questions import QuestionNow, QuestionState, questions_in
from tresen.tickets.solving import SETTLED

WITHDRAWN = Key("withdrawn")
TOLD_OTHERWISE = Key("told_otherwise")
"""They told us by telephone, say."""
REASONS = (WITHDRAWN, TOLD_OTHERWISE)
LONGEST_WHAT = 200


@transaction.atomic
def chase_on(question_id: int, day: date, *, by: Actor, at: datetime) -> None:
    """Wait until another day, also for an answer that nobody waited for any more. Raises CannotAsk, TicketSettled."""
    question = Question.objects.select_related("partner").get(pk=question_id)
    ticket = _open(question)
    before = _standing(question)
    due = due_on(ticket, day, at=at)
    promise = date_set(question, due=due, reply=None, by=by, at=at)
    if promise != before.promise or before.state is not QuestionState.OPEN:
        event = QuestionAwaited(question=question_id, promise=promise)
        ledger.record(ticket.pk, event, by=by, at=at, source_key=f"awaited:{next_cause(locked(ticket.pk))}")
    wait_for_partners(ticket, by=by, at=at)


@transaction.atomic
def withdraw_question(question_id: int, *, reason: Key, by: Actor, at: datetime) -> None:
    """Say that no answer is needed any more; the link tells the partner. Of one that is over it changes nothing."""
    question = Question.objects.get(pk=question_id)
    ticket = locked(question.ticket_id)
    if _standing(question).state is QuestionState.WITHDRAWN:
        return
    event = QuestionWithdrawn(question=question_id, reason=reason)
    ledger.record(ticket.pk, event, by=by, at=at, source_key=next_cause(ticket))
    drop_date(question, by=by, at=at)
    stop_when_nobody_is_waited_for(ticket, by=by, at=at)


@transaction.atomic
def read_answer(question_id: int, *, up_to: int, by: Actor, at: datetime) -> bool:
    """An agent has read what came, up to this message; gives whether others are still waited for, and they are."""
    question = Question.objects.get(pk=question_id)
    ticket = locked(question.ticket_id)
    event = AnswerRead(question=question_id, message=up_to)
    ledger.record(ticket.pk, event, by=by, at=at, source_key=f"read:{question_id}:{up_to}")
    now = Ticket.objects.get(pk=ticket.pk)
    return now.status == Status.OPEN and wait_for_partners(now, by=by, at=at)


def due_on(ticket: Ticket, day: date, *, at: datetime) -> datetime:
    """Until when an answer is to be chased on this day. Raises CannotAsk for a day that is over."""
    due = chase_day(day, coverage_of([ticket.team_id])[ticket.team_id]).due
    if due <= at:
        raise CannotAsk("chase_on", _("Choose a day that is still to come."))
    return due


def date_set(question: Question, *, due: datetime, reply: int | None, by: Actor, at: datetime) -> int:
    """Chase by this date from now on; gives the promise that holds it. One that still binds is moved."""
    history = ledger.history_of([question.ticket_id])[question.ticket_id]
    before = questions_in(history).get(question.pk)
    if before is not None and chase_due(before, history) is not None:
        promising.move_promise(before.promise, due=due, by=by, at=at)
        return before.promise
    made = promising.promise(
        question.ticket_id,
        due=due,
        kind=PromiseKind.FOLLOW_UP,
        what=f"{question.partner.name}: {without_code(question.conversation.subject)}"[:LONGEST_WHAT],
        reply=reply,
        by=by,
        at=at,
    )
    return made.pk


def drop_date(question: Question, *, by: Actor, at: datetime) -> None:
    """Nobody chases this any more."""
    history = ledger.history_of([question.ticket_id])[question.ticket_id]
    now = questions_in(history).get(question.pk)
    if now is not None and chase_due(now, history) is not None:
        promising.drop_promise(now.promise, by=by, at=at)


def wait_for_partners(ticket: Ticket, *, by: Actor, at: datetime) -> bool:
    """Put the ticket to rest until the first day to chase somebody; gives whether it rests.

    Not where that day has come: then somebody is to chase.
    """
    history = ledger.history_of([ticket.pk])[ticket.pk]
    waited = [one for one in questions_in(history).values() if one.state is QuestionState.OPEN]
    dues = [due for one in waited if (due := chase_due(one, history)) is not None]
    if not dues:
        return False
    hours = coverage_of([ticket.team_id])[ticket.team_id]
    until = min(chase_day(due.astimezone(hours.zone).date(), hours).comes_up for due in dues)
    if until <= at:
        return False
    event = WaitingStarted(on=Key(WaitingOn.THIRD_PARTY.value), until=until)
    ledger.record(ticket.pk, event, by=by, at=at, source_key=next_cause(locked(ticket.pk)))
    return True


def stop_when_nobody_is_waited_for(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """End the wait for third parties with the last question."""
    now = ledger.tickets_of([ticket.pk])[ticket.pk].state
    history = ledger.history_of([ticket.pk])[ticket.pk]
    waited = any(one.state is QuestionState.OPEN for one in questions_in(history).values())
    if now.status == Status.WAITING and now.waiting_on == WaitingOn.THIRD_PARTY and not waited:
        key = f"asked:{now.last_sequence + 1}"
        ledger.record(ticket.pk, WaitingEnded(), by=by, at=at, source_key=key)


def _open(question: Question) -> Ticket:
    ticket = locked(question.ticket_id)
    if ticket.status in SETTLED:
        raise TicketSettled(ticket.status)
    return ticket


def _standing(question: Question) -> QuestionNow:
    return questions_in(ledger.history_of([question.ticket_id])[question.ticket_id])[question.pk]
