"""Things that agents want done about orders."""

from uuid import UUID, uuid4

from tests.factories.sales import AT
from tests.factories.shops import an_agent
from tresen.accounts.actors import Actor
from tresen.accounts.models import Role
from tresen.actions.asking import Wanted, ask
from tresen.actions.models import Action
from tresen.channels.order_door import ActionLine, OrderAction
from tresen.orders.models import Order
from tresen.tickets.models import Ticket


def somebody(role: Role = Role.AGENT) -> Actor:
    return Actor.agent(an_agent(role=role).pk)


def a_refund(order: Order, amount: int = 990) -> Wanted:
    """Money for the first of an order's lines."""
    line = order.lines.earliest("position")
    lines = (ActionLine(external_id=line.external_id, quantity=1, amount=amount),)
    return Wanted(kind=OrderAction.REFUND, lines=lines, reason="REFUND_LATE", reason_title="Too late")


def asked(
    ticket: Ticket, order: Order, wanted: Wanted | None = None, *, by: Actor | None = None, key: UUID | None = None
) -> Action:
    return ask(ticket.pk, order.pk, wanted or a_refund(order), key=key or uuid4(), by=by or somebody(), at=AT)
