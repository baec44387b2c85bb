"""No response needed: for us at once, for the platform as its rules say."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from tresen.accounts.actors import Actor
from tresen.tickets import ledger
from tresen.tickets.events import Key, MarkedAtPlatform, ResponseWaived
from tresen.tickets.locking import locked, next_cause
from tresen.tickets.models import Conversation, Message, Ticket


class WaiveReason(models.TextChoices):
    """Why nothing needs to be said."""

    THANKS = "thanks"
    ANSWERED_ALREADY = "answered_already"
    ADVERTISING = "advertising"
    SPAM = "spam"
    DUPLICATE = "duplicate"
    SOLVED_ITSELF = "solved_itself"


@transaction.atomic
def waive(ticket_id: int, *, conversation_id: int, up_to: int, reason: WaiveReason, by: Actor, at: datetime) -> Ticket:
    """Say that the conversation's messages up to the message `up_to` need no response.

    Raises Conversation.DoesNotExist for a conversation of another ticket.
    """
    ticket = locked(ticket_id)
    Conversation.objects.get(pk=conversation_id, ticket=ticket)
    event = ResponseWaived(conversation=conversation_id, up_to=up_to, reason=Key(reason.value))
    ledger.record(ticket_id, event, by=by, at=at, source_key=next_cause(ticket))
    return ticket


@transaction.atomic
def confirm_marked(ticket_id: int, *, message_ids: Sequence[int], by: Actor, at: datetime) -> Ticket:
    """Confirm that these messages are marked on the platform as needing no response."""
    ticket = locked(ticket_id)
    own = Message.objects.filter(ticket=ticket, pk__in=message_ids).order_by("pk").values_list("pk", flat=True)
    if own:
        event = MarkedAtPlatform(messages=tuple(own))
        ledger.record(ticket_id, event, by=by, at=at, source_key=next_cause(ticket))
    return ticket
