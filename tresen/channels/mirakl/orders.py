"""From orders, returns and offers of Mirakl's interface to what they say. Pure."""

from collections.abc import Iterator
from datetime import datetime

from tresen.channels.countries import two_letters
from tresen.channels.mirakl.shapes import Address as MiraklAddress
from tresen.channels.mirakl.shapes import MiraklOrder, MiraklReturn, Offer, OrderLine
from tresen.channels.money import minor_units
from tresen.channels.order_news import (
    Address,
    FulfilledBy,
    LineTold,
    OrderSnapshot,
    OrderState,
    ParcelTold,
    Payment,
    RefundTold,
    ReturnItem,
    ReturnNotice,
    ReturnState,
    StockNotice,
)
from tresen.channels.senders import IdentityKind, Sender
from tresen.channels.tracking import TrackingState
from tresen.channels.typed_json import instant

_STATES = {
    "STAGING": OrderState.PENDING,
    "WAITING_ACCEPTANCE": OrderState.PENDING,
    "WAITING_DEBIT": OrderState.PENDING,
    "WAITING_DEBIT_PAYMENT": OrderState.PENDING,
    "SHIPPING": OrderState.OPEN,
    "SHIPPED": OrderState.SHIPPED,
    "TO_COLLECT": OrderState.SHIPPED,
    "RECEIVED": OrderState.DELIVERED,
    "CLOSED": OrderState.DELIVERED,
    "REFUSED": OrderState.CANCELLED,
    "CANCELED": OrderState.CANCELLED,
}
_RETURNS = {
    "WAITING_ACCEPTANCE": ReturnState.REQUESTED,
    "IN_PROGRESS": ReturnState.AUTHORISED,
    "REFUSED": ReturnState.REFUSED,
    "RECEIVED": ReturnState.RECEIVED,
    "NO_RECEPTION": ReturnState.CLOSED,
    "CLOSED": ReturnState.CLOSED,
    "CANCELED": ReturnState.CLOSED,
}
_SENT = frozenset({"SHIPPED", "TO_COLLECT", "RECEIVED", "CLOSED", "INCIDENT_OPEN", "REFUNDED"})
"""States of lines that had been handed over."""
_PARCELS = {
    "SHIPPED": TrackingState.IN_TRANSIT,
    "TO_COLLECT": TrackingState.OUT_FOR_DELIVERY,
    "RECEIVED": TrackingState.DELIVERED,
    "CLOSED": TrackingState.DELIVERED,
}
_OVER = frozenset({"CANCELED", "REFUSED"})
OWN_CENTER = "DEFAULT"


def snapshot(order: MiraklOrder, *, operator: str) -> OrderSnapshot:
    """The order as OR11 has it. Raises ValueError for sums and times that are none, and for states we do not know."""
    if order.order_state not in _STATES:
        raise ValueError(f"{order.order_id}: its state “{order.order_state}” is not known.")
    deadline = order.shipping_deadline
    latest = order.delivery_date.latest if order.delivery_date else None
    return OrderSnapshot(
        number=order.order_id,
        changed_at=instant(order.last_updated_date),
        state=_STATES[order.order_state],
        payment=_payment(order),
        fulfilled_by=_fulfilled_by(order),
        currency=order.currency_iso_code,
        total=minor_units(order.total_price, order.currency_iso_code),
        ordered_at=instant(order.created_date),
        ship_by=instant(deadline) if deadline else None,
        deliver_by=instant(latest) if latest else None,
        buyer=_buyer(order, operator),
        ship_to=_address(order.customer.shipping_address) if order.customer.shipping_address else None,
        lines=[_line(line, order.currency_iso_code) for line in order.order_lines],
        parcels=list(_parcels(order)),
        refunds=list(_refunds(order)),
    )


def customer_key(operator: str, customer_id: str) -> str:
    """How a buyer is known: by his number at one operator."""
    return f"{operator}/{customer_id}"


