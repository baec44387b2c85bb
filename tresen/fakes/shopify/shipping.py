"""What is still to be shipped of a sale, as the Admin API tells it."""

from tresen.fakes.sales import Line, Sale
from tresen.fakes.shopify.connections import Told, connection, gid

LOCATION = "gid://shopify/Location/1"


def remaining_of(line: Line) -> int:
    """Pieces that are still here."""
    return line.quantity - line.cancelled - line.shipped


def fulfillment_order_told(sale: Sale) -> Told:
    """One for all of the sale: the shop has one warehouse."""
    is_open = any(map(remaining_of, sale.lines))
    return {
        "id": gid("FulfillmentOrder", sale.id),
        "status": "OPEN" if is_open else "CLOSED",
        "supportedActions": [{"action": "CREATE_FULFILLMENT"}] if is_open else [],
        "assignedLocation": {"location": {"id": LOCATION}, "name": "Warehouse"},
        "lineItems": connection(sale.lines, _line),
    }


def _line(line: Line) -> Told:
    return {
        "id": gid("FulfillmentOrderLineItem", line.id),
        "remainingQuantity": remaining_of(line),
        "lineItem": {"id": gid("LineItem", line.id), "name": line.title, "title": line.title, "sku": line.sku},
    }
