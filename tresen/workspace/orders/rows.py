"""Orders as rows of a list: who bought, when, for how much, and which tickets are about it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tresen.accounts.scope import Scope
from tresen.orders.models import Order
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.tickets.models import Ticket, TicketOrder
from tresen.tickets.queries import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """An order; `buyer`: else to whom it goes; `writes`: a conversation with its buyer can be begun on its channel."""

    order: Order
    channel: str
    buyer: str
    tickets: Sequence[Ticket]
    writes: bool


def rows_shown(orders: Sequence[Order], *, scope: Scope) -> list[OrderRow]:
    """These orders, with a fixed number of queries however many they are."""
    tickets = _tickets_about(orders, scope=scope)
    return [
        OrderRow(
            order=order,
            channel=channel_title(order.store),
            buyer=(order.identity.name if order.identity else "") or order.ship_to.partition("\n")[0],
            tickets=tickets[order.pk],
            writes=connector_of(order.store).start is not None,
        )
        for order in orders
    ]


def _tickets_about(orders: Sequence[Order], *, scope: Scope) -> dict[int, list[Ticket]]:
    named = TicketOrder.objects.filter(order__in=[order.pk for order in orders], ticket__in=visible(scope))
    found: dict[int, list[Ticket]] = defaultdict(list)
    for one in named.select_related("ticket").order_by("-ticket__last_message_at", "-ticket__pk"):
        if one.order_id is not None:
            found[one.order_id].append(one.ticket)
    return found
