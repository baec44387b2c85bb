"""Orders, as the Orders API 2026-01-01 tells of them, and v0's confirmation that goods have left."""

import base64
import binascii
import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from werkzeug.wrappers import Request, Response

from tresen.channels.tracking import TrackingState
from tresen.fakes.amazon.answers import Refusal, body_of, instant, said, text, unknown, wrong
from tresen.fakes.faults import as_told
from tresen.fakes.sales import Line, Parcel, Sale
from tresen.fakes.world import NotPossible, World

DATA = frozenset(
    {
        *("BUYER", "RECIPIENT", "PROCEEDS", "EXPENSE", "PROMOTION", "CANCELLATION"),
        *("FULFILLMENT", "PACKAGES", "TAX", "PAYMENT", "FULFILLMENT_ORDERS"),
    }
)
RESTRICTED = frozenset({"BUYER", "RECIPIENT"})
_TOO_NEW = timedelta(minutes=2)
_PACKAGES: Mapping[TrackingState, tuple[str, str]] = {
    TrackingState.PENDING: ("PENDING", "PENDING_PICK_UP"),
    TrackingState.IN_TRANSIT: ("IN_TRANSIT", "PICKED_UP"),
    TrackingState.OUT_FOR_DELIVERY: ("IN_TRANSIT", "OUT_FOR_DELIVERY"),
    TrackingState.DELIVERED: ("DELIVERED", "DELIVERED"),
    TrackingState.EXCEPTION: ("UNDELIVERABLE", "UNDELIVERABLE"),
    TrackingState.RETURNED: ("UNDELIVERABLE", "RETURNING_TO_SELLER"),
}


def search(request: Request, world: World, marketplace: str, *, most: int) -> Response:
    """A page of the orders that changed, or were made, in a span of time."""
    since, until, by_change = _span(request, world)
    wanted = _marketplaces(request)
    last = _place(request.args.get("paginationToken"))
    limit = min(most, int(request.args.get("maxResultsPerPage", most)))
    with world.alone():
        found = [sale for sale in world.sales.values() if since <= _time(sale, by_change=by_change) <= until]
        found = [sale for sale in found if not wanted or marketplace in wanted]
        found.sort(key=lambda sale: _key(sale, by_change=by_change))
        left = [sale for sale in found if last is None or _key(sale, by_change=by_change) > last]
        page = left[:limit]
        told: dict[str, object] = {
            "orders": [order_of(sale, included(request), marketplace) for sale in as_told(request.environ, page)]
        }
    if len(left) > limit:
        token = json.dumps(_key(page[-1], by_change=by_change)).encode()
        told["pagination"] = {"nextToken": base64.urlsafe_b64encode(token).decode()}
    told["lastUpdatedBefore" if by_change else "createdBefore"] = text(until)
    return said(told)


def get(request: Request, world: World, marketplace: str, number: str) -> Response:
    """One order."""
    with world.alone():
        return said({"order": order_of(sale_of(world, number), included(request), marketplace)})


def confirm_shipment(request: Request, world: World, number: str) -> Response:
    """Goods have left."""
    told = body_of(request)
    package = told.get("packageDetail")
    if not isinstance(package, dict) or not told.get("marketplaceId"):
        raise wrong("marketplaceId and packageDetail are needed.")
    missing = {"packageReferenceId", "carrierCode", "trackingNumber", "shipDate", "orderItems"} - package.keys()
    if missing:
        raise wrong(f"{', '.join(sorted(missing))} is missing.")
    if not str(package["packageReferenceId"]).isdecimal():
        raise wrong("packageReferenceId must be a positive number.")
    if package["carrierCode"] == "Other" and not package.get("carrierName"):
        raise wrong("carrierName is needed where carrierCode is Other.")
    if instant(package["shipDate"], "shipDate") > world.now() + _TOO_NEW:
        raise wrong("shipDate lies in the future.")
    with world.alone():
        sale = sale_of(world, number)
        if sale.by_platform:
            raise wrong("Amazon ships this order.")
        if any(parcel.id == package["packageReferenceId"] for parcel in sale.parcels):
            return Response(status=204)
        if not {item["orderItemId"] for item in package["orderItems"]} <= {line.id for line in sale.lines}:
            raise wrong("The order has no such item.")
        try:
            parcel = world.ship(
                number,
                carrier=package.get("carrierName") or package["carrierCode"],
                tracking=package["trackingNumber"],
            )
        except NotPossible as why:
            raise wrong(str(why)) from None
        parcel.id = str(package["packageReferenceId"])
    return Response(status=204)


def sale_of(world: World, number: str) -> Sale:
    """The sale of this number. Raises Refusal."""
    try:
        return world.sale(number)
    except NotPossible as why:
        raise unknown(str(why)) from None


def included(request: Request) -> frozenset[str]:
    """What is asked for beside the bare order. Raises Refusal."""
    wanted = frozenset(filter(None, request.args.get("includedData", "").split(",")))
    if wanted - DATA:
        raise wrong(f"There is no data {', '.join(sorted(wanted - DATA))}.")
    return wanted


