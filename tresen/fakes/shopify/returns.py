"""Returns as the Admin API tells them."""

from functools import partial

from tresen.channels.order_news import ReturnState
from tresen.fakes.sales import GoodsBack, Line, Sale
from tresen.fakes.shopify.connections import Told, bag, connection, gid, moment

STATES = {
    ReturnState.REQUESTED: "REQUESTED",
    ReturnState.AUTHORISED: "OPEN",
    ReturnState.ON_THE_WAY: "OPEN",
    ReturnState.RECEIVED: "OPEN",
    ReturnState.REFUSED: "DECLINED",
    ReturnState.REFUNDED: "CLOSED",
    ReturnState.CLOSED: "CLOSED",
}


def return_told(back: GoodsBack, *, sale: Sale) -> Told:
    """A return of all of the order; Shopify has no time of its last change."""
    status = STATES[back.state]
    place = sale.returns.index(back) + 1
    return {
        "id": gid("Return", back.id),
        "name": f"{sale.number}-R{place}",
        "status": status,
        "createdAt": moment(back.asked_at),
        "requestApprovedAt": moment(back.changed_at) if status in {"OPEN", "CLOSED"} else None,
        "closedAt": moment(back.changed_at) if status == "CLOSED" else None,
        "returnLineItems": connection(sale.lines, partial(_line, back=back, sale=sale)),
        "reverseFulfillmentOrders": connection([], dict),
    }


def _line(line: Line, *, back: GoodsBack, sale: Sale) -> Told:
    return {
        "__typename": "ReturnLineItem",
        "quantity": line.quantity,
        "customerNote": back.comment,
        "returnReasonNote": "",
        "returnReasonDefinition": {"handle": back.reason.lower().replace(" ", "-"), "name": back.reason},
        "fulfillmentLineItem": {
            "lineItem": {
                "id": gid("LineItem", line.id),
                "title": line.title,
                "name": line.title,
                "sku": line.sku,
                "originalUnitPriceSet": bag(line.price, sale.currency),
            }
        },
    }
