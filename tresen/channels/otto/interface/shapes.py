"""What OTTO's interface tells of orders (v4): the fields that we read. States are texts here.

A position item is one piece: three of a product are three of them.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from tresen.channels.otto.interface.asking import Link

type Text = str | None


class Amount(msgspec.Struct, frozen=True):
    """A sum, in the currency's whole units."""

    amount: Decimal
    currency: str


class Address(msgspec.Struct, frozen=True, rename="camel"):
    """Where it goes, or whose the invoice is: `email` is the buyer's alias there. Countries have three letters."""

    first_name: Text = None
    last_name: Text = None
    street: Text = None
    house_number: Text = None
    addition: Text = None
    zip_code: Text = None
    city: Text = None
    country_code: Text = None
    email: Text = None


class Product(msgspec.Struct, frozen=True, rename="camel"):
    """What was bought; `sku` is our own number for it."""

    sku: str
    product_title: str
    article_number: Text = None


class TrackingInfo(msgspec.Struct, frozen=True, rename="camel"):
    """The parcel that a piece left in."""

    carrier: Text = None
    tracking_number: Text = None


class PositionItem(msgspec.Struct, frozen=True, rename="camel"):
    """One piece."""

    position_item_id: str
    fulfillment_status: str
    item_value_gross_price: Amount
    product: Product
    item_value_reduced_gross_price: Amount | None = None
    tracking_info: TrackingInfo | None = None
    expected_delivery_date: datetime | None = None
    sent_date: datetime | None = None
    returned_date: datetime | None = None


class DeliveryFee(msgspec.Struct, frozen=True, rename="camel"):
    """What sending costs."""

    delivery_fee_amount: Amount


class Lifecycle(msgspec.Struct, frozen=True, rename="camel"):
    """When the order's state last changed."""

    lifecycle_change_date: datetime


class OttoOrder(msgspec.Struct, frozen=True, rename="camel"):
    """An order. Buyers and people know its number, the interface acts on `sales_order_id`."""

    order_number: str
    sales_order_id: str
    order_date: datetime
    order_lifecycle_information: Lifecycle
    position_items: Sequence[PositionItem]
    last_modified_date: datetime | None = None
    delivery_address: Address | None = None
    invoice_address: Address | None = None
    initial_delivery_fees: Sequence[DeliveryFee] = ()


class OrderList(msgspec.Struct, frozen=True):
    """A page of orders, each read by itself, so that one that is unlike the others takes none with it."""

    resources: Sequence[Any] = ()
    links: Sequence[Link] = ()
