"""What follows for questions from what happens to a ticket: answers, mails taken back, and the rows that lists read."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tresen.accounts.actors import PARTNER, SYSTEM, Actor
from tresen.channels.contract import Role
from tresen.partners.models import Question
from tresen.partners.queries import chase_due
from tresen.tickets import ledger
from tresen.tickets.events import (
    Event,
    Key,
    MessageReceived,
    PromiseKept,
    PromiseMade,
    PromiseMoved,
    QuestionAnswered,
    QuestionAsked,
    QuestionRepeated,
    ReplyWithdrawn,
    TicketReopened,
    WaitingEnded,
)
from tresen.tickets.models import Status, WaitingOn
from tresen.tickets.questions import QuestionNow, QuestionState, questions_in
from tresen.tickets.recorded import NewEvent, RecordedEvent
from tresen.tickets.solving import RESTING, back_to_work_at

CAUSE = Key("partner_answered")
SOON = timedelta(minutes=5)
"""A chase date that had passed when somebody asked again, and took that back, comes again at once."""


def note_answers(events: Sequence[RecordedEvent], at: datetime) -> None:
    """A partner's own words answer the question of their thread: its ticket is work again, whatever it rested for.

    What a machine of theirs says (received, away until Monday) answers nothing.
    """
    arrived = [
        (entry, entry.event)
        for entry in events
        if isinstance(entry.event, MessageReceived)
        and entry.event.role == Role.THIRD_PARTY.value
        and entry.event.automatic == "no"
    ]
    if not arrived:
        return
    conversations = {event.conversation for _, event in arrived}
    questions = dict(Question.objects.filter(conversation__in=conversations).values_list("conversation", "pk"))
    for entry, event in arrived:
        if event.conversation in questions:
            _note_answer(questions[event.conversation], event.message, entry, at=at)


def _note_answer(question: int, message: int, entry: RecordedEvent, *, at: datetime) -> None:
    key = f"message:{message}"
    history = ledger.history_of([entry.ticket])[entry.ticket]
    standing = questions_in(history)[question]
    answered = QuestionAnswered(question=question, message=message)
    entries = [_entry(entry.ticket, answered, entry.occurred_at, key, by=PARTNER)]
    if chase_due(standing, history) is not None:
        entries.append(_entry(entry.ticket, PromiseKept(promise=standing.promise), entry.occurred_at, key, by=PARTNER))
    if ledger.tickets_of([entry.ticket])[entry.ticket].state.status in RESTING:
        entries.append(_entry(entry.ticket, TicketReopened(cause=CAUSE), back_to_work_at(entry, history), key))
    ledger.record_all(entries, at=at)


def follow_withdrawn_mails(events: Sequence[RecordedEvent], at: datetime) -> None:
    """With a question's mail that was taken back before it left, the wait and the chase date go that it brought."""
    for entry in events:
        if not isinstance(entry.event, ReplyWithdrawn):
            continue
        history = ledger.history_of([entry.ticket])[entry.ticket]
        asked = next((one for one in history if _asked_by(one.event, entry.event.message)), None)
        if asked is not None:
            ledger.record_all([*_former_date(asked, entry, history, at), *_back_to_work(entry, history)], at=at)


def _asked_by(event: Event, message: int) -> bool:
    return isinstance(event, QuestionAsked | QuestionRepeated) and event.message == message


def _former_date(
    asked: RecordedEvent, entry: RecordedEvent, history: Sequence[RecordedEvent], at: datetime
) -> list[NewEvent]:
    """The date that stood before somebody asked again; the one that a first mail brought has gone with it."""
    if not isinstance(asked.event, QuestionRepeated):
        return []
    now = questions_in(history)[asked.event.question]
    before = _due_before(now, asked, history)
    if before is None or chase_due(now, history) is None:
        return []
    moved = PromiseMoved(promise=now.promise, due=max(before, at + SOON))
    return [_entry(entry.ticket, moved, entry.occurred_at, _withdrawn_key(entry))]


def _withdrawn_key(entry: RecordedEvent) -> str:
    assert isinstance(entry.event, ReplyWithdrawn)  # only such are followed
    return f"withdrawn:{entry.event.message}"


def _due_before(now: QuestionNow, asked: RecordedEvent, history: Sequence[RecordedEvent]) -> datetime | None:
    """Until when its answer was to be chased before it was asked again."""
    dated = [
        entry.event.due
        for entry in history
        if isinstance(entry.event, PromiseMade | PromiseMoved)
        and entry.event.promise == now.promise
        and entry.occurred_at < asked.occurred_at
    ]
    return dated[-1] if dated else None


def _back_to_work(entry: RecordedEvent, history: Sequence[RecordedEvent]) -> list[NewEvent]:
    """Where nobody else is waited for the ticket is work again, as it was before somebody asked."""
    now = ledger.tickets_of([entry.ticket])[entry.ticket].state
    others = [one for one in questions_in(history).values() if one.state is QuestionState.OPEN]
    if now.status != Status.WAITING or now.waiting_on != WaitingOn.THIRD_PARTY or others:
        return []
    return [_entry(entry.ticket, WaitingEnded(), entry.occurred_at, _withdrawn_key(entry))]


def _entry(ticket: int, event: Event, at: datetime, key: str, *, by: Actor = SYSTEM) -> NewEvent:
    return NewEvent(ticket=ticket, event=event, by=by, occurred_at=at, source_key=key)


def keep_questions(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Make the rows of the questions of these tickets say what the ledger says."""
    del at
    tickets = {entry.ticket for entry in events}
    told = {
        number: one for history in ledger.history_of(tickets).values() for number, one in questions_in(history).items()
    }
    if not told:
        return
    changed = [row for row in Question.objects.filter(pk__in=told) if _take(row, told[row.pk])]
    Question.objects.bulk_update(changed, ["state", "promise", "unread_since"])


def _take(row: Question, told: QuestionNow) -> bool:
    before = standing_of(row)
    row.state, row.promise_id, row.unread_since = told.state.value, told.promise, told.unread_since
    return before != standing_of(row)


def standing_of(row: Question) -> dict[str, object]:
    """The part of a question's row that the ledger decides."""
    return {"state": row.state, "promise": row.promise_id, "unread_since": row.unread_since}
