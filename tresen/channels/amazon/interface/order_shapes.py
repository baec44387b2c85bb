"""Orders as the Orders API 2026-01-01 gives them: the fields that we read, each left out where it was not asked for."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

type Text = str | None


class Money(msgspec.Struct, frozen=True, rename="camel"):
    """A sum."""

    amount: Decimal
    currency_code: str


class Span(msgspec.Struct, frozen=True, rename="camel"):
    """From when until when."""

    earliest_date_time: datetime | None = None
    latest_date_time: datetime | None = None


class Buyer(msgspec.Struct, frozen=True, rename="camel"):
    """Who bought. The address stands only in orders that the seller ships."""

    buyer_name: Text = None
    buyer_email: Text = None


class DeliveryAddress(msgspec.Struct, frozen=True, rename="camel"):
    """Where it goes."""

    name: Text = None
    company_name: Text = None
    address_line1: Text = None
    address_line2: Text = None
    address_line3: Text = None
    city: Text = None
    state_or_region: Text = None
    postal_code: Text = None
    country_code: Text = None


class Recipient(msgspec.Struct, frozen=True, rename="camel"):
    """Who gets it."""

    delivery_address: DeliveryAddress | None = None


class Proceeds(msgspec.Struct, frozen=True, rename="camel"):
    """What the order brings."""

    grand_total: Money | None = None


class Fulfilment(msgspec.Struct, frozen=True, rename="camel"):
    """How far it is."""

    fulfillment_status: str
    fulfilled_by: Text = None
    ship_by_window: Span | None = None
    deliver_by_window: Span | None = None


class Price(msgspec.Struct, frozen=True, rename="camel"):
    """Of one piece."""

    unit_price: Money | None = None


class Product(msgspec.Struct, frozen=True, rename="camel"):
    """What was bought."""

    asin: Text = None
    title: Text = None
    seller_sku: Text = None
    price: Price | None = None


class ItemFulfilment(msgspec.Struct, frozen=True, rename="camel"):
    """How many pieces have left, and how many are to."""

    quantity_fulfilled: int | None = None
    quantity_unfulfilled: int | None = None


class CancellationRequest(msgspec.Struct, frozen=True, rename="camel"):
    """Somebody asked for a cancellation."""

    requester: Text = None
    cancel_reason: Text = None


class CancellationExecution(msgspec.Struct, frozen=True, rename="camel"):
    """It was done."""

    cancelled_by: Text = None


class Cancellation(msgspec.Struct, frozen=True, rename="camel"):
    """What is said of cancelling an item."""

    cancellation_request: CancellationRequest | None = None
    cancellation_execution: CancellationExecution | None = None


class ItemProceeds(msgspec.Struct, frozen=True, rename="camel"):
    """What one item brings."""

    proceeds_total: Money | None = None


class OrderItem(msgspec.Struct, frozen=True, rename="camel"):
    """A product and quantity."""

    order_item_id: str
    quantity_ordered: int
    product: Product
    proceeds: ItemProceeds | None = None
    cancellation: Cancellation | None = None
    fulfillment: ItemFulfilment | None = None


class PackageStatus(msgspec.Struct, frozen=True, rename="camel"):
    """Where a package is."""

    status: str
    detailed_status: Text = None


class Package(msgspec.Struct, frozen=True, rename="camel"):
    """A parcel, of orders that the seller ships."""

    package_reference_id: str
    created_time: datetime | None = None
    package_status: PackageStatus | None = None
    carrier: Text = None
    ship_time: datetime | None = None
    tracking_number: Text = None


class Order(msgspec.Struct, frozen=True, rename="camel"):
    """One order, with what was asked for."""

    order_id: str
    created_time: datetime
    last_updated_time: datetime
    order_items: Sequence[OrderItem]
    buyer: Buyer | None = None
    recipient: Recipient | None = None
    proceeds: Proceeds | None = None
    fulfillment: Fulfilment | None = None
    packages: Sequence[Package] | None = None
