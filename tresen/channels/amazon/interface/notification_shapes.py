"""Notifications, as their schemas have them: names that begin with a capital in older ones do so in none here."""

import json
from datetime import datetime
from typing import Any

import msgspec

from tresen.channels.typed_json import NotAsDocumented, read_value


class Metadata(msgspec.Struct, frozen=True, rename="camel"):
    """Which telling it is; the number stays when it is delivered again."""

    notification_id: str = ""


class Notification(msgspec.Struct, frozen=True, rename="camel"):
    """What all of them have."""

    notification_type: str
    payload: dict[str, Any]
    event_time: datetime | None = None
    notification_metadata: Metadata | None = None


class Trigger(msgspec.Struct, frozen=True, rename="camel"):
    """What made the order change, and when."""

    time_of_order_change: datetime | None = None
    change_reason: str | None = None


class ChangedItem(msgspec.Struct, frozen=True, rename="camel"):
    """An item of the order."""

    is_buyer_requested_cancel: bool | None = None


class Summary(msgspec.Struct, frozen=True, rename="camel"):
    """The order, in short."""

    order_status: str
    marketplace_id: str | None = None
    purchase_date: datetime | None = None
    fulfillment_type: str | None = None
    latest_ship_date: datetime | None = None
    latest_delivery_date: datetime | None = None
    order_items: list[ChangedItem] = []


class OrderChange(msgspec.Struct, frozen=True, rename="camel"):
    """An order has changed."""

    amazon_order_id: str
    summary: Summary
    order_change_type: str | None = None
    order_change_trigger: Trigger | None = None


class OrderChanged(msgspec.Struct, frozen=True, rename="camel"):
    """ORDER_CHANGE."""

    order_change_notification: OrderChange


class ListedQuantity(msgspec.Struct, frozen=True, rename="camel"):
    """LISTINGS_ITEM_MFN_QUANTITY_CHANGE: what the seller offers from his own shelf."""

    sku: str
    quantity: int


class Inbound(msgspec.Struct, frozen=True, rename="camel"):
    """On its way to the warehouse."""

    working: int = 0
    shipped: int = 0
    receiving: int = 0


class Reserved(msgspec.Struct, frozen=True, rename="camel"):
    """Spoken for."""

    warehouse_processing: int = 0
    warehouse_transfer: int = 0
    pending_customer_order: int = 0


class Available(msgspec.Struct, frozen=True, rename="camel"):
    """Where the pieces are."""

    fulfillable: int
    inbound_quantity_breakdown: Inbound | None = None
    reserved_quantity_breakdown: Reserved | None = None


class AtMarketplace(msgspec.Struct, frozen=True, rename="camel"):
    """What one marketplace can sell of it."""

    marketplace_id: str
    fulfillment_inventory: Available
    item_name: str | None = None


class WarehouseQuantity(msgspec.Struct, frozen=True, rename="camel"):
    """FBA_INVENTORY_AVAILABILITY_CHANGES."""

    sku: str = msgspec.field(name="sKU")
    fulfillment_inventory_by_marketplace: list[AtMarketplace]
    asin: str = msgspec.field(name="aSIN", default="")


def read_notification(body: bytes) -> Notification:
    """Its envelope, with the names inside as the shapes above have them. Raises NotAsDocumented."""
    try:
        told = json.loads(body.decode("utf-8", "replace"))
        return read_value(_uncapitalised(told), Notification)
    except (ValueError, RecursionError) as wrong:
        raise NotAsDocumented(str(wrong)[:300]) from None


def _uncapitalised(told: object) -> object:
    if isinstance(told, dict):
        return {name[:1].lower() + name[1:]: _uncapitalised(value) for name, value in told.items()}
    return [_uncapitalised(one) for one in told] if isinstance(told, list) else told
