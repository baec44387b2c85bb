"""Solving a ticket, once it is settled who gets an answer and who needs none."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.channels.contract import Role
from tresen.outbox.models import Delivery, DeliveryState
from tresen.routing.models import QueuePlace
from tresen.tickets import solving, waiving
from tresen.tickets.events import Key
from tresen.tickets.locking import locked
from tresen.tickets.models import Direction, Message, Ticket
from tresen.tickets.waiving import WaiveReason

ON_ITS_WAY = (DeliveryState.QUEUED, DeliveryState.SENDING)
MARKING = "mark_at_platform"
"""A task that stays after solving: we owe no words, only a mark on the platform."""


class AnswerOwed(ValueError):
    """Somebody still waits for an answer. The message is a sentence for the agent."""


@transaction.atomic
def solve(
    ticket_id: int, *, by: Actor, at: datetime, resolution: Key = Key("answered"), reason: WaiveReason | None = None
) -> Ticket:
    """Solve a ticket. What is still owed must be answered, or need no response for a reason.

    Raises AnswerOwed when neither is the case.
    """
    locked(ticket_id)
    if _owed(ticket_id):
        if reason is None:
            raise AnswerOwed(_("An answer is still owed: write one, or say why none is needed."))
        _waive_all(ticket_id, reason=reason, by=by, at=at)
    return solving.solve(ticket_id, by=by, at=at, resolution=resolution)


def _owed(ticket_id: int) -> bool:
    """A ticket stands in the queue as long as something is owed; an answer on its way settles it."""
    if not QueuePlace.objects.filter(ticket_id=ticket_id).exclude(task=MARKING).exists():
        return False
    return not Delivery.objects.filter(message__ticket_id=ticket_id, state__in=ON_ITS_WAY).exists()


def _waive_all(ticket_id: int, *, reason: WaiveReason, by: Actor, at: datetime) -> None:
    theirs = Message.objects.filter(ticket_id=ticket_id, direction=Direction.IN, conversation__isnull=False)
    newest = theirs.exclude(conversation__role=Role.PLATFORM).values("conversation_id").annotate(up_to=Max("pk"))
    for conversation_id, up_to in newest.order_by("conversation_id").values_list("conversation_id", "up_to"):
        waiving.waive(ticket_id, conversation_id=conversation_id, up_to=up_to, reason=reason, by=by, at=at)
