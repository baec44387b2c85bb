"""From TikTok Shop's orders, returns, cancellations and stock to what they say. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from tresen.channels.cases import CaseKind, CaseNews, CaseStep
from tresen.channels.countries import two_letters
from tresen.channels.inbound import NoticeKind, PlatformNotice, RawPayload
from tresen.channels.money import minor_units
from tresen.channels.order_news import (
    Address,
    FulfilledBy,
    LineTold,
    OrderSnapshot,
    OrderState,
    ParcelTold,
    Payment,
    StockNotice,
)
from tresen.channels.senders import IdentityKind, Sender
from tresen.channels.tiktok_shop.asking import maybe, moment
from tresen.channels.tiktok_shop.order_shapes import Cancellation, LineItem, Recipient, Stocked, TikTokOrder
from tresen.channels.tracking import TrackingState, tracking_state

_STATES = {
    "UNPAID": OrderState.PENDING,
    "ON_HOLD": OrderState.PENDING,
    "AWAITING_SHIPMENT": OrderState.OPEN,
    "PARTIALLY_SHIPPING": OrderState.PART_SHIPPED,
    # Its label is made, and nobody has come for it yet.
    "AWAITING_COLLECTION": OrderState.OPEN,
    "IN_TRANSIT": OrderState.SHIPPED,
    "DELIVERED": OrderState.DELIVERED,
    "COMPLETED": OrderState.DELIVERED,
    "CANCELLED": OrderState.CANCELLED,
    "CANCEL": OrderState.CANCELLED,
}
_OUT = frozenset({"IN_TRANSIT", "DELIVERED", "COMPLETED"})
CANCELLED = frozenset({"CANCELLED", "CANCEL"})
SELLER = "FULFILLMENT_BY_SELLER"
PENDING = "CANCELLATION_REQUEST_PENDING"
REFUSED = frozenset({"CANCELLATION_REQUEST_CANCEL", "CANCELLATION_REQUEST_CANCELLED"})
"""Refused by the seller, or taken back by the buyer: TikTok Shop does not tell which."""


def snapshot(order: TikTokOrder) -> OrderSnapshot:
    """The order. Raises ValueError for a state we do not know."""
    if order.status not in _STATES:
        raise ValueError(f"{order.id}: its state “{order.status}” is not known.")
    currency = order.payment.currency or next((line.currency for line in order.line_items if line.currency), "")
    return OrderSnapshot(
        number=order.id,
        changed_at=moment(order.update_time),
        state=_STATES[order.status],
        payment=_payment(order),
        fulfilled_by=_fulfilled_by(order),
        currency=currency or None,
        total=minor_units(order.payment.total_amount, currency) if order.payment.total_amount and currency else None,
        ordered_at=maybe(order.create_time),
        ship_by=maybe(order.rts_sla_time),
        deliver_by=maybe(order.delivery_sla_time),
        cancel_asked_at=maybe(order.request_cancel_time) if order.is_buyer_request_cancel else None,
        buyer=_buyer(order),
        ship_to=_address(order.recipient_address),
        lines=[_line(line, currency) for line in order.line_items],
        parcels=list(_parcels(order)),
    )


def _payment(order: TikTokOrder) -> Payment | None:
    if order.paid_time:
        return Payment.PAID
    return Payment.PENDING if order.status == "UNPAID" else None


def _fulfilled_by(order: TikTokOrder) -> FulfilledBy | None:
    if not order.fulfillment_type:
        return None
    return FulfilledBy.US if order.fulfillment_type == SELLER else FulfilledBy.PLATFORM


def _buyer(order: TikTokOrder) -> Sender | None:
    """By his number in orders: it is another than in chats."""
    if not order.user_id:
        return None
    name = order.recipient_address.name.strip() or order.buyer_nickname.strip()
    return Sender(kind=IdentityKind.USERNAME, key=order.user_id, name=name)


def _address(to: Recipient) -> Address | None:
    parts = (to.address_line1, to.address_line2, to.address_line3, to.address_line4)
    streets = [part.strip() for part in parts if part.strip()] or [to.address_detail.strip()]
    districts = [place.address_name.strip() for place in to.district_info if place.address_name.strip()]
    city = to.post_town.strip() or _named(to, "city")
    lines = [to.name.strip(), *streets, f"{to.postal_code} {city or ' '.join(districts[1:])}".strip(), to.region_code]
    lines = [line for line in lines if line]
    if len(lines) <= 1 and to.full_address.strip():
        lines = [to.name.strip(), to.full_address.strip()]
    if not lines:
        return None
    return Address(
        lines=tuple(filter(None, lines)),
        postcode=to.postal_code.strip(),
        city=city,
        region=_named(to, "state") or _named(to, "province"),
        country=two_letters(to.region_code.strip()),
    )


def _named(to: Recipient, level: str) -> str:
    found = (one.address_name for one in to.district_info if one.address_level_name.casefold() == level)
    return next(found, "").strip()


def _line(line: LineItem, currency: str) -> LineTold:
    return LineTold(
        external_id=line.id,
        title=" – ".join(filter(None, (line.product_name.strip(), line.sku_name.strip()))) or line.id,
        quantity=1,
        price=minor_units(line.sale_price or "0", line.currency or currency) if line.currency or currency else 0,
        sku=line.seller_sku.strip(),
        item_id=line.product_id,
        offer_id=line.sku_id,
        picture=line.sku_image,
        shipped=1 if line.display_status in _OUT else 0,
        cancelled=1 if line.display_status in CANCELLED else 0,
    )


def _parcels(order: TikTokOrder) -> Iterator[ParcelTold]:
    """Parcels that have a number; pieces in one of them name the same."""
    told: dict[str, LineItem] = {}
    for line in order.line_items:
        if line.tracking_number.strip() and line.package_id.strip():
            told.setdefault(line.package_id.strip(), line)
    for number, line in told.items():
        state = tracking_state("tiktok_shop", line.package_status) or TrackingState.PENDING
        if line.package_status in CANCELLED:
            continue
        yield ParcelTold(
            external_id=number,
            state=state,
            said=line.package_status,
            carrier=line.shipping_provider_name.strip(),
            tracking=line.tracking_number.strip(),
            shipped_at=maybe(line.rts_time),
            delivered_at=maybe(order.delivery_time) if state is TrackingState.DELIVERED else None,
        )


_CASES: Mapping[str, tuple[CaseStep, NoticeKind]] = {
    PENDING: (CaseStep.OPENED, NoticeKind.CANCELLATION_REQUESTED),
    "CANCELLATION_REQUEST_SUCCESS": (CaseStep.CLOSED, NoticeKind.CANCELLED),
    "CANCELLATION_REQUEST_COMPLETE": (CaseStep.CLOSED, NoticeKind.CANCELLED),
    "CANCELLATION_REQUEST_CANCEL": (CaseStep.CLOSED, NoticeKind.CASE_CLOSED),
    "CANCELLATION_REQUEST_CANCELLED": (CaseStep.CLOSED, NoticeKind.CASE_CLOSED),
}


def cancellation_notice(told: Cancellation, payload: RawPayload) -> PlatformNotice | None:
    """What a buyer asked for, and how it went on; None of what we, or TikTok Shop, cancelled ourselves.

    Raises ValueError for a state we do not know.
    """
    if told.cancel_status not in _CASES:
        raise ValueError(f"{told.cancel_id}: its state “{told.cancel_status}” is not known.")
    if told.role != "BUYER":
        return None
    step, kind = _CASES[told.cancel_status]
    at = moment(told.create_time if step is CaseStep.OPENED else told.update_time or told.create_time)
    reason = told.cancel_reason_text.strip() or told.cancel_reason.replace("_", " ")
    return PlatformNotice(
        external_id=f"cancellation/{told.cancel_id}/{told.cancel_status}",
        kind=kind,
        occurred_at=min(at, payload.recorded_at),
        subject=reason,
        text=reason,
        order_ids=(told.order_id,),
        case=CaseNews(step=step, kind=CaseKind.CANCELLATION, external_id=told.cancel_id, outcome=_outcome(step, told)),
    )


def _outcome(step: CaseStep, told: Cancellation) -> str:
    return "" if step is CaseStep.OPENED else told.cancel_status.removeprefix("CANCELLATION_REQUEST_").lower()


def stock_notices(told: Stocked, titles: Mapping[str, str], *, at: datetime) -> Sequence[StockNotice]:
    """How much there was of a product's offers at that time; one without a number of ours is none of them."""
    return [
        StockNotice(
            sku=sku.seller_sku.strip(),
            at=at,
            available=sku.total_available_quantity,
            item_id=told.product_id,
            title=titles.get(told.product_id, ""),
            reserved=sku.total_committed_quantity,
        )
        for sku in told.skus
        if sku.seller_sku.strip()
    ]
