"""Notes: text that only agents see."""

from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.tickets import ledger
from tresen.tickets.events import NoteAdded
from tresen.tickets.locking import locked
from tresen.tickets.models import Direction, Message, MessageKind


@transaction.atomic
def add_note(ticket_id: int, *, text: str, by: Actor, at: datetime) -> Message:
    """Keep a note on the ticket. Raises ValueError when there is nothing in it."""
    if not text.strip():
        raise ValueError("The note is empty.")
    ticket = locked(ticket_id)
    note = Message.objects.create(
        ticket=ticket,
        brand_id=ticket.brand_id,
        direction=Direction.INTERNAL,
        kind=MessageKind.NOTE,
        agent_id=by.id,
        text=text.strip(),
        occurred_at=at,
        recorded_at=at,
    )
    ledger.record(ticket_id, NoteAdded(message=note.pk), by=by, at=at, source_key=f"message:{note.pk}")
    return note
