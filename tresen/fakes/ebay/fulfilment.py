"""The Fulfillment API: orders, their parcels, refunds, payment disputes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from werkzeug.wrappers import Request, Response

from tresen.channels.money import minor_units
from tresen.fakes.ebay.post_order import PostOrder
from tresen.fakes.ebay.telling import Refusal, asked, money, paged, said, stamp, time_in
from tresen.fakes.sales import Line, MoneyBack, Parcel, Sale
from tresen.fakes.world import NotPossible, World

_MODIFIED = re.compile(r"lastmodifieddate:\[([^.\]]+(?:\.\d+)?Z)\.\.([^\]]*)\]")
_REASONS = frozenset(
    {
        *("BUYER_CANCEL", "SELLER_CANCEL", "ITEM_NOT_RECEIVED", "BUYER_RETURN"),
        *("ITEM_NOT_AS_DESCRIBED", "OTHER_ADJUSTMENT", "SHIPPING_DISCOUNT"),
    }
)
PAID_AFTER = timedelta(seconds=30)
"""EBay pays refunds later than it takes them."""


@dataclass(slots=True, kw_only=True)
class Disputed:
    """A payment dispute."""

    id: str
    sale: str
    reason: str
    status: str
    opened_at: datetime
    respond_by: datetime | None = None
    closed_at: datetime | None = None


@dataclass(slots=True)
class Fulfilment:
    """`disputes` are what banks were asked for; `post_order` knows what goes on about an order afterwards."""

    world: World
    seller: str
    post_order: PostOrder
    disputes: list[Disputed] = field(default_factory=list)

    def orders(self, request: Request) -> Response:
        """What changed in a window; who asked for a cancellation is left out, as eBay does."""
        found = _MODIFIED.fullmatch(request.args.get("filter", ""))
        if request.args.get("filter") and not found:
            raise Refusal(400, 30700, "Invalid filter.", domain="API_FULFILLMENT")
        since, until = (time_in(found[1]), time_in(found[2]) if found[2] else None) if found else (None, None)
        sales = [
            sale
            for sale in self.world.sales.values()
            if (since is None or sale.changed_at >= since) and (until is None or sale.changed_at <= until)
        ]
        sales.sort(key=lambda sale: sale.changed_at, reverse=True)
        about, page = paged(request, sales, usual=50, most=200)
        return said({**about, "orders": [self._order(sale, listed=True) for sale in page]})

    def order(self, request: Request, number: str) -> Response:
        """One order."""
        del request
        return said(self._order(self.sale(number), listed=False))

    def parcels(self, request: Request, number: str) -> Response:
        """Its parcels."""
        del request
        sale = self.sale(number)
        told = [self._parcel(sale, parcel) for parcel in sale.parcels]
        return said({"fulfillments": told, "total": len(told)} if told else {"fulfillments": []})

    def ship(self, request: Request, number: str) -> Response:
        """A new parcel; eBay answers with where it is to be found."""
        wanted, sale = asked(request), self.sale(number)
        tracking = str(wanted.get("trackingNumber") or "")
        if tracking and not tracking.isalnum():
            raise Refusal(400, 32300, "Invalid shipment tracking number or carrier", domain="API_FULFILLMENT")
        lines = wanted.get("lineItems") or []
        known = {line.id for line in sale.lines}
        if isinstance(lines, list) and any(one.get("lineItemId") not in known for one in lines):
            raise Refusal(400, 32200, "Invalid line item id", domain="API_FULFILLMENT")
        try:
            parcel = self.world.ship(number, carrier=str(wanted.get("shippingCarrierCode") or ""), tracking=tracking)
        except NotPossible as wrong:
            raise Refusal(400, 32600, str(wrong), domain="API_FULFILLMENT") from None
        return said({}, 201, location=f"{request.base_url}/{parcel.id}")

    def refund(self, request: Request, number: str) -> Response:
        """Money back, taken now and paid later."""
        wanted = asked(request)
        if self.post_order.goes_on_about(self.sale(number)):
            raise Refusal(400, 34916, "A post-transaction case exists on this order, seller refund can't be triggered.")
        if wanted.get("reasonForRefund") not in _REASONS:
            raise Refusal(400, 34903, "The refund reason must be specified.", domain="API_FULFILLMENT")
        items, whole = wanted.get("refundItems"), wanted.get("orderLevelRefundAmount")
        sums = [one["refundAmount"] for one in items] if isinstance(items, list) else [whole] if whole else []
        if not sums:
            raise Refusal(400, 34905, "Either orderLevelRefundAmount or refundItems must be specified.")
        amount = sum(minor_units(one["value"], one["currency"]) for one in sums if isinstance(one, dict))
        try:
            back = self.world.refund(number, amount=amount, reason=str(wanted["reasonForRefund"]))
        except NotPossible as wrong:
            raise Refusal(400, 34915, str(wrong), domain="API_FULFILLMENT") from None
        return said({"refundId": back.id, "refundStatus": "PENDING"})

    def disputed(self, request: Request) -> Response:
        """Payment disputes, the newest first."""
        found = sorted(self.disputes, key=lambda one: one.opened_at, reverse=True)
        about, page = paged(request, found, usual=200, most=200)
        return said({**about, "paymentDisputeSummaries": [self._dispute(one) for one in page]})

    def sale(self, number: str) -> Sale:
        """The sale of this number."""
        sale = self.world.sales.get(number)
        if sale is None:
            raise Refusal(404, 32100, f"Invalid order ID: {number}", domain="API_FULFILLMENT")
        return sale

    def _order(self, sale: Sale, *, listed: bool) -> dict[str, object]:
        total = money(sale.total, sale.currency)
        return {
            "orderId": sale.number,
            "creationDate": stamp(sale.ordered_at),
            "lastModifiedDate": stamp(sale.changed_at),
            "sellerId": self.seller,
            "buyer": {"username": sale.buyer.key},
            "orderFulfillmentStatus": _shipped(sale.lines),
            "orderPaymentStatus": _paid(sale),
            "cancelStatus": _cancelled(sale, listed=listed),
            "pricingSummary": {"priceSubtotal": total, "total": total},
            "paymentSummary": {
                "payments": [{"paymentStatus": "PAID", "paymentDate": stamp(sale.ordered_at), "amount": total}],
                "refunds": [self._refund(sale, back) for back in sale.refunds],
                "totalDueSeller": total,
            },
            "fulfillmentStartInstructions": [_instruction(sale)],
            "fulfillmentHrefs": [f"https://api.ebay.com/x/{parcel.id}" for parcel in sale.parcels],
            "lineItems": [_line(sale, line) for line in sale.lines],
            **({"program": {"fulfillmentProgram": {"fulfilledBy": "EBAY"}}} if sale.by_platform else {}),
        }

    def _refund(self, sale: Sale, back: MoneyBack) -> dict[str, object]:
        paid = self.world.now() - back.at >= PAID_AFTER
        told: dict[str, object] = {
            "refundId": back.id,
            "amount": money(back.amount, sale.currency),
            "refundStatus": "REFUNDED" if paid else "PENDING",
        }
        return told | ({"refundDate": stamp(back.at), "refundReferenceId": f"ref{back.id}"} if paid else {})

    def _parcel(self, sale: Sale, parcel: Parcel) -> dict[str, object]:
        told: dict[str, object] = {
            "fulfillmentId": parcel.id,
            "shippedDate": stamp(parcel.shipped_at),
            "lineItems": [{"lineItemId": line.id, "quantity": line.shipped} for line in sale.lines if line.shipped],
        }
        if parcel.tracking:
            told |= {"shipmentTrackingNumber": parcel.tracking, "shippingCarrierCode": parcel.carrier}
        return told

    def _dispute(self, one: Disputed) -> dict[str, object]:
        sale = self.world.sales[one.sale]
        told: dict[str, object] = {
            "paymentDisputeId": one.id,
            "paymentDisputeStatus": one.status,
            "openDate": stamp(one.opened_at),
            "orderId": sale.number,
            "buyerUsername": sale.buyer.key,
            "reason": one.reason,
            "amount": money(sale.total, sale.currency),
        }
        if one.status == "ACTION_NEEDED" and one.respond_by:
            told["respondByDate"] = stamp(one.respond_by)
        return told | ({"closedDate": stamp(one.closed_at)} if one.closed_at else {})


def _shipped(lines: Sequence[Line]) -> str:
    done = [line.shipped >= line.quantity for line in lines]
    return "FULFILLED" if all(done) else "IN_PROGRESS" if any(line.shipped for line in lines) else "NOT_STARTED"


def _paid(sale: Sale) -> str:
    if not sale.refunded:
        return "PAID"
    return "FULLY_REFUNDED" if sale.refunded >= sale.total else "PARTIALLY_REFUNDED"


def _cancelled(sale: Sale, *, listed: bool) -> dict[str, object]:
    waits = sale.cancel_asked_at and not sale.cancel_refused
    state = "CANCELED" if sale.cancelled_at else "IN_PROGRESS" if waits else "NONE_REQUESTED"
    decided = "COMPLETED" if sale.cancelled_at else "REQUESTED" if waits else "REJECTED"
    told: dict[str, object] = {"cancelState": state, "cancelRequests": []}
    if sale.cancel_asked_at and not listed:
        told["cancelRequests"] = [
            {
                "cancelRequestId": f"5{sale.id}",
                "cancelInitiator": "Buyer",
                "cancelReason": "ORDER_MISTAKE",
                "cancelRequestState": decided,
                "cancelRequestedDate": stamp(sale.cancel_asked_at),
            }
        ]
    return told | ({"cancelledDate": stamp(sale.cancelled_at)} if sale.cancelled_at else {})


def _instruction(sale: Sale) -> dict[str, object]:
    buyer = sale.buyer
    address = {
        "addressLine1": buyer.street,
        "postalCode": buyer.postcode,
        "city": buyer.city,
        "countryCode": buyer.country,
    }
    to = {"fullName": buyer.name, "email": buyer.email, "contactAddress": address}
    return {"fulfillmentInstructionsType": "SHIP_TO", "shippingStep": {"shipTo": to}}


def _line(sale: Sale, line: Line) -> dict[str, object]:
    by = {"shipByDate": sale.ship_by, "maxEstimatedDeliveryDate": sale.deliver_by}
    return {
        "lineItemId": line.id,
        "legacyItemId": line.item,
        "sku": line.sku,
        "title": line.title,
        "quantity": line.quantity,
        "lineItemCost": money(line.price * line.quantity, sale.currency),
        "total": money(line.price * line.quantity, sale.currency),
        "lineItemFulfillmentStatus": _shipped([line]),
        "lineItemFulfillmentInstructions": {name: stamp(at) for name, at in by.items() if at},
        "refunds": [],
        "taxes": [],
        "appliedPromotions": [],
    }
