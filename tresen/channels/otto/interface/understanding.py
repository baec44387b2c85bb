"""What one answer of OTTO's interface means, by what was asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

import msgspec

from tresen.channels.inbound import Ignored, Inbound, RawPayload, Unreadable
from tresen.channels.order_news import OrderNamed
from tresen.channels.otto.interface.orders import has_left, parcels_snapshot, receipts_snapshot, snapshot
from tresen.channels.otto.interface.other_shapes import (
    Level,
    ReceiptList,
    ReturnedItem,
    ReturnList,
    ReturnScan,
    Shipment,
    Stock,
)
from tresen.channels.otto.interface.returns import Bought, return_notice, stock_notice
from tresen.channels.otto.interface.shapes import OrderList, OttoOrder
from tresen.channels.typed_json import NotAsDocumented, instant, read_json, read_value

ORDERS, ORDER = "orders", "order"
PARCELS, SHIPMENT, RECEIPTS, RETURNS, STOCK = "parcels", "shipment", "receipts", "returns", "stock"
NUMBER, CHANGED_AT = "otto-order", "otto-changed-at"
"""Kept beside parcels and receipts: of which order they are, and as it stood when."""
BOUGHT, SCANS = "otto-bought", "otto-scans"
"""Kept beside returns: what the pieces are, and what carriers saw of their parcels."""
OF_LATE = timedelta(days=30)
"""What changed before that is read whole when somebody opens it."""


def parse_answer(payload: RawPayload) -> Sequence[Inbound]:
    """Orders, parcels, receipts, returns or stock."""
    reader = _READERS.get(payload.about)
    if reader is None:
        return (Ignored(reason="answer_of_another_kind"),)
    try:
        return tuple(reader(payload)) or (Ignored(reason="empty_page"),)
    except (ValueError, ArithmeticError) as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)[:300]),)


def _orders(payload: RawPayload) -> Iterator[Inbound]:
    """The orders of a page; those that have left of late are named, for their parcels and receipts are not told."""
    for told in read_json(payload.body, OrderList).resources:
        yield from _each(_name(told, "orderNumber"), partial(_order_and_name, told, payload.received_at))


def _order_and_name(told: object, at: datetime) -> Sequence[Inbound]:
    order = read_value(told, OttoOrder)
    whole = snapshot(order)
    if has_left(order) and whole.changed_at > at - OF_LATE:
        return whole, OrderNamed(number=order.order_number, external_id=order.sales_order_id)
    return (whole,)


def _order(payload: RawPayload) -> Iterator[Inbound]:
    yield snapshot(read_json(payload.body, OttoOrder))


def _parcels(payload: RawPayload) -> Iterator[Inbound]:
    shipments = read_json(payload.body, list[Shipment])
    number, at = _order_of(payload.headers)
    yield parcels_snapshot(shipments, number, at=at)


def _receipts(payload: RawPayload) -> Iterator[Inbound]:
    receipts = read_json(payload.body, ReceiptList).resources
    number, at = _order_of(payload.headers)
    yield receipts_snapshot(receipts, number, at=at)


def _order_of(headers: Mapping[str, str]) -> tuple[str, datetime]:
    """The order that this is of, and when it had changed. Raises ValueError where that is not told."""
    number = headers.get(NUMBER, "")
    if not number:
        raise ValueError("Nothing says which order this is of.")
    return number, instant(datetime.fromisoformat(headers.get(CHANGED_AT, "")))


def _shipment(payload: RawPayload) -> Iterator[Inbound]:
    """A parcel that moved: its orders are to be read."""
    items = read_json(payload.body, Shipment).position_items
    yield from (OrderNamed(external_id=one) for one in dict.fromkeys(item.sales_order_id for item in items) if one)


def _returns(payload: RawPayload) -> Iterator[Inbound]:
    bought = _beside(payload, BOUGHT, dict[str, Bought])
    scans = _beside(payload, SCANS, dict[str, list[ReturnScan]])
    for told in read_json(payload.body, ReturnList).position_items:
        yield from _each(_name(told, "positionItemId"), partial(_return, told, bought, scans))


def _beside[T](payload: RawPayload, name: str, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(payload.headers.get(name, "{}"), type=kind)
    except (msgspec.MsgspecError, ValueError) as wrong:
        raise NotAsDocumented(f"{name}: {wrong}"[:300]) from None


def _return(told: object, bought: Mapping[str, Bought], scans: Mapping[str, list[ReturnScan]]) -> Sequence[Inbound]:
    return (return_notice(read_value(told, ReturnedItem), bought, scans),)


def _stock(payload: RawPayload) -> Iterator[Inbound]:
    for told in read_json(payload.body, Stock).resources.variations:
        yield from _each(_name(told, "sku"), partial(_product, told, payload.received_at))


def _product(told: object, at: datetime) -> Sequence[Inbound]:
    return (stock_notice(read_value(told, Level), at=at),)


def _name(told: object, field: str) -> str:
    return str(told.get(field, ""))[:200] if isinstance(told, dict) else ""


def _each(name: str, read: Callable[[], Sequence[Inbound]]) -> Sequence[Inbound]:
    """What one entry of a page means; one that is wrong is told by its number, and the others stay."""
    try:
        return read()
    except (ValueError, ArithmeticError) as wrong:
        return (Unreadable(reason="not_as_documented", subject=name, excerpt=str(wrong)[:300]),)


_READERS: dict[str, Callable[[RawPayload], Iterator[Inbound]]] = {
    ORDERS: _orders,
    ORDER: _order,
    PARCELS: _parcels,
    SHIPMENT: _shipment,
    RECEIPTS: _receipts,
    RETURNS: _returns,
    STOCK: _stock,
}
