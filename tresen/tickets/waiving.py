"""No response needed: for us at once, for the platform as its rules say; and none again for what did not arrive."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from tresen.accounts.actors import Actor
from tresen.tickets import ledger
from tresen.tickets.events import (
    CaughtUp,
    FailureDismissed,
    Key,
    MarkedAtPlatform,
    MarkTakenBack,
    ResponseWaived,
    WaiverTakenBack,
)
from tresen.tickets.locking import locked, next_cause
from tresen.tickets.models import Conversation, Message, Ticket, TicketEvent
from tresen.tickets.queries import history_of
from tresen.tickets.returned import not_arrived


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

    Raises Conversation.DoesNotExist or Message.DoesNotExist for those of another ticket: nobody waives what is still
    to come.
    """
    ticket = _with(ticket_id, conversation_id, up_to)
    event = ResponseWaived(conversation=conversation_id, up_to=up_to, reason=Key(reason.value))
    ledger.record(ticket_id, event, by=by, at=at, source_key=next_cause(ticket))
    return ticket


@transaction.atomic
def catch_up(ticket_id: int, *, conversation_id: int, up_to: int, by: Actor, at: datetime) -> Ticket:
    """Say that the answer given stands for what had crossed it, up to the message `up_to`; clears nothing else.

    Raises Conversation.DoesNotExist or Message.DoesNotExist for those of another ticket.
    """
    ticket = _with(ticket_id, conversation_id, up_to)
    event = CaughtUp(conversation=conversation_id, up_to=up_to)
    ledger.record(ticket_id, event, by=by, at=at, source_key=next_cause(ticket))
    return ticket


@transaction.atomic
def take_back_waiver(ticket_id: int, *, said_at: datetime, by: Actor, at: datetime) -> Ticket:
    """What was waived, caught up or dismissed at `said_at` is owed again, as if nothing had been said.

    Where nothing was said then, nothing happens.
    """
    ticket = locked(ticket_id)
    said = TicketEvent.objects.filter(ticket=ticket, kind__in=_TAKEN_BACK, occurred_at=said_at)
    if said.exists():
        event = WaiverTakenBack(said_at=said_at)
        ledger.record(ticket_id, event, by=by, at=at, source_key=f"said:{said_at.isoformat()}")
    return ticket


_TAKEN_BACK = (ResponseWaived.kind, CaughtUp.kind, FailureDismissed.kind)


@transaction.atomic
def dismiss_failures(ticket_id: int, *, message_ids: Sequence[int], by: Actor, at: datetime) -> bool:
    """Say that these replies, which did not arrive, need not be sent again; False where none of them asks for that."""
    ticket = locked(ticket_id)
    asking = [one.message for one in not_arrived(history_of(ticket_id)) if one.message in message_ids]
    if asking:
        event = FailureDismissed(messages=tuple(asking))
        ledger.record(ticket_id, event, by=by, at=at, source_key=next_cause(ticket))
    return bool(asking)


def _with(ticket_id: int, conversation_id: int, message_id: int) -> Ticket:
    """The ticket, locked, whose conversation and message these are."""
    ticket = locked(ticket_id)
    Conversation.objects.get(pk=conversation_id, ticket=ticket)
    Message.objects.get(pk=message_id, ticket=ticket)
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


@transaction.atomic
def take_back_mark(ticket_id: int, *, said_at: datetime, by: Actor, at: datetime) -> Ticket:
    """What was confirmed as marked at `said_at` is not: it waits again. Nothing, where nothing was said."""
    ticket = locked(ticket_id)
    if TicketEvent.objects.filter(ticket=ticket, kind=MarkedAtPlatform.kind, occurred_at=said_at).exists():
        event = MarkTakenBack(said_at=said_at)
        ledger.record(ticket_id, event, by=by, at=at, source_key=f"said:{said_at.isoformat()}")
    return ticket
