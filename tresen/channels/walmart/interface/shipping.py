"""What has left, told to Walmart with its parcel."""

from collections.abc import Sequence

from tresen.channels.answered import LATER
from tresen.channels.carriers import parcel_page
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import ActionResult, ActionWanted, Done, NotDone, NotTold
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain
from tresen.channels.walmart.interface import today
from tresen.channels.walmart.interface.carriers import CARRIERS
from tresen.channels.walmart.interface.orders import CREATED, OPEN, asks_to_cancel, line_id, pieces
from tresen.channels.walmart.interface.purchase_orders import (
    Json,
    each_order,
    not_read,
    parts_of,
    post,
    status_line,
)
from tresen.channels.walmart.interface.shapes import OrderLine, PurchaseOrder

NOTHING_LEFT = "Nothing of this order waits for that any more."
NO_CARRIER = "Walmart takes this carrier only with the address of its parcel’s page, which is not known."
USUAL_METHOD = "Standard"


def ship(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """These lines have left in one parcel; of those the buyer wanted cancelled we say that we know."""
    carrier = _carrier(wanted)
    if carrier is None:
        return Refused(reason=NO_CARRIER)
    parts = parts_of(wanted, access)
    if isinstance(parts, NotTold | Stopped):
        return not_read(parts)
    lines = []
    for part, line in parts:
        left = _left(part, line, wanted)
        if left > 0:
            status = {"status": "Shipped", "trackingInfo": {**carrier, "methodCode": _method(part)}}
            told = status_line(line, left, status)
            told["sellerOrderId"] = line.seller_order_id or part.purchase_order_id
            lines.append((part, told | ({"intentToCancelOverride": True} if asks_to_cancel(line) else {})))
    if not lines:
        return Refused(reason=NOTHING_LEFT)
    unseen = {part.purchase_order_id for part, line in parts if pieces(line, CREATED)}
    trouble = _acknowledge(access, [order for order in _orders_of(lines) if order in unseen])
    return trouble or each_order(access, "shipping", lines, "orderShipment")


def _left(part: PurchaseOrder, line: OrderLine, wanted: ActionWanted) -> int:
    """How many of a line's pieces are still to be told of: tried again, it goes on where it stopped."""
    asked = {one.external_id: one.quantity for one in wanted.lines}
    waits = pieces(line, OPEN)
    return min(asked.get(line_id(part, line), 0) - _in_parcel(line, wanted), waits) if asked else waits


def _orders_of(lines: Sequence[tuple[PurchaseOrder, Json]]) -> Sequence[str]:
    return [*dict.fromkeys(part.purchase_order_id for part, _line in lines)]


def _acknowledge(access: StoreAccess, orders: Sequence[str]) -> ActionResult | None:
    """Walmart takes parcels only of orders that were acknowledged. It may be said twice, so it is never uncertain."""
    for order in orders:
        outcome = post(access, order, "acknowledge")
        if isinstance(outcome, Uncertain):
            return Later(after=LATER, reason=outcome.reason)
        if not isinstance(outcome, HttpResponse):
            return outcome
    return None


def _method(part: PurchaseOrder) -> str:
    return part.shipping_info.method_code or USUAL_METHOD


def _carrier(wanted: ActionWanted) -> Json | None:
    """One of Walmart's carriers, or another one with the address of its page; None where that is not known."""
    said: Json = {
        "shipDateTime": today.handed_over(),
        "trackingNumber": wanted.tracking.strip(),
    }
    page = parcel_page(wanted.carrier, wanted.tracking)
    ours = CARRIERS.get(wanted.carrier.strip().casefold())
    if ours:
        return {**said, "carrierName": {"carrier": ours}}
    return {**said, "carrierName": {"otherCarrier": wanted.carrier.strip()}, "trackingURL": page} if page else None


def was_shipped(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | NotTold | Stopped:
    """All lines that were in it show the parcel's number: each purchase order is told of it by itself."""
    parts = parts_of(wanted, access)
    if isinstance(parts, NotTold | Stopped):
        return parts
    sent = any(_in_parcel(line, wanted) for _part, line in parts)
    return Done() if sent and not any(_left(part, line, wanted) > 0 for part, line in parts) else NotDone()


def _in_parcel(line: OrderLine, wanted: ActionWanted) -> int:
    """How many of a line's pieces Walmart shows in the parcel."""
    number = wanted.tracking.strip()
    told = line.order_line_statuses.order_line_status
    return sum(
        one.status_quantity.amount
        for one in told
        if one.tracking_info is not None and one.tracking_info.tracking_number == number
    )
