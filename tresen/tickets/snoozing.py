"""Out of sight until a chosen time; the clocks towards the customer run on."""

from datetime import datetime

from django.db import connection, transaction

from tresen.accounts.actors import SYSTEM, Actor
from tresen.tickets import ledger
from tresen.tickets.events import Event, TicketSnoozed, TicketWoken, WaitingEnded
from tresen.tickets.locking import TicketSettled, locked, next_cause
from tresen.tickets.models import Status, Ticket
from tresen.tickets.recorded import NewEvent
from tresen.tickets.solving import SETTLED


@transaction.atomic
def snooze(ticket_id: int, *, until: datetime, by: Actor, at: datetime) -> Ticket:
    """Put a ticket aside. Raises ValueError for a time in the past, TicketSettled where nothing is left to do."""
    if until <= at:
        raise ValueError("The time to come back at lies in the past.")
    ticket = locked(ticket_id)
    if ticket.status in SETTLED:
        raise TicketSettled(ticket.status)
    ledger.record(ticket_id, TicketSnoozed(until=until), by=by, at=at, source_key=next_cause(ticket))
    return ticket


@transaction.atomic
def wake(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Take a snoozed ticket back to work; nothing happens to others."""
    ticket = locked(ticket_id)
    if ticket.status == Status.SNOOZED:
        ledger.record(ticket_id, TicketWoken(), by=by, at=at, source_key=next_cause(ticket))
    return ticket


@transaction.atomic
def wake_due(at: datetime, *, most: int = 500) -> int:
    """Take back what was snoozed, or waited, until now; gives how many came back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, status, snoozed_until FROM tickets_ticket WHERE snoozed_until <= %s"
            " ORDER BY snoozed_until LIMIT %s FOR UPDATE SKIP LOCKED",
            [at, most],
        )
        due = cursor.fetchall()
    return len(ledger.record_all([_waking(*row) for row in due], at=at))


def _waking(ticket: int, status: str, until: datetime) -> NewEvent:
    event: Event = TicketWoken() if status == Status.SNOOZED else WaitingEnded()
    return NewEvent(ticket=ticket, event=event, by=SYSTEM, occurred_at=until, source_key=f"until:{until.isoformat()}")
