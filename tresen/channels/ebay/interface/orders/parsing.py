"""From what eBay tells of an order to what it says. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tresen.channels.contract import IdentityKind, Ignored, Inbound, RawPayload, Sender, Unreadable
from tresen.channels.ebay.interface.orders.shapes import (
    Contact,
    LineItem,
    Order,
    OrderRefund,
    OrdersPage,
    ShippingFulfillment,
    ShippingFulfillments,
)
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
)
from tresen.channels.tracking import TrackingState
from tresen.channels.typed_json import instant, read_json, read_value

ORDER_ID_HEADER, CHANGED_AT_HEADER = "order-id", "changed-at"
"""What is kept beside the parcels of an order: eBay does not repeat it in them."""
_PAYMENTS = {
    "PAID": Payment.PAID,
    "PARTIALLY_REFUNDED": Payment.PART_REFUNDED,
    "FULLY_REFUNDED": Payment.REFUNDED,
}
_STATES = {"FULFILLED": OrderState.SHIPPED, "IN_PROGRESS": OrderState.PART_SHIPPED}
CANCELLED = "CANCELED"
UNDECIDED = "REQUESTED"


def parse_page(payload: RawPayload) -> Sequence[Inbound]:
    """A page of getOrders. Raises NotAsDocumented for what is no page."""
    orders = read_json(payload.body, OrdersPage).orders
    return tuple(_one(order) for order in orders or ()) or (Ignored(reason="empty_page"),)


def parse_order(payload: RawPayload) -> Sequence[Inbound]:
    """The answer of getOrder."""
    return (snapshot(read_json(payload.body, Order)),)


def parse_parcels(payload: RawPayload) -> Sequence[Inbound]:
    """The parcels of one order. Raises ValueError where nothing says of which."""
    told = read_json(payload.body, ShippingFulfillments).fulfillments or ()
    number = payload.headers.get(ORDER_ID_HEADER, "")
    if not number:
        raise ValueError("Nothing says which order these parcels are of.")
    changed_at = instant(datetime.fromisoformat(payload.headers.get(CHANGED_AT_HEADER, "")))
    return (OrderSnapshot(number=number, changed_at=changed_at, parcels=[_parcel(one) for one in told]),)


def _one(told: object) -> Inbound:
    try:
        return snapshot(read_value(told, Order))
    except ValueError as wrong:
        number = told.get("orderId", "") if isinstance(told, dict) else ""
        return Unreadable(reason="not_as_documented", subject=str(number)[:80], excerpt=str(wrong))


def snapshot(order: Order) -> OrderSnapshot:
    """The order as eBay has it. Raises ValueError for sums and times that are none."""
    total = order.pricing_summary.total
    shipping = [each.line_item_fulfillment_instructions for each in order.line_items]
    ship_by = [told.ship_by_date for told in shipping if told and told.ship_by_date]
    deliver_by = [told.max_estimated_delivery_date for told in shipping if told and told.max_estimated_delivery_date]
    ship_to = _ship_to(order)
    return OrderSnapshot(
        number=order.order_id.strip(),
        changed_at=instant(order.last_modified_date),
        state=_state(order),
        payment=_PAYMENTS.get(order.order_payment_status or "", Payment.PENDING),
        fulfilled_by=_fulfilled_by(order),
        currency=total.currency,
        total=minor_units(total.value, total.currency),
        ordered_at=instant(order.creation_date),
        ship_by=instant(min(ship_by)) if ship_by else None,
        deliver_by=instant(max(deliver_by)) if deliver_by else None,
        cancel_asked_at=_cancel_asked_at(order),
        buyer=_buyer(order, ship_to),
        ship_to=_address(ship_to) if ship_to else None,
        lines=[_line(line) for line in order.line_items],
        refunds=list(_refunds(order)),
    )


def _state(order: Order) -> OrderState:
    if order.cancel_status and order.cancel_status.cancel_state == CANCELLED:
        return OrderState.CANCELLED
    shipped = _STATES.get(order.order_fulfillment_status or "")
    if shipped:
        return shipped
    return OrderState.PENDING if order.order_payment_status in {None, "PENDING", "FAILED"} else OrderState.OPEN


def _fulfilled_by(order: Order) -> FulfilledBy:
    program = order.program.fulfillment_program if order.program else None
    return FulfilledBy.PLATFORM if program and program.fulfilled_by == "EBAY" else FulfilledBy.US


def _cancel_asked_at(order: Order) -> datetime | None:
    requests = (order.cancel_status.cancel_requests if order.cancel_status else None) or ()
    waiting = [
        one.cancel_requested_date
        for one in requests
        if (one.cancel_initiator or "").casefold() == "buyer"
        and one.cancel_request_state == UNDECIDED
        and one.cancel_requested_date
    ]
    return instant(min(waiting)) if waiting else None


def _ship_to(order: Order) -> Contact | None:
    steps = [told.shipping_step for told in order.fulfillment_start_instructions or ()]
    return next((step.ship_to for step in steps if step and step.ship_to), None)


def member(username: str, *, reply_to: str = "") -> Sender:
    """A member, by the same key as in mails."""
    return Sender(kind=IdentityKind.USERNAME, key=username.lower(), name=username, reply_to=reply_to)


def _buyer(order: Order, ship_to: Contact | None) -> Sender | None:
    name = ((order.buyer.username if order.buyer else None) or "").strip()
    registered = order.buyer.buyer_registration_address if order.buyer else None
    emails = ((contact.email or "").strip() for contact in (ship_to, registered) if contact)
    return member(name, reply_to=next(filter(None, emails), "")) if name else None


def _address(to: Contact) -> Address:
    place = to.contact_address
    if place is None:
        return Address(lines=tuple(filter(None, (to.full_name, to.company_name))))
    town = " ".join(filter(None, (place.postal_code, place.city)))
    lines = (
        *(to.full_name, to.company_name, place.address_line1, place.address_line2, town),
        *(place.state_or_province, place.country_code),
    )
    return Address(
        lines=tuple(line.strip() for line in lines if line and line.strip()),
        postcode=place.postal_code or "",
        city=place.city or "",
        region=place.state_or_province or "",
        country=(place.country_code or "").upper(),
    )


def _line(line: LineItem) -> LineTold:
    cost = line.discounted_line_item_cost or line.line_item_cost
    return LineTold(
        external_id=line.line_item_id,
        title=line.title or line.sku or line.line_item_id,
        quantity=line.quantity,
        price=minor_units(cost.value, cost.currency) // max(1, line.quantity),
        sku=line.sku or "",
        item_id=line.legacy_item_id or "",
        shipped=line.quantity if line.line_item_fulfillment_status == "FULFILLED" else 0,
    )


def refunds_told(order: Order) -> Sequence[OrderRefund]:
    """What went back or is about to. Only where the order has none of its own do the lines tell of it."""
    summary = (order.payment_summary.refunds if order.payment_summary else None) or ()
    return summary or [refund for line in order.line_items for refund in line.refunds or ()]


def _refunds(order: Order) -> Iterator[RefundTold]:
    for number, refund in enumerate(refunds_told(order), start=1):
        if refund.refund_status == "FAILED" or refund.amount is None:
            continue
        # Lines tell no state; they have a date once it was paid.
        paid = refund.refund_date is not None if refund.refund_status is None else refund.refund_status == "REFUNDED"
        yield RefundTold(
            external_id=refund.refund_id or refund.refund_reference_id or f"{order.order_id}/{number}",
            amount=minor_units(refund.amount.value, refund.amount.currency),
            at=instant(refund.refund_date or order.last_modified_date),
            done=paid,
        )


def _parcel(one: ShippingFulfillment) -> ParcelTold:
    """EBay does not tell here where a parcel is: it has been handed over."""
    return ParcelTold(
        external_id=one.fulfillment_id,
        state=TrackingState.PENDING,
        carrier=one.shipping_carrier_code or "",
        tracking=one.shipment_tracking_number or "",
        shipped_at=instant(one.shipped_date) if one.shipped_date else None,
    )
