"""Which orders a ticket concerns, as an agent says it: it outweighs what messages name."""

from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor, ActorKind
from tresen.orders.models import Order
from tresen.tickets import ledger
from tresen.tickets.events import OrderConfirmed, OrderRemoved
from tresen.tickets.locking import locked, next_cause
from tresen.tickets.models import Conversation, ConversationTie, RemovedOrder, Ticket, TicketOrder

BY_AGENT = "agent"
ORDER_TIE = "order"
BUYERS = "buyer"


@transaction.atomic
def confirm_order(ticket_id: int, *, store_id: int, number: str, by: Actor, at: datetime) -> None:
    """The ticket concerns this order of this store. One that it concerns already changes nothing."""
    ticket = locked(ticket_id)
    order = Order.objects.filter(store=store_id, number=number).first()
    RemovedOrder.objects.filter(ticket=ticket, number=number).delete()
    first = not TicketOrder.objects.filter(ticket=ticket, primary=True).exists()
    _, fresh = TicketOrder.objects.get_or_create(
        ticket=ticket,
        number=number,
        defaults={"store_id": store_id, "order": order, "source": BY_AGENT, "primary": first},
    )
    if not fresh:
        return
    _tie(ticket, store_id, number)
    event = OrderConfirmed(order=order.pk if order else None)
    ledger.record(ticket_id, event, by=by, at=at, source_key=next_cause(ticket))


@transaction.atomic
def remove_order(ticket_id: int, *, store_id: int, number: str, by: Actor, at: datetime) -> None:
    """The ticket does not concern this order, whoever names it. Said twice it changes nothing."""
    ticket = locked(ticket_id)
    who = by.id if by.kind is ActorKind.AGENT else None
    said = {"store_id": store_id, "removed_by_id": who, "removed_at": at}
    _, fresh = RemovedOrder.objects.get_or_create(ticket=ticket, number=number, defaults=said)
    if not fresh:
        return
    TicketOrder.objects.filter(ticket=ticket, number=number).delete()
    # What somebody writes about that order is no longer led here by its number.
    ConversationTie.objects.filter(conversation__ticket=ticket, kind=ORDER_TIE, value=number).delete()
    order = Order.objects.filter(store=store_id, number=number).first()
    event = OrderRemoved(order=order.pk if order else None)
    ledger.record(ticket_id, event, by=by, at=at, source_key=next_cause(ticket))


def _tie(ticket: Ticket, store_id: int, number: str) -> None:
    """Later messages of the same buyer about this order come here, as if one had named it."""
    talks = Conversation.objects.filter(ticket=ticket, store=store_id, role=BUYERS).values_list("pk", flat=True)
    ties = [ConversationTie(conversation_id=talk, store_id=store_id, kind=ORDER_TIE, value=number) for talk in talks]
    ConversationTie.objects.bulk_create(ties, ignore_conflicts=True)