def return_notice(told: MiraklReturn) -> ReturnNotice:
    """The return as RT11 has it. Raises ValueError for a state we do not know."""
    if told.state not in _RETURNS:
        raise ValueError(f"{told.id}: its state “{told.state}” is not known.")
    return ReturnNotice(
        external_id=told.id,
        order_number=told.order_id,
        changed_at=instant(told.last_updated),
        state=_RETURNS[told.state],
        requested_at=instant(told.date_created),
        reason=told.reason_code or "",
        comment=told.description or "",
        carrier=(told.tracking.carrier_name if told.tracking else None) or "",
        tracking=(told.tracking.tracking_number if told.tracking else None) or "",
        received_at=instant(told.last_updated) if told.state == "RECEIVED" else None,
        items=[ReturnItem(title=f"Line {line.order_line_id}", quantity=line.quantity) for line in told.return_lines],
    )


def stock_notice(offer: Offer, *, at: datetime) -> StockNotice:
    """How much of an offer there was at that time."""
    return StockNotice(
        sku=offer.shop_sku,
        at=at,
        available=offer.quantity,
        item_id=offer.product_sku or "",
        title=offer.product_title or "",
    )


def _payment(order: MiraklOrder) -> Payment:
    refunded = sum((refund.amount or 0) for line in order.order_lines for refund in line.refunds)
    if order.order_lines and all(line.order_line_state == "REFUNDED" for line in order.order_lines):
        return Payment.REFUNDED
    if refunded:
        return Payment.PART_REFUNDED
    return Payment.PAID if order.customer_debited_date else Payment.PENDING


def _fulfilled_by(order: MiraklOrder) -> FulfilledBy:
    center = order.fulfillment.center if order.fulfillment else None
    ours = center is None or (center.code or OWN_CENTER) == OWN_CENTER
    return FulfilledBy.US if ours else FulfilledBy.PLATFORM


def _buyer(order: MiraklOrder, operator: str) -> Sender:
    name = " ".join(part.strip() for part in (order.customer.firstname, order.customer.lastname) if part)
    return Sender(
        kind=IdentityKind.USERNAME,
        key=customer_key(operator, order.customer.customer_id),
        name=name,
        reply_to=order.customer_notification_email or "",
    )


def _address(to: MiraklAddress) -> Address:
    name = " ".join(part.strip() for part in (to.firstname, to.lastname) if part)
    place = " ".join(part for part in (to.zip_code, to.city) if part)
    lines = (name, to.company, to.street_1, to.street_2, place, to.state, to.country)
    return Address(
        lines=tuple(line.strip() for line in lines if line and line.strip()),
        postcode=to.zip_code or "",
        city=to.city or "",
        region=to.state or "",
        country=two_letters(to.country_iso_code or ""),
    )


def _line(line: OrderLine, currency: str) -> LineTold:
    cancelled = sum(one.quantity or 0 for one in line.cancelations)
    gone = line.order_line_state in _OVER
    pictures = [media.media_url for media in line.product_medias if media.media_url]
    each = line.price_unit if line.price_unit is not None else line.price / max(line.quantity, 1)
    return LineTold(
        external_id=line.order_line_id,
        title=line.product_title,
        # Mirakl tells what is left of a line after cancellations.
        quantity=line.quantity if gone else line.quantity + cancelled,
        price=minor_units(each, currency),
        sku=line.offer_sku or "",
        item_id=line.product_sku or "",
        offer_id=str(line.offer_id or ""),
        picture=pictures[0] if pictures else "",
        shipped=line.quantity if line.order_line_state in _SENT else 0,
        cancelled=line.quantity if gone else cancelled,
    )


def _parcels(order: MiraklOrder) -> Iterator[ParcelTold]:
    """OR11 knows one parcel and says of it no more than the order's state.

    Of an order that is over without a parcel, a number that was told before is no parcel.
    """
    state = _PARCELS.get(order.order_state)
    if state is None and (not order.shipping_tracking or order.order_state in _OVER):
        return
    yield ParcelTold(
        external_id=order.order_id,
        state=state or TrackingState.PENDING,
        said=order.order_state,
        carrier=order.shipping_company or "",
        tracking=order.shipping_tracking or "",
        tracking_address=order.shipping_tracking_url or "",
    )


def _refunds(order: MiraklOrder) -> Iterator[RefundTold]:
    for line in order.order_lines:
        for refund in line.refunds:
            amount = (refund.amount or 0) + (refund.shipping_amount or 0)
            yield RefundTold(
                external_id=refund.id,
                amount=minor_units(amount, order.currency_iso_code),
                at=instant(refund.created_date),
                reason=refund.reason_code or "",
                done=refund.state == "REFUNDED",
            )
