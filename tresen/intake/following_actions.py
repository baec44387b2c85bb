"""An order about which something was done is read anew: what stands beside the ticket follows."""

from collections.abc import Sequence
from datetime import datetime

from tresen.intake.asked_orders import ask_for
from tresen.orders.models import Order
from tresen.tickets.events import ActionDone
from tresen.tickets.recorded import RecordedEvent


def read_orders_again(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Have the orders of these actions read, in the caller's transaction."""
    done = [entry.event.order for entry in events if isinstance(entry.event, ActionDone)]
    if done:
        orders = Order.objects.filter(pk__in=done).values_list("store_id", "number")
        ask_for(list(orders), at=at, whatever_is_known=True)
