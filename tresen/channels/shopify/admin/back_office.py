"""Where a shop works by hand: its admin, which leads from here to where it lies now."""

from urllib.parse import quote

from tresen.channels.back_offices import BackOffice, Seat
from tresen.channels.order_door import OrderRef
from tresen.channels.shopify.admin.asking import SHOP, domain_of


def _order_page(order: OrderRef, seat: Seat) -> str:
    """The admin's page of the order, which it knows by its id; else its list of orders."""
    if not seat.entered.get(SHOP, "").strip():
        return ""
    orders = f"https://{domain_of(seat.entered[SHOP])}/admin/orders"
    return f"{orders}/{quote(order.external_id, safe='')}" if order.external_id else orders


ADMIN = BackOffice(title="Shopify", address=_order_page)
