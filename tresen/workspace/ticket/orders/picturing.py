"""Which of an order's lines have a picture to show."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tresen.orders.models import Order
from tresen.orders.picturing import kept, want


def pictures_of(orders: Sequence[Order], *, at: datetime) -> Mapping[int, int]:
    """The ids of the pictures that can be shown, by line. One that is not known here is fetched soon."""
    told = {line.pk: (order.store_id, line.picture) for order in orders for line in order.lines.all() if line.picture}
    known = kept(set(told.values()))
    want({order.pk for order in orders for line in order.lines.all() if told.get(line.pk, 0) not in {0, *known}}, at=at)
    return {line: picture for line, place in told.items() if (picture := known.get(place)) is not None}
