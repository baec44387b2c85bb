"""Where a shop works by hand at its operator: every operator's back office is built alike."""

from urllib.parse import quote

from tresen.channels.back_offices import BackOffice, Seat
from tresen.channels.order_door import OrderRef


def _order_page(order: OrderRef, seat: Seat) -> str:
    """The operator's page of the order; its start page where no order is known."""
    home = seat.entered.get("address", "").rstrip("/")
    return f"{home}/mmp/shop/order/{quote(order.number, safe='')}" if home and order.number else home


BACK_OFFICE = BackOffice(title="Mirakl", address=_order_page)
