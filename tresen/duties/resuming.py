"""A duty that was said to have ended, by mistake: it is owed as before."""

from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.tickets import ledger
from tresen.tickets.events import DutyResumed, Key
from tresen.tickets.locking import locked


@transaction.atomic
def resume(ticket_id: int, duty: str, *, ended_at: datetime, by: Actor, at: datetime) -> None:
    """Take back that a duty, named by its key, had ended at that instant; said twice, it is said once."""
    locked(ticket_id)
    event = DutyResumed(duty=Key(duty), ended_at=ended_at)
    ledger.record(ticket_id, event, by=by, at=at, source_key=f"resumed:{duty}:{ended_at.timestamp()}")