def order_of(sale: Sale, wanted: Collection[str], marketplace: str) -> dict[str, object]:
    """The order with the data that is wanted, and no other."""
    told: dict[str, object] = {
        "orderId": sale.number,
        "createdTime": text(sale.ordered_at),
        "lastUpdatedTime": text(sale.changed_at),
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": marketplace},
        "orderItems": [_item(sale, line, wanted) for line in sale.lines],
    }
    if "BUYER" in wanted:
        told["buyer"] = {"buyerName": sale.buyer.name} | ({} if sale.by_platform else {"buyerEmail": sale.buyer.email})
    if "RECIPIENT" in wanted:
        told["recipient"] = {"deliveryAddress": _address(sale)}
    if "PROCEEDS" in wanted:
        told["proceeds"] = {"grandTotal": _money(sale.total, sale.currency)}
    if "FULFILLMENT" in wanted:
        told["fulfillment"] = _fulfilment(sale)
    if "PACKAGES" in wanted and not sale.by_platform:
        told["packages"] = [_package(sale, parcel) for parcel in sale.parcels]
    return told


def _item(sale: Sale, line: Line, wanted: Collection[str]) -> dict[str, object]:
    told: dict[str, object] = {
        "orderItemId": line.id,
        "quantityOrdered": line.quantity,
        "product": {
            "asin": line.item,
            "title": line.title,
            "sellerSku": line.sku,
            "price": {"unitPrice": _money(line.price, sale.currency)},
        },
    }
    if "FULFILLMENT" in wanted:
        left = line.quantity - line.shipped - line.cancelled
        told["fulfillment"] = {"quantityFulfilled": line.shipped, "quantityUnfulfilled": left}
    if "CANCELLATION" in wanted and (sale.cancel_asked_at or line.cancelled):
        request = {"requester": "BUYER", "cancelReason": "Changed mind"}
        execution = {"cancelledBy": "MERCHANT", "cancelReason": "Cancelled"}
        told["cancellation"] = ({"cancellationRequest": request} if sale.cancel_asked_at else {}) | (
            {"cancellationExecution": execution} if line.cancelled else {}
        )
    return told


def _fulfilment(sale: Sale) -> dict[str, object]:
    told: dict[str, object] = {
        "fulfillmentStatus": status_of(sale),
        "fulfilledBy": "AMAZON" if sale.by_platform else "MERCHANT",
    }
    for name, at in (("shipByWindow", sale.ship_by), ("deliverByWindow", sale.deliver_by)):
        if at is not None:
            told[name] = {"latestDateTime": text(at)}
    return told


def status_of(sale: Sale) -> str:
    """How far Amazon says that it is."""
    if sale.cancelled_at is not None:
        return "CANCELLED"
    shipped = [line.shipped for line in sale.lines]
    if all(line.shipped + line.cancelled >= line.quantity for line in sale.lines):
        return "SHIPPED"
    return "PARTIALLY_SHIPPED" if any(shipped) else "UNSHIPPED"


def _package(sale: Sale, parcel: Parcel) -> dict[str, object]:
    status, detailed = _PACKAGES[parcel.state]
    return {
        "packageReferenceId": parcel.id,
        "createdTime": text(parcel.shipped_at),
        "packageStatus": {"status": status, "detailedStatus": detailed},
        "carrier": parcel.carrier,
        "shipTime": text(parcel.shipped_at),
        "trackingNumber": parcel.tracking,
        "packageItems": [{"orderItemId": line.id, "quantity": line.shipped} for line in sale.lines if line.shipped],
    }


def _address(sale: Sale) -> dict[str, object]:
    buyer = sale.buyer
    return {
        "name": buyer.name,
        "addressLine1": buyer.street,
        "postalCode": buyer.postcode,
        "city": buyer.city,
        "countryCode": buyer.country,
    }


def _money(amount: int, currency: str) -> dict[str, object]:
    digits = 0 if currency == "JPY" else 2
    return {"amount": f"{amount / 10**digits:.{digits}f}", "currencyCode": currency}


def _span(request: Request, world: World) -> tuple[datetime, datetime, bool]:
    """From when, until when, and whether of the change (else of the order itself). Raises Refusal."""
    names = [name for name in ("createdAfter", "lastUpdatedAfter") if name in request.args]
    if len(names) != 1:
        raise wrong("Exactly one of createdAfter and lastUpdatedAfter is needed.")
    by_change = names[0] == "lastUpdatedAfter"
    since = instant(request.args[names[0]], names[0])
    newest = world.now() - _TOO_NEW
    until_name = "lastUpdatedBefore" if by_change else "createdBefore"
    until = instant(request.args[until_name], until_name) if until_name in request.args else newest
    if until > newest or until < since:
        raise wrong(f"{until_name} must be at least two minutes old, and not before {names[0]}.")
    return since, until, by_change


def _marketplaces(request: Request) -> frozenset[str]:
    return frozenset(filter(None, request.args.get("marketplaceIds", "").split(",")))


def _time(sale: Sale, *, by_change: bool) -> datetime:
    return sale.changed_at if by_change else sale.ordered_at


def _key(sale: Sale, *, by_change: bool) -> list[str]:
    return [_time(sale, by_change=by_change).isoformat(), sale.number]


def _place(token: str | None) -> list[str] | None:
    if not token:
        return None
    try:
        return list(json.loads(base64.urlsafe_b64decode(token)))
    except (ValueError, binascii.Error):
        raise Refusal(400, "InvalidInput", "paginationToken is not valid any more.") from None
