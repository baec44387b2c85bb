"""Stock, as far as listings were made through eBay's Inventory API. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from tresen.channels.contract import Ignored, Inbound, RawPayload, Unreadable
from tresen.channels.order_news import StockNotice
from tresen.channels.typed_json import NotAsDocumented, instant, read_json, read_value


class ToShip(msgspec.Struct, frozen=True, rename="camel"):
    """How many pieces may be bought to be shipped."""

    quantity: int | None = None


class Availability(msgspec.Struct, frozen=True, rename="camel"):
    """Where pieces may be bought."""

    ship_to_location_availability: ToShip | None = None


class Product(msgspec.Struct, frozen=True, rename="camel"):
    """What it is."""

    title: str | None = None


class InventoryItem(msgspec.Struct, frozen=True, rename="camel"):
    """A product in stock."""

    sku: str
    availability: Availability | None = None
    product: Product | None = None


class StockPage(msgspec.Struct, frozen=True, rename="camel"):
    """A page of products, each not yet looked into."""

    inventory_items: Sequence[Any] | None = None
    total: int = 0


def parse_stock(payload: RawPayload) -> Sequence[Inbound]:
    """A page of getInventoryItems. Raises NotAsDocumented for what is no page."""
    found = read_json(payload.body, StockPage).inventory_items
    return tuple(_one(told, at=payload.received_at) for told in found or ()) or (Ignored(reason="empty_page"),)


def _one(told: object, *, at: datetime) -> Inbound:
    try:
        item = read_value(told, InventoryItem)
    except NotAsDocumented as wrong:
        sku = told.get("sku", "") if isinstance(told, dict) else ""
        return Unreadable(reason="not_as_documented", subject=str(sku)[:80], excerpt=str(wrong))
    to_ship = item.availability.ship_to_location_availability if item.availability else None
    if to_ship is None or to_ship.quantity is None:
        return Ignored(reason="stock_not_told")
    title = (item.product.title if item.product else None) or ""
    return StockNotice(sku=item.sku, at=instant(at), available=to_ship.quantity, title=title)
