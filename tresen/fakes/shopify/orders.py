"""Sales as the Admin API tells them."""

from datetime import datetime
from functools import partial

from babel import Locale

from tresen.channels.tracking import TrackingState
from tresen.fakes.sales import Buyer, Line, MoneyBack, Parcel, Sale
from tresen.fakes.shopify.connections import Told, bag, connection, first_of, gid, moment, number_of
from tresen.fakes.shopify.returns import return_told
from tresen.fakes.shopify.shipping import fulfillment_order_told

SEEN = {
    TrackingState.IN_TRANSIT: "IN_TRANSIT",
    TrackingState.OUT_FOR_DELIVERY: "OUT_FOR_DELIVERY",
    TrackingState.DELIVERED: "DELIVERED",
    TrackingState.EXCEPTION: "ATTEMPTED_DELIVERY",
    TrackingState.RETURNED: "FAILURE",
}
"""What the carrier's events say; of a parcel that it has not seen there are none."""


def order_told(sale: Sale, *, pictures: str) -> Told:
    """The order, all of it; who asks chooses. `pictures`: where those of its products lie."""
    currency = sale.currency
    return {
        "id": gid("Order", sale.id),
        "legacyResourceId": str(number_of(sale.id)),
        "name": sale.number,
        "createdAt": moment(sale.ordered_at),
        "updatedAt": moment(sale.changed_at),
        "cancelledAt": moment(sale.cancelled_at),
        "currencyCode": currency,
        "presentmentCurrencyCode": currency,
        "email": sale.buyer.email,
        "displayFinancialStatus": financial_status(sale),
        "displayFulfillmentStatus": fulfillment_status(sale),
        "totalPriceSet": bag(sale.total, currency),
        "customer": _customer(sale.buyer),
        "shippingAddress": address_told(sale.buyer),
        "lineItems": connection(sale.lines, partial(line_told, currency=currency, pictures=pictures)),
        "fulfillments": first_of(sale.parcels, fulfillment_told),
        "refunds": first_of(sale.refunds, partial(_refund, sale=sale)),
        "transactions": first_of(_transactions(sale), dict),
        "returns": connection(sale.returns, partial(return_told, sale=sale)),
        "fulfillmentOrders": connection([sale] if not sale.cancelled_at else [], fulfillment_order_told),
    }


def financial_status(sale: Sale) -> str:
    """Whether it is paid, and how much of it went back."""
    if sale.refunded >= sale.total:
        return "REFUNDED"
    return "PARTIALLY_REFUNDED" if sale.refunded else "PAID"


def fulfillment_status(sale: Sale) -> str:
    """How much of it is shipped."""
    left = sum(line.quantity - line.cancelled for line in sale.lines)
    shipped = sum(line.shipped for line in sale.lines)
    if not shipped:
        return "UNFULFILLED"
    return "FULFILLED" if shipped >= left else "PARTIALLY_FULFILLED"


def line_told(line: Line, *, currency: str, pictures: str) -> Told:
    """A product and quantity."""
    left = line.quantity - line.cancelled
    return {
        "id": gid("LineItem", line.id),
        "name": line.title,
        "title": line.title,
        "sku": line.sku,
        "quantity": line.quantity,
        "currentQuantity": left,
        "unfulfilledQuantity": left - line.shipped,
        "product": {"legacyResourceId": str(number_of(line.item))},
        "image": {"url": f"{pictures}/{number_of(line.item)}.png"},
        "originalUnitPriceSet": bag(line.price, currency),
    }


def fulfillment_told(parcel: Parcel) -> Told:
    """A hand-over, and what its carrier saw last."""
    seen = SEEN.get(parcel.state)
    events = [{"status": seen, "happenedAt": moment(seen_at(parcel)), "message": None, "city": None}] if seen else []
    return {
        "id": gid("Fulfillment", parcel.id),
        "legacyResourceId": str(number_of(parcel.id)),
        "createdAt": moment(parcel.shipped_at),
        "updatedAt": moment(seen_at(parcel)),
        "status": "SUCCESS",
        "deliveredAt": moment(parcel.delivered_at),
        "estimatedDeliveryAt": None,
        "trackingInfo": first_of([parcel], tracking_told),
        "events": connection(events, dict),
    }


def tracking_told(parcel: Parcel) -> Told:
    """Where the parcel can be followed."""
    return {"company": parcel.carrier, "number": parcel.tracking, "url": tracking_address(parcel)}


def tracking_address(parcel: Parcel) -> str:
    """The carrier's page."""
    return f"https://carrier.example/{parcel.tracking}"


def seen_at(parcel: Parcel) -> datetime:
    """When the carrier saw it last."""
    return parcel.delivered_at or parcel.shipped_at


def names_of(buyer: Buyer) -> tuple[str, str]:
    """First and last."""
    first, _, last = buyer.name.partition(" ")
    return first, last


def country_of(buyer: Buyer) -> str:
    """In English words."""
    return str(Locale("en").territories.get(buyer.country, buyer.country))


def address_told(buyer: Buyer) -> Told:
    """Where it goes."""
    return {
        "name": buyer.name,
        "company": None,
        "address1": buyer.street,
        "address2": None,
        "zip": buyer.postcode,
        "city": buyer.city,
        "province": None,
        "country": country_of(buyer),
        "countryCodeV2": buyer.country,
    }


def _customer(buyer: Buyer) -> Told:
    first, last = names_of(buyer)
    return {"firstName": first, "lastName": last, "defaultEmailAddress": {"emailAddress": buyer.email}}


def _refund(refund: MoneyBack, *, sale: Sale) -> Told:
    return {
        "id": gid("Refund", refund.id),
        "legacyResourceId": str(number_of(refund.id)),
        "createdAt": moment(refund.at),
        "note": refund.reason,
        "totalRefundedSet": bag(refund.amount, sale.currency),
        "transactions": connection([_paid_back(refund, sale)], dict),
    }


def _transactions(sale: Sale) -> list[Told]:
    return [_paid(sale), *(_paid_back(refund, sale) for refund in sale.refunds)]


def _paid(sale: Sale) -> Told:
    return {
        "id": gid("OrderTransaction", sale.id),
        "kind": "SALE",
        "status": "SUCCESS",
        "gateway": "shopify_payments",
        "amountSet": bag(sale.total, sale.currency),
        "createdAt": moment(sale.ordered_at),
        "parentTransaction": None,
    }


def _paid_back(refund: MoneyBack, sale: Sale) -> Told:
    return {
        **_paid(sale),
        "id": gid("OrderTransaction", f"9{number_of(refund.id)}"),
        "kind": "REFUND",
        "amountSet": bag(refund.amount, sale.currency),
        "createdAt": moment(refund.at),
        "parentTransaction": _paid(sale),
    }
