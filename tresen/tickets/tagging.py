"""Words the seller sorts tickets by."""

from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.tickets import ledger
from tresen.tickets.events import TagAdded, TagRemoved
from tresen.tickets.locking import locked, next_cause
from tresen.tickets.models import Tag, TicketTag

LONGEST_TAG = 40


@transaction.atomic
def tag(ticket_id: int, *, name: str, by: Actor, at: datetime) -> Tag:
    """Put a tag on. Raises ValueError for an empty or over-long name."""
    word = " ".join(name.split())
    if not word or len(word) > LONGEST_TAG:
        raise ValueError(f"A tag has between 1 and {LONGEST_TAG} characters.")
    ticket = locked(ticket_id)
    row, _ = Tag.objects.get_or_create(name=word)
    _, fresh = TicketTag.objects.get_or_create(ticket=ticket, tag=row)
    if fresh:
        ledger.record(ticket_id, TagAdded(tag=row.pk), by=by, at=at, source_key=next_cause(ticket))
    return row


@transaction.atomic
def untag(ticket_id: int, *, tag_id: int, by: Actor, at: datetime) -> None:
    """Take a tag off; nothing happens when it is not there."""
    ticket = locked(ticket_id)
    removed, _ = TicketTag.objects.filter(ticket=ticket, tag_id=tag_id).delete()
    if removed:
        ledger.record(ticket_id, TagRemoved(tag=tag_id), by=by, at=at, source_key=next_cause(ticket))
