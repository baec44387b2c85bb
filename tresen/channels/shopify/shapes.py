"""What Shopify tells of orders: the fields that we read, as its webhooks and older resources (REST) name them.

Their documentation says "string" for sums and gives ids as numbers of up to 64 bits; old shops leave fields out.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

type Text = str | None


class Customer(msgspec.Struct, frozen=True):
    """Who bought."""

    email: Text = None
    first_name: Text = None
    last_name: Text = None


class Destination(msgspec.Struct, frozen=True):
    """Where it goes, as far as both interfaces call it the same."""

    name: Text = None
    company: Text = None
    address1: Text = None
    address2: Text = None
    zip: Text = None
    city: Text = None
    province: Text = None
    country: Text = None


class ShippingAddress(Destination, frozen=True):
    """Where it goes."""

    country_code: Text = None


class Image(msgspec.Struct, frozen=True):
    """A picture."""

    src: str


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """A product and quantity, as far as both interfaces call it the same."""

    quantity: int
    title: Text = None
    name: Text = None
    sku: Text = None


class LineItem(Product, frozen=True, kw_only=True):
    """A line of an order; `current_quantity` is what is left of it after edits and refunds.

    Webhooks tell no picture of it; the Admin API does.
    """

    id: int
    price: Decimal
    product_id: int | None = None
    current_quantity: int | None = None
    fulfillable_quantity: int | None = None
    image: Image | None = None


class Fulfillment(msgspec.Struct, frozen=True):
    """A parcel, or several of one hand-over. `shipment_status` is the carrier's, as far as Shopify follows it.

    The last three are of the Admin API: webhooks tell none of them.
    """

    id: int
    created_at: datetime
    updated_at: datetime | None = None
    order_id: int | None = None
    status: Text = None
    shipment_status: Text = None
    tracking_company: Text = None
    tracking_number: Text = None
    tracking_numbers: Sequence[str] = ()
    tracking_url: Text = None
    tracking_urls: Sequence[str] = ()
    delivered_at: datetime | None = None
    expected_at: datetime | None = None
    last_scan: str = ""


class Transaction(msgspec.Struct, frozen=True):
    """Money that went one way or the other."""

    amount: Decimal
    kind: Text = None
    status: Text = None


class ShopRefund(msgspec.Struct, frozen=True):
    """Money given back; its transactions say how much."""

    id: int
    created_at: datetime
    note: Text = None
    transactions: Sequence[Transaction] = ()


class ShopOrder(msgspec.Struct, frozen=True):
    """An order, whole: so it comes with every webhook about it. Parts are None where not all of them were told."""

    id: int
    name: str
    created_at: datetime
    updated_at: datetime
    currency: str
    total_price: Decimal
    cancelled_at: datetime | None = None
    financial_status: Text = None
    fulfillment_status: Text = None
    email: Text = None
    customer: Customer | None = None
    shipping_address: ShippingAddress | None = None
    line_items: Sequence[LineItem] | None = ()
    fulfillments: Sequence[Fulfillment] | None = ()
    refunds: Sequence[ShopRefund] | None = ()
