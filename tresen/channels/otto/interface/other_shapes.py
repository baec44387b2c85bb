"""What OTTO's interface tells of parcels, returns, receipts, price reductions and stock: the fields that we read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from tresen.channels.otto.interface.asking import Link
from tresen.channels.otto.interface.shapes import Amount, Text


class TrackingKey(msgspec.Struct, frozen=True, rename="camel"):
    """A parcel by its carrier and number; freight may have none."""

    carrier: Text = None
    tracking_number: Text = None


class ParcelState(msgspec.Struct, frozen=True, rename="camel"):
    """What the carrier saw, and when."""

    state: str
    occurred_on: datetime


class ShippedItem(msgspec.Struct, frozen=True, rename="camel"):
    """A piece in a parcel."""

    position_item_id: str
    sales_order_id: str


class Shipment(msgspec.Struct, frozen=True, rename="camel"):
    """A parcel. Lists leave out what is in it."""

    shipment_id: str
    creation_date: datetime | None = None
    ship_date: datetime | None = None
    tracking_key: TrackingKey | None = None
    states: Sequence[ParcelState] = ()
    position_items: Sequence[ShippedItem] = ()


class ShipmentList(msgspec.Struct, frozen=True):
    """A page of parcels, each not yet looked into."""

    resources: Sequence[Any] = ()
    links: Sequence[Link] = ()


class ReturnKey(msgspec.Struct, frozen=True, rename="camel"):
    """The parcels that a piece comes back in."""

    carrier: Text = None
    tracking_numbers: Sequence[str] = ()


class ReturnDetails(msgspec.Struct, frozen=True, rename="camel"):
    """What stands beside a return's state, by which it is."""

    return_tracking_key: ReturnKey | None = None
    condition: Text = None
    reason: Text = None
    order_number: Text = None
    otto_warehouse: Text = msgspec.field(default=None, name="ottoWarehouseID")


class ReturnedItem(msgspec.Struct, frozen=True, rename="camel"):
    """A piece that comes back."""

    position_item_id: str
    sales_order_id: str
    status: str
    occurred_time: datetime
    details: ReturnDetails | None = None


class ReturnList(msgspec.Struct, frozen=True, rename="camel"):
    """A page of returned pieces, each not yet looked into."""

    position_items: Sequence[Any] = ()
    links: Sequence[Link] = ()


class ReturnScan(msgspec.Struct, frozen=True, rename="camel"):
    """What a carrier saw of a parcel that comes back, and when."""

    state: str
    occurred_on: datetime
    status_text: Text = None


class ReturnShipment(msgspec.Struct, frozen=True, rename="camel"):
    """A parcel that comes back."""

    states: Sequence[ReturnScan] = ()


class Price(msgspec.Struct, frozen=True):
    """A sum with its tax."""

    gross: Amount


class Receipt(msgspec.Struct, frozen=True, rename="camel"):
    """A document about money: PURCHASE, REFUND or PARTIAL_REFUND."""

    receipt_type: str
    receipt_number: str
    creation_date: datetime
    order_number: str
    sales_order_id: str
    totals: Sequence[Price] = ()
    totals_gross_amount: Amount | None = None
    refund_type: Text = None
    partial_refund_type: Text = None


class ReceiptList(msgspec.Struct, frozen=True):
    """A page of receipts."""

    resources: Sequence[Receipt] = ()


class Reduction(msgspec.Struct, frozen=True, rename="camel"):
    """Money back for a piece: INITIATED, later PROCESSED, from then on with a receipt."""

    price_reduction: Amount
    creation_date_time: datetime
    status: Text = None
    receipt_number: Text = None


class ReducedItem(msgspec.Struct, frozen=True, rename="camel"):
    """All that went back for a piece besides returns."""

    position_item_id: str
    price_reductions: Sequence[Reduction] = ()


class ReductionList(msgspec.Struct, frozen=True):
    """A page of them."""

    results: Sequence[ReducedItem] = ()


class Level(msgspec.Struct, frozen=True, rename="camel"):
    """How much of a product is there."""

    sku: str
    quantity: int


class Levels(msgspec.Struct, frozen=True):
    """Products, each not yet looked into."""

    variations: Sequence[Any] = ()


class Stock(msgspec.Struct, frozen=True):
    """A page of products."""

    resources: Levels
    links: Sequence[Link] = ()
