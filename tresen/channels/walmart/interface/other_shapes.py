"""What Walmart's interface tells of returns and stock: the fields that we read. Times are written out here."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from tresen.channels.walmart.interface.shapes import Meta, Text


class ReturnQuantity(msgspec.Struct, frozen=True, rename="camel"):
    """Pieces that come back."""

    measurement_value: Decimal


class ReturnedItem(msgspec.Struct, frozen=True, rename="camel"):
    """What comes back."""

    sku: Text = None
    product_name: Text = None


class ReturnEvent(msgspec.Struct, frozen=True, rename="camel"):
    """A step of a return's way."""

    event_tag: Text = None
    event_time: datetime | None = None


class TrackingStatus(msgspec.Struct, frozen=True, rename="camel"):
    """How far some of the pieces are."""

    status_time: datetime | None = None
    current_refund_status: Text = None


class ReturnLine(msgspec.Struct, frozen=True, rename="camel"):
    """A line of a return."""

    status: str
    status_time: datetime | None = None
    return_reason: Text = None
    item: ReturnedItem | None = None
    quantity: ReturnQuantity | None = None
    current_refund_status: Text = None
    return_cancellation_reason: Text = None
    return_tracking_detail: Sequence[ReturnEvent] = ()
    current_tracking_statuses: Sequence[TrackingStatus] = ()


class CarrierInfo(msgspec.Struct, frozen=True, rename="camel"):
    """The parcel that comes back."""

    carrier_name: Text = None
    tracking_no: Text = None


class Label(msgspec.Struct, frozen=True, rename="camel"):
    """A label for sending back."""

    carrier_info_list: Sequence[CarrierInfo] = ()


class ReturnGroup(msgspec.Struct, frozen=True):
    """Lines that come back together."""

    labels: Sequence[Label] = ()


class WalmartReturn(msgspec.Struct, frozen=True, rename="camel"):
    """A return; its number is the RMA."""

    return_order_id: str
    customer_order_id: str
    return_order_date: datetime
    return_order_lines: Sequence[ReturnLine]
    return_line_groups: Sequence[ReturnGroup] = ()


class Returns(msgspec.Struct, frozen=True, rename="camel"):
    """A page of returns, each not yet looked into."""

    return_orders: Sequence[Any] = ()
    meta: Meta = Meta()


class Pieces(msgspec.Struct, frozen=True):
    """A count."""

    amount: Decimal


class Node(msgspec.Struct, frozen=True, rename="camel"):
    """What is there at one place."""

    input_qty: Pieces | None = None
    avail_to_sell_qty: Pieces | None = None
    reserved_qty: Pieces | None = None


class Inventory(msgspec.Struct, frozen=True):
    """What is there of a product."""

    sku: str
    nodes: Sequence[Node]


class Inventories(msgspec.Struct, frozen=True):
    """Products, each not yet looked into."""

    inventories: Sequence[Any] = ()


class Stock(msgspec.Struct, frozen=True):
    """A page of products."""

    elements: Inventories
    meta: Meta = Meta()
