"""Where a message stands that we write to the buyer of an order first: its ticket and its conversation."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from tresen.accounts.actors import Actor
from tresen.accounts.scope import Scope
from tresen.channels.contract import Role, ThreadKeyKind
from tresen.orders.models import Order
from tresen.tickets import ledger
from tresen.tickets.assigning import assign
from tresen.tickets.events import Key, TicketOpened
from tresen.tickets.ledger_rows import NewTicket
from tresen.tickets.locking import locked
from tresen.tickets.models import Conversation, ConversationTie, Status, Ticket, TicketOrder, TicketParticipant
from tresen.tickets.public_ids import new_public_id
from tresen.tickets.queries import visible
from tresen.tickets.recorded import NewEvent

BEGUN = "begun"


def open_ticket_about(order: Order, *, scope: Scope) -> Ticket | None:
    """The newest ticket about the order that is not closed."""
    concerned = TicketOrder.objects.filter(store=order.store_id, number=order.number).values("ticket")
    found = visible(scope).filter(pk__in=concerned).exclude(status=Status.CLOSED)
    return found.order_by("-last_message_at", "-pk").first()


def other_tickets_of_buyer(order: Order, *, scope: Scope, most: int = 3) -> list[Ticket]:
    """The open tickets of the order's buyer, over all his names, that are not about it; the newest first."""
    if order.identity is None:
        return []
    customer = order.identity.customer_id
    same = Q(identity=order.identity) if customer is None else Q(identity__customer=customer)
    found = visible(scope).filter(same).exclude(status__in=[Status.SOLVED, Status.CLOSED])
    found = found.exclude(orders__store=order.store_id, orders__number=order.number)
    return list(found.select_related("store").order_by("-last_message_at", "-pk")[:most])


def ticket_for(
    order: Order,
    title: str,
    number: UUID,
    ticket_id: int | None,
    *,
    scope: Scope,
    by: Actor,
    at: datetime,
) -> tuple[Ticket, bool]:
    """The ticket, locked, and whether it was opened for this."""
    known = visible(scope).filter(pk=ticket_id or 0, orders__number=order.number, orders__store=order.store_id).first()
    found = known if known is not None and known.status != Status.CLOSED else open_ticket_about(order, scope=scope)
    if found is not None:
        ticket = locked(found.pk)
        if ticket.status != Status.CLOSED:
            return ticket, False
    return _opened(order, title, number, by=by, at=at), True


def _opened(order: Order, title: str, number: UUID, *, by: Actor, at: datetime) -> Ticket:
    store = order.store
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tickets_ticket_id_seq')")
        (ticket_id,) = cursor.fetchone()
    new = NewTicket(
        public_id=new_public_id(at),
        store=store.pk,
        brand=store.brand_id,
        identity=order.identity_id,
        subject=title[:500],
        language=store.language,
    )
    event = TicketOpened(
        store=store.pk,
        brand=store.brand_id,
        team=store.default_team_id,
        identity=order.identity_id,
        language=Key(store.language),
    )
    ledger.record_all(
        [NewEvent(ticket=ticket_id, event=event, by=by, occurred_at=at, source_key=f"begun:{number.hex}")],
        at=at,
        opening={ticket_id: new},
    )
    TicketOrder.objects.create(
        ticket_id=ticket_id, store=store, number=order.number, order=order, source=BEGUN, primary=True
    )
    if by.id is not None:
        assign(ticket_id, assignee_id=by.id, by=by, at=at)
    return locked(ticket_id)


def conversation_for(order: Order, ticket: Ticket, *, own_thread: bool, subject: str, at: datetime) -> Conversation:
    """The conversation with the order's buyer: the one that there is, unless the platform begins another thread."""
    found = None if own_thread else _standing(order, ticket)
    if found is None:
        found = Conversation.objects.create(
            ticket=ticket,
            store=order.store,
            role=Role.BUYER.value,
            identity=order.identity,
            subject=subject[:500],
            opened_at=at,
        )
    buyer = order.identity
    if buyer is not None:
        TicketParticipant.objects.get_or_create(ticket=ticket, identity=buyer, defaults={"role": Role.BUYER.value})
    ties = [(ThreadKeyKind.ORDER, order.number), *([(ThreadKeyKind.BUYER, buyer.key)] if buyer else [])]
    for kind, value in ties:
        ConversationTie.objects.get_or_create(conversation=found, store=order.store, kind=kind, value=value)
    return found


def _standing(order: Order, ticket: Ticket) -> Conversation | None:
    theirs = Conversation.objects.filter(ticket=ticket, store=order.store, role=Role.BUYER.value)
    if order.identity_id is not None:
        theirs = theirs.filter(Q(identity=order.identity_id) | Q(identity=None))
    return theirs.select_related("store__brand", "identity").order_by("-opened_at", "-pk").first()
