"""Solving, reopening and closing."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from tresen.accounts.actors import SYSTEM, Actor
from tresen.tickets import ledger
from tresen.tickets.events import (
    AnsweredElsewhere,
    Key,
    MessageReceived,
    TicketClosed,
    TicketReopened,
    TicketSnoozed,
    TicketSolved,
    WaitingStarted,
)
from tresen.tickets.locking import locked, next_cause
from tresen.tickets.models import Status, Ticket
from tresen.tickets.recorded import NewEvent, RecordedEvent

CLOSES_AFTER = timedelta(days=14)
SETTLED = (Status.SOLVED, Status.CLOSED)
RESTING = (Status.SOLVED, Status.WAITING, Status.SNOOZED)


@transaction.atomic
def solve(ticket_id: int, *, by: Actor, at: datetime, resolution: Key = Key("answered")) -> Ticket:
    """Mark a ticket as solved. Solving a solved ticket changes nothing.

    Whether an answer is still owed is asked one layer up (`replies.finishing`), where obligations are known.
    """
    ticket = locked(ticket_id)
    if ticket.status not in SETTLED:
        ledger.record(ticket_id, TicketSolved(resolution=resolution), by=by, at=at, source_key=next_cause(ticket))
    return ticket


@transaction.atomic
def reopen(ticket_id: int, *, by: Actor, at: datetime, cause: Key = Key("agent")) -> Ticket:
    """Work again. Only a solved ticket reopens; a closed one is continued by a linked ticket."""
    ticket = locked(ticket_id)
    if ticket.status == Status.SOLVED:
        ledger.record(ticket_id, TicketReopened(cause=cause), by=by, at=at, source_key=next_cause(ticket))
    return ticket


def reopen_for_messages(events: Sequence[RecordedEvent], at: datetime) -> None:
    """A message that expects an answer reopens what was solved and ends every wait and snooze.

    Not one that turns up after the answer to it, which was given elsewhere.
    """
    arrived = {
        entry.ticket: entry
        for entry in events
        if isinstance(entry.event, MessageReceived) and entry.event.expects_answer and entry.sequence > FIRST_MESSAGE
    }
    if not arrived:
        return
    resting = [ticket for ticket, now in ledger.tickets_of(arrived).items() if now.state.status in RESTING]
    if not resting:
        return
    histories = ledger.history_of(resting)
    waking = [ticket for ticket in resting if not _answered_elsewhere(arrived[ticket], histories[ticket])]
    ledger.record_all([_reopening(arrived[ticket], histories[ticket]) for ticket in waking], at=at)


def back_to_work_at(cause: RecordedEvent, history: Iterable[RecordedEvent]) -> datetime:
    """When a cause ends a ticket's rest: not before that began, however late we hear of it.

    Else the rest would come after its end, and the clock of the run would stand still for good.
    """
    rests = (TicketSolved, WaitingStarted, TicketSnoozed)
    return max([cause.occurred_at, *(entry.occurred_at for entry in history if isinstance(entry.event, rests))])


def _answered_elsewhere(entry: RecordedEvent, history: Iterable[RecordedEvent]) -> bool:
    assert isinstance(entry.event, MessageReceived)
    return any(
        isinstance(other.event, AnsweredElsewhere)
        and other.event.author == _PERSON
        and other.event.conversation == entry.event.conversation
        and other.occurred_at >= entry.occurred_at
        for other in history
    )


_PERSON = "person"
FIRST_MESSAGE = 2
"""The sequence of a new ticket's own message: it follows TicketOpened."""


def _reopening(entry: RecordedEvent, history: Iterable[RecordedEvent]) -> NewEvent:
    assert isinstance(entry.event, MessageReceived)
    return NewEvent(
        ticket=entry.ticket,
        event=TicketReopened(cause=Key("customer_wrote")),
        by=SYSTEM,
        occurred_at=back_to_work_at(entry, history),
        source_key=f"message:{entry.event.message}",
    )


@transaction.atomic
def close_old(at: datetime, *, most: int = 500) -> int:
    """Close what has been solved for CLOSES_AFTER; gives how many were closed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, solved_at FROM tickets_ticket WHERE status = 'solved' AND solved_at <= %s"
            " ORDER BY solved_at LIMIT %s FOR UPDATE SKIP LOCKED",
            [at - CLOSES_AFTER, most],
        )
        due = cursor.fetchall()
    entries = [
        NewEvent(
            ticket=ticket,
            event=TicketClosed(),
            by=SYSTEM,
            occurred_at=solved_at + CLOSES_AFTER,
            source_key=f"solved:{solved_at.isoformat()}",
        )
        for ticket, solved_at in due
    ]
    return len(ledger.record_all(entries, at=at))
