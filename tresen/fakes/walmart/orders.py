"""A fake Walmart's purchase orders."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from tresen.channels.money import in_decimals
from tresen.channels.tracking import TrackingState
from tresen.channels.walmart.interface.carriers import CARRIERS
from tresen.fakes.sales import Buyer, Line, MoneyBack, Sale
from tresen.fakes.walmart.answering import NOT_FOUND, Refusal, asked_moment, milliseconds, page

if TYPE_CHECKING:
    from tresen.fakes.walmart import FakeWalmart

type Json = dict[str, Any]
type Part = tuple[str, Sale, Sequence[Line]]
"""A purchase order: its number, the customer's order it is of, and its lines."""
USUAL = 100
_NAMED = frozenset(CARRIERS.values())


def listed(fake: "FakeWalmart", request: Request) -> Json:
    """GET /v3/orders; where nothing is found Walmart answers 404."""
    since, until = asked_moment(request, "lastModifiedStartDate"), asked_moment(request, "lastModifiedEndDate")
    number = request.args.get("customerOrderId", "")
    by_platform = request.args.get("shipNodeType", "SellerFulfilled") == "WFSFulfilled"
    sales = sorted(fake.world.sales.values(), key=lambda one: (one.ordered_at, one.number))
    found = [
        part
        for sale in sales
        if (not number or sale.number == number)
        and sale.by_platform == by_platform
        and (since is None or sale.changed_at >= since)
        and (until is None or sale.changed_at < until)
        for part in parts_of(fake, sale)
    ]
    if not found:
        raise Refusal("Orders not found for given search parameters", status=404, code=NOT_FOUND)
    told, cursor = page(request, found, usual=USUAL)
    meta: Json = {"totalCount": len(found), "limit": len(told), **({"nextCursor": cursor} if cursor else {})}
    return {"list": {"meta": meta, "elements": {"order": [told_as(fake, part) for part in told]}}}


def parts_of(fake: "FakeWalmart", sale: Sale) -> Sequence[Part]:
    """The purchase orders of a customer's order."""
    if sale.number in fake.split:
        return [(f"{sale.id}{place}", sale, [line]) for place, line in enumerate(sale.lines, start=1)]
    return [(sale.id, sale, sale.lines)]


def part_named(fake: "FakeWalmart", order: str) -> Part:
    """The purchase order of this number."""
    for sale in fake.world.sales.values():
        for part in parts_of(fake, sale):
            if part[0] == order:
                return part
    raise Refusal(f"There is no purchase order {order}.", status=404, code=NOT_FOUND)


def told_as(fake: "FakeWalmart", part: Part) -> Json:
    """A purchase order as Walmart tells it."""
    number, sale, lines = part
    latest = sale.deliver_by or sale.ordered_at + timedelta(days=7)
    return {
        "purchaseOrderId": number,
        "customerOrderId": sale.number,
        "customerEmailId": relay_address(sale.buyer),
        "orderType": "REGULAR",
        "orderDate": milliseconds(sale.ordered_at),
        "shippingInfo": {
            "phone": "",
            "estimatedDeliveryDate": milliseconds(latest),
            "estimatedShipDate": milliseconds(sale.ship_by or sale.ordered_at + timedelta(days=2)),
            "methodCode": "Standard",
            "postalAddress": _address(sale.buyer),
        },
        "orderLines": {"orderLine": [_line(fake, part, line) for line in lines]},
        "shipNode": {"type": "WFSFulfilled" if sale.by_platform else "SellerFulfilled"},
    }


def relay_address(buyer: Buyer) -> str:
    """Behind which Walmart hides a buyer's own address."""
    return f"{hashlib.sha256(buyer.key.encode()).hexdigest()[:32].upper()}@relay.walmart.com"


def line_number(sale: Sale, line: Line) -> str:
    """Lines are numbered within the customer's order."""
    return str(sale.lines.index(line) + 1)


def _address(buyer: Buyer) -> Json:
    return {
        "name": buyer.name,
        "address1": buyer.street,
        "city": buyer.city,
        "state": "AR",
        "postalCode": buyer.postcode,
        "country": "USA",
        "addressType": "RESIDENTIAL",
    }


def _line(fake: "FakeWalmart", part: Part, line: Line) -> Json:
    order, sale, _lines = part
    charge = {
        "chargeType": "PRODUCT",
        "chargeName": "ItemPrice",
        "chargeAmount": _money(line.price * line.quantity, sale.currency),
    }
    refund = [_refund(one, sale) for one in sale.refunds if one.line == line.id]
    asked = sale.cancel_asked_at is not None and sale.cancelled_at is None
    return {
        "lineNumber": line_number(sale, line),
        "item": {"productName": line.title, "sku": line.sku, "imageUrl": f"{fake.world.pictures}/{line.item}.png"},
        "charges": {"charge": [charge]},
        "orderLineQuantity": _pieces(line.quantity),
        "statusDate": milliseconds(sale.changed_at),
        "orderLineStatuses": {"orderLineStatus": _statuses(sale, line, seen=order in fake.acknowledged)},
        **({"refund": refund[-1]} if refund else {}),
        **({"intentToCancel": "true"} if asked else {}),
    }


def _statuses(sale: Sale, line: Line, *, seen: bool) -> Sequence[Json]:
    parcel = sale.parcels[-1] if sale.parcels else None
    arrived = parcel is not None and parcel.state is TrackingState.DELIVERED
    counts = [("Cancelled", line.cancelled), ("Delivered" if arrived else "Shipped", line.shipped)]
    counts.append(("Acknowledged" if seen else "Created", line.quantity - line.cancelled - line.shipped))
    told: list[Json] = [{"status": state, "statusQuantity": _pieces(count)} for state, count in counts if count > 0]
    for one in told:
        if parcel is not None and one["status"] in {"Shipped", "Delivered"}:
            one["trackingInfo"] = {
                "shipDateTime": milliseconds(parcel.shipped_at),
                "carrierName": {"carrier" if parcel.carrier in _NAMED else "otherCarrier": parcel.carrier},
                "methodCode": "Standard",
                "trackingNumber": parcel.tracking,
            }
    return told


def _refund(refund: MoneyBack, sale: Sale) -> Json:
    charge = {
        "chargeType": "PRODUCT",
        "chargeName": "ItemPrice",
        "chargeAmount": _money(-refund.amount, sale.currency),
    }
    told = {"refundReason": refund.reason, "charge": charge}
    return {"refundId": refund.id, "refundCharges": {"refundCharge": [told]}}


def _pieces(count: int) -> Json:
    return {"unitOfMeasurement": "EACH", "amount": str(count)}


def _money(amount: int, currency: str) -> Json:
    return {"currency": currency, "amount": float(in_decimals(amount, currency))}
