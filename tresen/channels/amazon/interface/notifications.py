"""What a notification of Amazon's says: an order changed, a buyer wants to cancel, stock moved. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from tresen.channels.amazon.interface.notification_shapes import (
    ListedQuantity,
    Notification,
    OrderChange,
    OrderChanged,
    WarehouseQuantity,
    read_notification,
)
from tresen.channels.amazon.knowledge import marketplaces
from tresen.channels.contract import Ignored, Inbound, NoticeKind, PlatformNotice, RawPayload, Unreadable
from tresen.channels.mailed.case_news import case_news
from tresen.channels.mailed.messages import THE_FIRST
from tresen.channels.order_news import FulfilledBy, OrderNamed, OrderSnapshot, OrderState, StockNotice
from tresen.channels.typed_json import NotAsDocumented, instant, read_value

LATE = timedelta(minutes=2)
"""A notification tells a part of an order, at a time of its own: the order's full telling must never seem older."""
_STATES = {
    "Pending": OrderState.PENDING,
    "PendingAvailability": OrderState.PENDING,
    "InvoiceUnconfirmed": OrderState.PENDING,
    "Unfulfillable": OrderState.PENDING,
    "Unshipped": OrderState.OPEN,
    "PartiallyShipped": OrderState.PART_SHIPPED,
    "Shipped": OrderState.SHIPPED,
    "Canceled": OrderState.CANCELLED,
}
_FULFILLED_BY = {"AFN": FulfilledBy.PLATFORM, "MFN": FulfilledBy.US}
_UNDECIDED = frozenset({OrderState.PENDING, OrderState.OPEN, OrderState.PART_SHIPPED})
_IGNORED: Mapping[str, str] = {
    "FEED_PROCESSING_FINISHED": "feed_processed",
    "REPORT_PROCESSING_FINISHED": "report_prepared",
    "FULFILLMENT_ORDER_STATUS": "order_of_another_channel",
    "FBA_OUTBOUND_SHIPMENT_STATUS": "parcel_from_amazons_warehouse",
    "SHIPMENT_TRACKING_MILESTONE_CHANGED": "parcel_without_order",
    "ITEM_INVENTORY_EVENT_CHANGE": "stock_without_sku",
    "TRANSACTION_UPDATE": "payment_between_amazon_and_seller",
}
"""What we have no use for: the orders feed tells of the same, or it names nothing of ours."""


def parse_notification(payload: RawPayload) -> Sequence[Inbound]:
    """What one message of the queue means."""
    try:
        told = read_notification(payload.body)
        parser = _PARSERS.get(told.notification_type)
        if parser is None:
            return (Ignored(reason=_IGNORED.get(told.notification_type, "notification_of_another_kind")),)
        return tuple(parser(told, payload)) or (Ignored(reason="another_marketplace"),)
    except ValueError as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)


def _order_changed(told: Notification, payload: RawPayload) -> Iterator[Inbound]:
    change = read_value(told.payload, OrderChanged).order_change_notification
    if not _is_here(change.summary.marketplace_id, payload):
        return
    if not change.amazon_order_id.strip():
        raise NotAsDocumented("The order has no number.")
    trigger = change.order_change_trigger
    at = _time(trigger.time_of_order_change if trigger else None, told, payload)
    state = _STATES.get(change.summary.order_status)
    asked = any(item.is_buyer_requested_cancel for item in change.summary.order_items)
    yield _snapshot(change, state, at, asked=asked)
    if change.order_change_type == "BuyerRequestedChange" and asked and state in _UNDECIDED:
        yield _cancellation(NoticeKind.CANCELLATION_REQUESTED, change, at)
    if asked and state is OrderState.CANCELLED:
        yield _cancellation(NoticeKind.CANCELLED, change, at)
    yield OrderNamed(number=change.amazon_order_id.strip())  # titles, prices, address and parcels are not in it


def _snapshot(change: OrderChange, state: OrderState | None, at: datetime, *, asked: bool) -> OrderSnapshot:
    """What it says of the order. Its items lack title and price: those stay as the order's own telling has them."""
    short = change.summary
    return OrderSnapshot(
        number=change.amazon_order_id.strip(),
        changed_at=at - LATE,
        state=state,
        fulfilled_by=_FULFILLED_BY.get(short.fulfillment_type or ""),
        ordered_at=instant(short.purchase_date) if short.purchase_date else None,
        ship_by=instant(short.latest_ship_date) if short.latest_ship_date else None,
        deliver_by=instant(short.latest_delivery_date) if short.latest_delivery_date else None,
        cancel_asked_at=at if asked and state in _UNDECIDED else None,
    )


def _cancellation(kind: NoticeKind, change: OrderChange, at: datetime) -> PlatformNotice:
    number = change.amazon_order_id.strip()
    reason = (change.order_change_trigger.change_reason if change.order_change_trigger else None) or ""
    return PlatformNotice(
        external_id=f"{kind}/{number}/{at:%Y%m%dT%H%M%S}",
        kind=kind,
        occurred_at=at,
        subject=f"{reason or change.summary.order_status}: {number}",
        text=reason,
        order_ids=(number,),
        case=case_news(kind),
    )


def _listed_quantity(told: Notification, payload: RawPayload) -> Iterator[Inbound]:
    listed = read_value(told.payload, ListedQuantity)
    yield StockNotice(sku=listed.sku, at=_time(None, told, payload), available=max(0, listed.quantity))


def _warehouse_quantity(told: Notification, payload: RawPayload) -> Iterator[Inbound]:
    found = read_value(told.payload, WarehouseQuantity)
    here = [one for one in found.fulfillment_inventory_by_marketplace if _is_here(one.marketplace_id, payload)]
    for one in here[:1]:
        there = one.fulfillment_inventory
        coming, reserved = there.inbound_quantity_breakdown, there.reserved_quantity_breakdown
        yield StockNotice(
            sku=found.sku,
            at=_time(None, told, payload),
            available=max(0, there.fulfillable),
            item_id=found.asin,
            title=one.item_name or "",
            reserved=reserved.warehouse_processing + reserved.warehouse_transfer + reserved.pending_customer_order
            if reserved
            else None,
            inbound=coming.working + coming.shipped + coming.receiving if coming else None,
        )


def _is_here(marketplace_id: str | None, payload: RawPayload) -> bool:
    """Whether it is about the store's own marketplace: one queue may bring those of a whole account."""
    here = payload.store.marketplace if payload.store else ""
    known = next((one.id for one in marketplaces() if one.host == here), None)
    return known is None or marketplace_id in {None, known}


def _time(named: datetime | None, told: Notification, payload: RawPayload) -> datetime:
    """When it happened: never after it was recorded, nor before there were marketplaces."""
    at = named or told.event_time
    return max(THE_FIRST, min(instant(at) if at else payload.received_at, payload.recorded_at)).astimezone(UTC)


_PARSERS: Mapping[str, Callable[[Notification, RawPayload], Iterator[Inbound]]] = {
    "ORDER_CHANGE": _order_changed,
    "LISTINGS_ITEM_MFN_QUANTITY_CHANGE": _listed_quantity,
    "FBA_INVENTORY_AVAILABILITY_CHANGES": _warehouse_quantity,
}
