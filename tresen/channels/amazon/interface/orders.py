"""From an order of the Orders API to what it says. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from tresen.channels.amazon.addresses import buyer_key, identity_kind, is_buyer
from tresen.channels.amazon.interface.order_reading import ORDER, ORDERS
from tresen.channels.amazon.interface.order_shapes import DeliveryAddress, Fulfilment, Order, OrderItem, Package
from tresen.channels.contract import Inbound, RawPayload, Unreadable
from tresen.channels.money import minor_units
from tresen.channels.order_news import (
    Address,
    FulfilledBy,
    LineTold,
    OrderSnapshot,
    OrderState,
    ParcelTold,
    Payment,
)
from tresen.channels.senders import Sender
from tresen.channels.tracking import TrackingState, tracking_state
from tresen.channels.typed_json import NotAsDocumented, instant, read_json, read_value

_STATES = {
    "PENDING_AVAILABILITY": OrderState.PENDING,
    "PENDING": OrderState.PENDING,
    "UNSHIPPED": OrderState.OPEN,
    "PARTIALLY_SHIPPED": OrderState.PART_SHIPPED,
    "SHIPPED": OrderState.SHIPPED,
    "CANCELLED": OrderState.CANCELLED,
    # Amazon can't send it from its warehouse; nothing may be shipped.
    "UNFULFILLABLE": OrderState.PENDING,
}
_FULFILLED_BY = {"AMAZON": FulfilledBy.PLATFORM, "MERCHANT": FulfilledBy.US}
_OVER = frozenset({OrderState.CANCELLED, OrderState.SHIPPED, OrderState.DELIVERED})
_NO_PACKAGE = frozenset({"CANCELLED", "LABEL_CANCELLED"})


class SearchAnswer(msgspec.Struct, frozen=True):
    """A page; its orders are read one by one, so that one that is odd costs no other."""

    orders: list[object]


class OrderAnswer(msgspec.Struct, frozen=True):
    """One order."""

    order: object


def parse_orders(payload: RawPayload) -> Sequence[Inbound]:
    """The orders of a page, or the one that was asked for."""
    try:
        if payload.about == ORDER:
            return (_read(read_json(payload.body, OrderAnswer).order),)
        found = tuple(_read(one) for one in read_json(payload.body, SearchAnswer).orders)
    except NotAsDocumented as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)
    return found


def _read(told: object) -> OrderSnapshot | Unreadable:
    try:
        return snapshot(read_value(told, Order))
    except ValueError as wrong:
        number = told.get("orderId") if isinstance(told, dict) else ""
        return Unreadable(reason="not_as_documented", subject=f"{ORDERS} {number}"[:80], excerpt=str(wrong))


def snapshot(order: Order) -> OrderSnapshot:
    """The order as Amazon has it. Raises ValueError for sums and times that are none."""
    how = order.fulfillment
    parcels = None if order.packages is None else list(_parcels(order.packages))
    state = _state(how, parcels or ())
    currency = _currency(order)
    total = order.proceeds.grand_total if order.proceeds else None
    if not order.order_id.strip():
        raise ValueError("The order has no number.")
    return OrderSnapshot(
        number=order.order_id.strip(),
        changed_at=instant(order.last_updated_time),
        state=state,
        payment=_payment(state),
        fulfilled_by=_FULFILLED_BY.get(how.fulfilled_by or "") if how else None,
        currency=currency,
        total=minor_units(total.amount, total.currency_code) if total else None,
        ordered_at=instant(order.created_time),
        ship_by=_latest(how, "ship_by_window"),
        deliver_by=_latest(how, "deliver_by_window"),
        cancel_asked_at=instant(order.last_updated_time) if _asked_to_cancel(order, state) else None,
        buyer=_buyer(order),
        ship_to=_address(order.recipient.delivery_address)
        if order.recipient and order.recipient.delivery_address
        else None,
        lines=[_line(item, state) for item in order.order_items],
        parcels=parcels,
    )


def _state(how: Fulfilment | None, parcels: Sequence[ParcelTold]) -> OrderState | None:
    state = _STATES.get(how.fulfillment_status) if how else None
    if state is OrderState.SHIPPED and parcels:
        if all(one.state is TrackingState.DELIVERED for one in parcels):
            return OrderState.DELIVERED
        if all(one.state is TrackingState.RETURNED for one in parcels):
            return OrderState.RETURNED
    return state


def _payment(state: OrderState | None) -> Payment | None:
    """Amazon takes the money before it lets an order be shipped; what went back it does not tell here."""
    if state is None or state is OrderState.CANCELLED:
        return None
    return Payment.PENDING if state is OrderState.PENDING else Payment.PAID


def _latest(how: Fulfilment | None, window: str) -> datetime | None:
    span = getattr(how, window) if how else None
    return instant(span.latest_date_time) if span and span.latest_date_time else None


def _asked_to_cancel(order: Order, state: OrderState | None) -> bool:
    """Amazon names no time for it; the order's last change is the nearest there is."""
    if state in _OVER:
        return False
    said = [item.cancellation for item in order.order_items if item.cancellation]
    return any(
        one.cancellation_request and one.cancellation_request.requester == "BUYER" and not one.cancellation_execution
        for one in said
    )


