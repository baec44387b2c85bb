"""From OTTO's orders, parcels and receipts to what they say. Pure."""

from collections.abc import Sequence
from datetime import datetime

from tresen.channels.countries import two_letters
from tresen.channels.money import minor_units
from tresen.channels.order_news import (
    Address,
    DocumentKind,
    DocumentTold,
    FulfilledBy,
    LineTold,
    OrderSnapshot,
    OrderState,
    ParcelTold,
    RefundTold,
)
from tresen.channels.otto.addresses import is_alias
from tresen.channels.otto.interface import shapes
from tresen.channels.otto.interface.other_shapes import Receipt, Shipment
from tresen.channels.otto.interface.shapes import OttoOrder, PositionItem
from tresen.channels.senders import IdentityKind, Sender
from tresen.channels.tracking import TrackingState, tracking_state
from tresen.channels.typed_json import instant

ANNOUNCED, PROCESSABLE, RETURNED = "ANNOUNCED", "PROCESSABLE", "RETURNED"
CANCELLED = frozenset({"CANCELLED_BY_PARTNER", "CANCELLED_BY_MARKETPLACE"})
GONE_OUT = frozenset({"SENT", RETURNED})
_KNOWN = frozenset({ANNOUNCED, PROCESSABLE}) | GONE_OUT | CANCELLED
_PAID_BACK = frozenset({"REFUND", "PARTIAL_REFUND"})
DOCUMENTS = {
    "PURCHASE": DocumentKind.INVOICE,
    "REFUND": DocumentKind.CREDIT_NOTE,
    "PARTIAL_REFUND": DocumentKind.PART_CREDIT_NOTE,
}
"""What receipts are, by OTTO's word for each; of another kind nothing is shown."""


def snapshot(order: OttoOrder) -> OrderSnapshot:
    """The order by its pieces. Raises ValueError for states we do not know, and for an order of nothing."""
    items = order.position_items
    if not items:
        raise ValueError(f"{order.order_number} has no pieces.")
    unknown = next((one.fulfillment_status for one in items if one.fulfillment_status not in _KNOWN), None)
    if unknown is not None:
        raise ValueError(f"{order.order_number}: its state “{unknown}” is not known.")
    live = [one for one in items if one.fulfillment_status not in CANCELLED]
    currency = items[0].item_value_gross_price.currency
    expected = [one.expected_delivery_date for one in live if one.expected_delivery_date]
    return OrderSnapshot(
        number=order.order_number,
        external_id=order.sales_order_id,
        changed_at=changed_at(order),
        state=_state([one.fulfillment_status for one in live]),
        fulfilled_by=FulfilledBy.US,
        currency=currency,
        total=_total(order, live or items, currency),
        ordered_at=instant(order.order_date),
        deliver_by=min(map(instant, expected)) if expected else None,
        buyer=_buyer(order),
        ship_to=_address(order.delivery_address) if order.delivery_address else None,
        lines=[_line(one, currency) for one in items],
    )


def changed_at(order: OttoOrder) -> datetime:
    """When the order last changed; not all orders tell it, and all tell when their state did."""
    told = (order.last_modified_date, order.order_lifecycle_information.lifecycle_change_date)
    return max(instant(at) for at in told if at is not None)


def has_left(order: OttoOrder) -> bool:
    """Whether there are parcels to follow, and receipts."""
    return any(one.fulfillment_status in GONE_OUT for one in order.position_items)


def parcels_snapshot(shipments: Sequence[Shipment], number: str, *, at: datetime) -> OrderSnapshot:
    """All parcels of an order, as it stood then. Raises ValueError for states we do not know."""
    return OrderSnapshot(number=number, changed_at=at, parcels=[_parcel(one) for one in shipments])


def receipts_snapshot(receipts: Sequence[Receipt], number: str, *, at: datetime) -> OrderSnapshot:
    """All that went back of an order, by its receipts, as it stood then; and what of them can be opened."""
    back = [one for one in receipts if one.receipt_type in _PAID_BACK]
    return OrderSnapshot(
        number=number,
        changed_at=at,
        refunds=[_refund(one) for one in back],
        documents=[_document(one) for one in receipts if one.receipt_type in DOCUMENTS],
    )


