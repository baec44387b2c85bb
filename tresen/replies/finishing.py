"""Solving a ticket, once it is settled who gets an answer and who needs none; and what an answer also stood for."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.channels.contract import Role
from tresen.replies.owing import is_owed
from tresen.routing.queries import duty_owed
from tresen.sla.keeping import kept_of
from tresen.tickets import solving, waiving
from tresen.tickets.events import Key
from tresen.tickets.locking import locked
from tresen.tickets.models import Direction, Message, Ticket
from tresen.tickets.waiving import WaiveReason


class AnswerOwed(ValueError):
    """Somebody still waits for an answer. The message is a sentence for the agent."""


class NothingOwed(ValueError):
    """Nobody waits for an answer here."""


@transaction.atomic
def waive_all(ticket_id: int, *, reason: WaiveReason, seen: int, by: Actor, at: datetime) -> Ticket:
    """Say that nothing up to the message `seen` needs a response, whoever wrote it.

    Raises NothingOwed, or AnswerOwed where a later message waits.
    """
    ticket = locked(ticket_id)
    if not is_owed(ticket_id):
        raise NothingOwed
    _waive_all(ticket_id, reason=reason, seen=seen, by=by, at=at)
    if is_owed(ticket_id):
        raise AnswerOwed(_("A message came in meanwhile: read it first."))
    return ticket


@transaction.atomic
def solve(
    ticket_id: int,
    *,
    by: Actor,
    at: datetime,
    resolution: Key | None = None,
    reason: WaiveReason | None = None,
    seen: int | None = None,
) -> Ticket:
    """Solve a ticket. What is still owed must be answered, or need no response for a reason.

    `seen` is the newest message that the agent was shown: what came after it is not waived. Raises AnswerOwed when
    something is owed still. Without a `resolution` it is answered, or nothing was owed where that was waived.
    """
    locked(ticket_id)
    usual = Key("answered")
    if is_owed(ticket_id):
        if reason is None:
            raise AnswerOwed(_("An answer is still owed: write one, or say why none is needed."))
        _waive_all(ticket_id, reason=reason, seen=seen, by=by, at=at)
        if is_owed(ticket_id):
            raise AnswerOwed(_("A message came in meanwhile: read it before you solve this."))
        usual = Key("nothing_owed")
    if duty_owed(ticket_id):
        raise AnswerOwed(_("A case, a promise or a legal request is still open here: settle that first."))
    return solving.solve(ticket_id, by=by, at=at, resolution=resolution or usual)


@transaction.atomic
def catch_up(ticket_id: int, *, seen: int, by: Actor, at: datetime) -> Ticket:
    """The answer given stands for what had crossed it, up to the message `seen`, which the agent has read.

    Raises NothingOwed where nothing had crossed up to there.
    """
    ticket = locked(ticket_id)
    owed = kept_of([ticket_id], at=at)[ticket_id].state.owed
    crossed = sorted({one.conversation for one in owed if one.crossed and one.message <= seen})
    if not crossed:
        raise NothingOwed
    for conversation_id in crossed:
        waiving.catch_up(ticket_id, conversation_id=conversation_id, up_to=seen, by=by, at=at)
    return ticket


def _waive_all(ticket_id: int, *, reason: WaiveReason, seen: int | None, by: Actor, at: datetime) -> None:
    theirs = Message.objects.filter(ticket_id=ticket_id, direction=Direction.IN, conversation__isnull=False)
    if seen is not None:
        theirs = theirs.filter(pk__lte=seen)
    newest = theirs.exclude(conversation__role=Role.PLATFORM).values("conversation_id").annotate(up_to=Max("pk"))
    for conversation_id, up_to in newest.order_by("conversation_id").values_list("conversation_id", "up_to"):
        waiving.waive(ticket_id, conversation_id=conversation_id, up_to=up_to, reason=reason, by=by, at=at)
