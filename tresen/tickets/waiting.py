"""Waiting for the customer or a third party."""

from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.tickets import ledger
from tresen.tickets.events import Key, WaitingEnded, WaitingStarted
from tresen.tickets.locking import TicketSettled, locked, next_cause
from tresen.tickets.models import Status, Ticket, WaitingOn
from tresen.tickets.solving import SETTLED


@transaction.atomic
def wait(ticket_id: int, *, on: WaitingOn, by: Actor, at: datetime, until: datetime | None = None) -> Ticket:
    """Wait `until` a chase date, or without one until somebody writes.

    Raises ValueError for a date in the past, TicketSettled where nothing is left to wait for.
    """
    if until is not None and until <= at:
        raise ValueError("The date to come back at lies in the past.")
    ticket = locked(ticket_id)
    if ticket.status in SETTLED:
        raise TicketSettled(ticket.status)
    event = WaitingStarted(on=Key(on.value), until=until)
    ledger.record(ticket_id, event, by=by, at=at, source_key=next_cause(ticket))
    return ticket


@transaction.atomic
def stop_waiting(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Take a waiting ticket back to work; nothing happens to others."""
    ticket = locked(ticket_id)
    if ticket.status == Status.WAITING:
        ledger.record(ticket_id, WaitingEnded(), by=by, at=at, source_key=next_cause(ticket))
    return ticket
