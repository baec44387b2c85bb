"""From an order as WooCommerce tells it to what it says. Pure."""

import html
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tresen.channels.inbound import (
    Ignored,
    Inbound,
    InboundMessage,
    RawPayload,
    ReplyBy,
    ThreadKey,
    ThreadKeyKind,
)
from tresen.channels.money import minor_units
from tresen.channels.order_news import Address, LineTold, OrderSnapshot, OrderState, Payment, RefundTold
from tresen.channels.senders import IdentityKind, Sender
from tresen.channels.typed_json import instant
from tresen.channels.woocommerce.shapes import LineItem, Shipping, WooOrder, WooRefund

REMARKS_FOR = timedelta(days=14)
"""An older order's remark is history by the time it is first told: nobody waits for an answer to it."""
_STATES = {
    "pending": OrderState.PENDING,
    "on-hold": OrderState.PENDING,
    "failed": OrderState.PENDING,
    "processing": OrderState.OPEN,
    "completed": OrderState.SHIPPED,
    "cancelled": OrderState.CANCELLED,
    "trash": OrderState.CANCELLED,
}
DRAFTS = frozenset({"auto-draft", "checkout-draft", "draft"})
"""Not ordered yet."""


def told_by(order: WooOrder, payload: RawPayload) -> Iterator[Inbound]:
    """The order as it stands, and what the buyer remarked when he ordered. Raises ValueError for sums that are none."""
    if order.status in DRAFTS:
        yield Ignored(reason="order_draft")
        return
    yield snapshot(order)
    if (order.customer_note or "").strip() and _is_news(order, payload):
        yield _remark(order, payload)


def snapshot(order: WooOrder) -> OrderSnapshot:
    """The order. When money went back is not told with it, so refunds are read beside it."""
    return OrderSnapshot(
        number=number_of(order),
        external_id=str(order.id),
        changed_at=instant(order.date_modified_gmt),
        state=_state(order),
        payment=_payment(order),
        currency=order.currency,
        total=minor_units(order.total, order.currency),
        ordered_at=instant(order.date_created_gmt),
        buyer=_buyer(order),
        ship_to=_address(order.shipping) if order.shipping else None,
        lines=list(_lines(order)),
        refunds=None if order.refunds else [],
    )


def refunded(refunds: Sequence[WooRefund], *, number: str, currency: str, changed_at: datetime) -> OrderSnapshot:
    """All that went back of an order."""
    return OrderSnapshot(
        number=number,
        changed_at=changed_at,
        refunds=[
            RefundTold(
                external_id=str(one.id),
                amount=minor_units(one.amount, currency),
                at=instant(one.date_created_gmt),
                reason=one.reason or "",
            )
            for one in refunds
        ],
    )


def number_of(order: WooOrder) -> str:
    """As mails and pages of the shop write it, which is not always the id."""
    return f"#{order.number.strip().lstrip('#')}"


def gross(line: LineItem, currency: str) -> int:
    """What the buyer paid for all pieces of a line, with taxes."""
    return minor_units(line.total, currency) + minor_units(line.total_tax, currency)


def _state(order: WooOrder) -> OrderState | None:
    """All money back ends an order, whether the goods had left or not. A status of a plugin's own says nothing here."""
    if order.status == "refunded":
        return OrderState.SHIPPED if order.date_completed_gmt else OrderState.CANCELLED
    return _STATES.get(order.status)


def _payment(order: WooOrder) -> Payment:
    if order.status == "refunded":
        return Payment.REFUNDED
    if order.refunds:
        back = sum(abs(minor_units(one.total, order.currency)) for one in order.refunds)
        return Payment.REFUNDED if back >= minor_units(order.total, order.currency) else Payment.PART_REFUNDED
    return Payment.PAID if order.date_paid_gmt else Payment.PENDING


def _buyer(order: WooOrder) -> Sender | None:
    """Guests have no number; all are known by the address that they ordered with."""
    billing = order.billing
    email = ((billing.email if billing else None) or "").strip()
    if billing is None or "@" not in email:
        return None
    name = " ".join(part.strip() for part in (billing.first_name, billing.last_name) if part and part.strip())
    return Sender(kind=IdentityKind.EMAIL, key=email.lower(), name=name, reply_to=email)


def _address(to: Shipping) -> Address | None:
    name = " ".join(part for part in (to.first_name, to.last_name) if part)
    place = " ".join(part for part in (to.postcode, to.city) if part)
    lines = (name, to.company, to.address_1, to.address_2, place, to.state, to.country)
    kept = tuple(line.strip() for line in lines if line and line.strip())
    if not kept:
        return None
    return Address(
        lines=kept,
        postcode=to.postcode or "",
        city=to.city or "",
        region=to.state or "",
        country=(to.country or "").upper()[:2],
    )


def _lines(order: WooOrder) -> Iterator[LineTold]:
    state = _state(order)
    for line in order.line_items:
        pieces = max(line.quantity, 0)
        yield LineTold(
            external_id=str(line.id),
            title=html.unescape(line.name) or line.sku or str(line.id),
            quantity=pieces,
            price=round(gross(line, order.currency) / pieces) if pieces else 0,
            sku=line.sku or "",
            item_id=str(line.product_id or ""),
            picture=(line.image.src or "") if line.image else "",
            shipped=pieces if state is OrderState.SHIPPED else 0,
            cancelled=pieces if state is OrderState.CANCELLED else 0,
        )


def _is_news(order: WooOrder, payload: RawPayload) -> bool:
    return instant(payload.received_at) - instant(order.date_created_gmt) <= REMARKS_FOR


def _remark(order: WooOrder, payload: RawPayload) -> InboundMessage:
    """The buyer's own words at the checkout; a note to the order answers them."""
    text, number = (order.customer_note or "").strip(), number_of(order)
    return InboundMessage(
        external_id=f"remark/{order.id}",
        sender=_buyer(order) or Sender(kind=IdentityKind.SHARED, key="guest"),
        occurred_at=min(instant(order.date_created_gmt), payload.recorded_at),
        subject=number,
        text=text,
        full_text=text,
        reply_by=ReplyBy.THREAD,
        thread_keys=thread_keys(str(order.id), number),
        order_ids=(number,),
    )


def thread_keys(order: str, number: str) -> tuple[ThreadKey, ...]:
    """What is said about an order by its notes is one conversation, known by the order's id."""
    return (
        ThreadKey(kind=ThreadKeyKind.THREAD, value=order),
        ThreadKey(kind=ThreadKeyKind.ORDER, value=number),
    )
