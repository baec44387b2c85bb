"""What becomes of a ticket with a message of ours, and what is undone when that is taken back."""

from datetime import datetime
from enum import StrEnum

from tresen.accounts.actors import Actor
from tresen.outbox.models import Delivery, DeliveryState
from tresen.replies.owing import is_settled
from tresen.tickets import ledger, solving
from tresen.tickets.events import Event, Key, TicketOpened, TicketReopened, TicketSolved, WaitingEnded, WaitingStarted
from tresen.tickets.models import Direction, Message, Status, Ticket, TicketEvent, WaitingOn


class Then(StrEnum):
    """What becomes of the ticket with the answer."""

    KEEP_OPEN = "keep_open"
    SOLVE = "solve"
    WAIT = "wait"


def then(wanted: Then, ticket: Ticket, message: Message, *, by: Actor, at: datetime) -> None:
    """What is solved stays so, what owes yet another answer is not solved, and a closed ticket waits for nobody."""
    match wanted:
        case Then.SOLVE if ticket.status not in solving.SETTLED and is_settled(ticket.pk):
            event: Event = TicketSolved(resolution=Key("answered"))
        case Then.WAIT if ticket.status != Status.CLOSED:
            event = WaitingStarted(on=Key(WaitingOn.CUSTOMER.value))
        case _:
            return
    ledger.record(message.ticket_id, event, by=by, at=at, source_key=_cause(message))


def restore(ticket: Ticket, reply: Message, *, by: Actor, at: datetime) -> None:
    """Undo what came with the answer, where nothing else happened to the status since."""
    done = set(TicketEvent.objects.filter(ticket=ticket, source_key=_cause(reply)).values_list("kind", flat=True))
    event: Event | None = None
    if TicketSolved.kind in done and ticket.status == Status.SOLVED:
        event = TicketReopened(cause=Key("reply_withdrawn"))
    elif WaitingStarted.kind in done and ticket.status == Status.WAITING:
        event = WaitingEnded()
    if event is not None:
        ledger.record(ticket.pk, event, by=by, at=at, source_key=f"{_cause(reply)}:withdrawn")


def close_if_nothing_came_of_it(ticket: Ticket, first: Message, *, by: Actor, at: datetime) -> None:
    """A ticket that was opened for a first message, which was taken back, asks nothing more of anybody."""
    opened_for_it = TicketEvent.objects.filter(
        ticket=ticket, kind=TicketOpened.kind, source_key=f"begun:{first.external_id[:32]}"
    ).exists()
    others = Message.objects.filter(ticket=ticket).exclude(direction=Direction.INTERNAL).exclude(pk=first.pk)
    standing = Delivery.objects.filter(message__ticket=ticket).exclude(state=DeliveryState.WITHDRAWN)
    if opened_for_it and not others.filter(direction=Direction.IN).exists() and not standing.exists():
        event = TicketSolved(resolution=Key("nothing_owed"))
        ledger.record(ticket.pk, event, by=by, at=at, source_key=f"{_cause(first)}:withdrawn")


def _cause(reply: Message) -> str:
    return f"reply:{reply.pk}"
