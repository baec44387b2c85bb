"""Where sellers work by hand at TikTok Shop: Seller Center, which each country has on a host of its own."""

from urllib.parse import quote

from tresen.channels.back_offices import BackOffice, Seat
from tresen.channels.order_door import OrderRef

_HOSTS = {"tiktok.com/us": "seller-us.tiktok.com", "tiktok.com/th": "seller-th.tiktok.com"}
"""As TikTok Shop's own pages name them (2026-11); of other countries no host is documented."""


def _order_page(order: OrderRef, seat: Seat) -> str:
    """Seller Center's page of the order; where orders are listed without a number."""
    host = _HOSTS.get(seat.marketplace, "")
    if not host:
        return ""
    return (
        f"https://{host}/order/detail?order_no={quote(order.number, safe='')}"
        if order.number
        else f"https://{host}/order"
    )


BACK_OFFICE = BackOffice(title="Seller Center", address=_order_page)