def _state(live: Sequence[str]) -> OrderState:
    """How far the pieces are that are not cancelled. One that waits for the buyer's payment holds the others."""
    for state, of_all in (
        (OrderState.CANCELLED, not live),
        (OrderState.RETURNED, {RETURNED}.issuperset(live)),
        (OrderState.SHIPPED, GONE_OUT.issuperset(live)),
        (OrderState.PART_SHIPPED, not GONE_OUT.isdisjoint(live)),
        (OrderState.PENDING, ANNOUNCED in live),
    ):
        if of_all:
            return state
    return OrderState.OPEN


def _total(order: OttoOrder, items: Sequence[PositionItem], currency: str) -> int:
    """What the buyer pays: the pieces that are not cancelled at their reduced price, and what sending costs."""
    fees = sum(minor_units(one.delivery_fee_amount.amount, currency) for one in order.initial_delivery_fees)
    return sum(price(one, currency) for one in items) + fees


def price(item: PositionItem, currency: str) -> int:
    """What the buyer pays for a piece."""
    return minor_units((item.item_value_reduced_gross_price or item.item_value_gross_price).amount, currency)


def _buyer(order: OttoOrder) -> Sender | None:
    """Known by the alias of the invoice's address, as in mails. The plain address of a delivery is not for support."""
    to = order.invoice_address
    email = ((to.email if to else None) or "").strip()
    if to is None or not is_alias(email):
        return None
    return Sender(kind=IdentityKind.RELAY, key=email.lower(), name=_name(to), reply_to=email)


def _name(of: shapes.Address) -> str:
    return " ".join(part.strip() for part in (of.first_name, of.last_name) if part and part.strip())


def _address(to: shapes.Address) -> Address:
    lines = (
        _name(to),
        to.addition,
        f"{to.street or ''} {to.house_number or ''}",
        f"{to.zip_code or ''} {to.city or ''}",
        to.country_code,
    )
    return Address(
        lines=tuple(line.strip() for line in lines if line and line.strip()),
        postcode=to.zip_code or "",
        city=to.city or "",
        country=two_letters(to.country_code or ""),
    )


def _line(item: PositionItem, currency: str) -> LineTold:
    return LineTold(
        external_id=item.position_item_id,
        title=item.product.product_title,
        quantity=1,
        price=price(item, currency),
        sku=item.product.sku,
        item_id=item.product.article_number or "",
        shipped=1 if item.fulfillment_status in GONE_OUT else 0,
        cancelled=1 if item.fulfillment_status in CANCELLED else 0,
    )


def _parcel(told: Shipment) -> ParcelTold:
    key = told.tracking_key
    newest = max(told.states, key=lambda one: instant(one.occurred_on), default=None)
    said = newest.state if newest else "SENT"
    state = tracking_state("otto", said)
    if state is None:
        raise ValueError(f"{told.shipment_id}: its state “{said}” is not known.")
    seen = instant(newest.occurred_on) if newest else None
    return ParcelTold(
        external_id=told.shipment_id,
        state=state,
        said=said,
        carrier=(key.carrier if key else None) or "",
        tracking=(key.tracking_number if key else None) or "",
        shipped_at=instant(told.ship_date) if told.ship_date else None,
        delivered_at=seen if state is TrackingState.DELIVERED else None,
        last_scan_at=seen,
    )


def _document(told: Receipt) -> DocumentTold:
    return DocumentTold(
        external_id=told.receipt_number,
        kind=DOCUMENTS[told.receipt_type],
        at=instant(told.creation_date),
        amount=_gross(told),
    )


def _gross(told: Receipt) -> int:
    """Its gross sum; whether it is told with a minus is not documented."""
    totals = [told.totals_gross_amount] if told.totals_gross_amount else [one.gross for one in told.totals]
    return abs(sum(minor_units(one.amount, one.currency) for one in totals))


def _refund(told: Receipt) -> RefundTold:
    return RefundTold(
        external_id=told.receipt_number,
        amount=_gross(told),
        at=instant(told.creation_date),
        reason=told.partial_refund_type or told.refund_type or "",
    )
