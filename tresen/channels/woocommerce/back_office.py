"""Where a shop works by hand: WordPress's own pages."""

from urllib.parse import quote

from tresen.channels.back_offices import BackOffice, Seat
from tresen.channels.order_door import OrderRef
from tresen.channels.woocommerce.asking import ADDRESS


def _order_page(order: OrderRef, seat: Seat) -> str:
    """The order's page, which both of WooCommerce's ways to keep orders lead to; else its list of orders."""
    shop = seat.entered.get(ADDRESS, "").strip().rstrip("/")
    if not shop:
        return ""
    if order.external_id:
        return f"{shop}/wp-admin/post.php?post={quote(order.external_id, safe='')}&action=edit"
    return f"{shop}/wp-admin/edit.php?post_type=shop_order"


BACK_OFFICE = BackOffice(title="WooCommerce", address=_order_page)
