"""Orders of products, for tickets that concern them."""

from itertools import count

from tests.factories.shops import MONDAY
from tresen.channels.order_news import OrderState
from tresen.orders.models import Order, OrderLine
from tresen.tickets.models import Ticket, TicketOrder

_numbers = count(1)


def bought(ticket_id: int, *, sku: str, title: str = "Mira table lamp") -> None:
    """The ticket concerns an order of this product."""
    store = Ticket.objects.get(pk=ticket_id).store
    number = f"302-{next(_numbers):07}-0000000"
    order = Order.objects.create(
        store=store, brand=store.brand, number=number, state=OrderState.SHIPPED, currency="EUR", total=4990,
        ordered_at=MONDAY, changed_at=MONDAY, told_at=MONDAY,
    )  # fmt: skip
    OrderLine.objects.create(order=order, position=1, sku=sku, title=title, quantity=1, price=4990)
    TicketOrder.objects.create(
        ticket_id=ticket_id, store=store, number=number, order=order, source="words", primary=True
    )
