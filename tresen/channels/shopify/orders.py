"""From an order as Shopify tells it to what it says. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tresen.channels.money import minor_units
from tresen.channels.order_news import (
    Address,
    LineTold,
    OrderSnapshot,
    OrderState,
    ParcelTold,
    Payment,
    RefundTold,
)
from tresen.channels.senders import IdentityKind, Sender
from tresen.channels.shopify.shapes import Fulfillment, LineItem, ShippingAddress, ShopOrder, ShopRefund
from tresen.channels.tracking import TrackingState, tracking_state
from tresen.channels.typed_json import instant

_PAYMENTS = {
    "paid": Payment.PAID,
    "partially_refunded": Payment.PART_REFUNDED,
    "refunded": Payment.REFUNDED,
}
_UNDONE = frozenset({"cancelled", "error", "failure"})
"""A hand-over that came to nothing."""


def snapshot(order: ShopOrder) -> OrderSnapshot:
    """The order as told. Raises ValueError for sums and times that are none."""
    parcels = None if order.fulfillments is None else list(_all_parcels(order.fulfillments))
    return OrderSnapshot(
        number=order.name.strip(),
        external_id=str(order.id),
        changed_at=instant(order.updated_at),
        state=_state(order, parcels),
        payment=_PAYMENTS.get(order.financial_status or "", Payment.PENDING),
        currency=order.currency,
        total=minor_units(order.total_price, order.currency),
        ordered_at=instant(order.created_at),
        buyer=_buyer(order),
        ship_to=_address(order.shipping_address) if order.shipping_address else None,
        lines=None if order.line_items is None else list(_lines(order.line_items, order.currency)),
        parcels=parcels,
        refunds=None if order.refunds is None else list(_refunds(order.refunds, order.currency)),
    )


def _state(order: ShopOrder, parcels: Sequence[ParcelTold] | None) -> OrderState:
    if order.cancelled_at is not None:
        return OrderState.CANCELLED
    match order.fulfillment_status:
        case "fulfilled":
            arrived = parcels and all(one.state is TrackingState.DELIVERED for one in parcels)
            return OrderState.DELIVERED if arrived else OrderState.SHIPPED
        case "partial":
            return OrderState.PART_SHIPPED
        case "restocked":
            return OrderState.RETURNED
        case _:
            return OrderState.OPEN if order.financial_status not in {"pending", "authorized"} else OrderState.PENDING


def _buyer(order: ShopOrder) -> Sender | None:
    customer = order.customer
    email = (order.email or (customer.email if customer else None) or "").strip()
    if not email:
        return None
    names = (customer.first_name, customer.last_name) if customer else ()
    name = " ".join(part.strip() for part in names if part)
    return Sender(kind=IdentityKind.EMAIL, key=email.lower(), name=name, reply_to=email)


def _address(to: ShippingAddress) -> Address:
    place = " ".join(part for part in (to.zip, to.city) if part)
    lines = (to.name, to.company, to.address1, to.address2, place, to.province, to.country)
    return Address(
        lines=tuple(line.strip() for line in lines if line and line.strip()),
        postcode=to.zip or "",
        city=to.city or "",
        region=to.province or "",
        country=(to.country_code or "").upper(),
    )


def _lines(lines: Sequence[LineItem], currency: str) -> Iterator[LineTold]:
    for line in lines:
        left = line.quantity if line.current_quantity is None else line.current_quantity
        waiting = left if line.fulfillable_quantity is None else line.fulfillable_quantity
        yield LineTold(
            external_id=str(line.id),
            title=line.name or line.title or line.sku or str(line.id),
            quantity=line.quantity,
            price=minor_units(line.price, currency),
            sku=line.sku or "",
            item_id=str(line.product_id or ""),
            picture=line.image.src if line.image else "",
            shipped=max(0, left - waiting),
            cancelled=max(0, line.quantity - left),
        )


def _all_parcels(handed_over: Sequence[Fulfillment]) -> Iterator[ParcelTold]:
    return (parcel for one in handed_over if one.status not in _UNDONE for parcel in _parcels(one))


def _parcels(one: Fulfillment) -> Iterator[ParcelTold]:
    """A hand-over may have gone in several parcels, each with a number of its own."""
    numbers = [*dict.fromkeys(filter(None, (one.tracking_number, *one.tracking_numbers)))] or [""]
    addresses = [*dict.fromkeys(filter(None, (one.tracking_url, *one.tracking_urls)))]
    said = one.shipment_status or one.status or ""
    state = tracking_state("shopify", said) or TrackingState.PENDING
    told_at = instant(one.updated_at or one.created_at)
    for index, number in enumerate(numbers):
        yield ParcelTold(
            external_id=f"{one.id}/{number}" if index else str(one.id),
            state=state,
            said=said,
            carrier=one.tracking_company or "",
            tracking=number,
            tracking_address=addresses[index] if index < len(addresses) else "",
            shipped_at=instant(one.created_at),
            expected_at=instant(one.expected_at) if one.expected_at else None,
            delivered_at=_delivered_at(one, told_at) if state is TrackingState.DELIVERED else None,
            last_scan_at=told_at if one.shipment_status else None,
            last_scan=one.last_scan,
        )


def _delivered_at(one: Fulfillment, told_at: datetime) -> datetime:
    return instant(one.delivered_at) if one.delivered_at else told_at


def _refunds(refunds: Sequence[ShopRefund], currency: str) -> Iterator[RefundTold]:
    for refund in refunds:
        paid = [one for one in refund.transactions if one.kind == "refund" and one.status != "failure"]
        if paid:
            yield RefundTold(
                external_id=str(refund.id),
                amount=sum(minor_units(one.amount, currency) for one in paid),
                at=instant(refund.created_at),
                reason=refund.note or "",
                done=all(one.status == "success" for one in paid),
            )
