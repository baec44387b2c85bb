"""Striking out a clock that should never have counted: the one thing that takes a breach away, and it is recorded."""

from datetime import datetime

from django.db import models, transaction

from tresen.accounts.actors import Actor
from tresen.clock.clocks import Outcome
from tresen.sla.keeping import kept_of
from tresen.tickets import ledger
from tresen.tickets.events import ClockVoided, Key
from tresen.tickets.locking import locked, next_cause


class VoidReason(models.TextChoices):
    """What was wrong."""

    MISREAD = "misread"
    SPAM = "spam"
    WRONG_HOURS = "wrong_hours"
    WRONG_RULES = "wrong_rules"


class UnknownClock(LookupError):
    """The ticket has no such clock that counts."""


@transaction.atomic
def strike_out(ticket_id: int, *, clock: str, reason: VoidReason, by: Actor, at: datetime) -> None:
    """Void a ticket's clock, keeping in the ledger what it said before. Raises UnknownClock.

    What is owed stays owed: the message still stands in the queue.
    """
    ticket = locked(ticket_id)
    clocks = {one.key: one for one in kept_of([ticket_id], at=at)[ticket_id].state.clocks}
    found = clocks.get(clock)
    if found is None or found.outcome is Outcome.VOID:
        raise UnknownClock(clock)
    event = ClockVoided(clock=Key(clock), reason=Key(reason.value), outcome=Key(found.outcome.value), due=found.due)
    ledger.record(ticket_id, event, by=by, at=at, source_key=next_cause(ticket))