def _buyer(order: Order) -> Sender | None:
    """The buyer by his alias, as his mails give it. Amazon names none for what it ships itself."""
    email = ((order.buyer.buyer_email if order.buyer else None) or "").strip()
    if not is_buyer(email):
        return None
    name = (order.buyer.buyer_name if order.buyer else None) or ""
    return Sender(kind=identity_kind(email), key=buyer_key(email), name=name.strip(), reply_to=email)


def _address(to: DeliveryAddress) -> Address:
    place = " ".join(part.strip() for part in (to.postal_code, to.city) if part and part.strip())
    lines = (
        *(to.name, to.company_name, to.address_line1, to.address_line2, to.address_line3),
        *(place, to.state_or_region, to.country_code),
    )
    return Address(
        lines=tuple(line.strip() for line in lines if line and line.strip()),
        postcode=to.postal_code or "",
        city=to.city or "",
        region=to.state_or_region or "",
        country=(to.country_code or "").upper(),
    )


def _currency(order: Order) -> str | None:
    if order.proceeds and order.proceeds.grand_total:
        return order.proceeds.grand_total.currency_code
    prices = [item.product.price.unit_price for item in order.order_items if item.product.price]
    return next((price.currency_code for price in prices if price), None)


def _line(item: OrderItem, state: OrderState | None) -> LineTold:
    product, done = item.product, item.fulfillment
    price = product.price.unit_price if product.price else None
    shipped = max(0, (done.quantity_fulfilled or 0) if done else 0)
    left = (done.quantity_unfulfilled or 0) if done else item.quantity_ordered
    cancelled = state is OrderState.CANCELLED or bool(item.cancellation and item.cancellation.cancellation_execution)
    if state is OrderState.CANCELLED:
        left = 0
    return LineTold(
        external_id=item.order_item_id,
        title=product.title or product.seller_sku or product.asin or item.order_item_id,
        quantity=item.quantity_ordered,
        price=minor_units(price.amount, price.currency_code) if price else 0,
        sku=product.seller_sku or "",
        item_id=product.asin or "",
        shipped=shipped,
        cancelled=max(0, item.quantity_ordered - shipped - left) if cancelled else 0,
    )


def _parcels(packages: Sequence[Package]) -> Iterator[ParcelTold]:
    for one in packages:
        status = one.package_status
        said = ((status.detailed_status or status.status) if status else "") or ""
        if said in _NO_PACKAGE or (status and status.status in _NO_PACKAGE):
            continue
        known = tracking_state("amazon_package", said) or tracking_state(
            "amazon_package", status.status if status else ""
        )
        shipped_at = one.ship_time or one.created_time
        yield ParcelTold(
            external_id=one.package_reference_id,
            state=known or TrackingState.PENDING,
            said=said,
            carrier=one.carrier or "",
            tracking=one.tracking_number or "",
            shipped_at=instant(shipped_at) if shipped_at else None,
        )
