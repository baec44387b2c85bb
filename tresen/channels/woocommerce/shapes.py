"""What is read of the interface's answers (wc/v3); webhooks carry the same."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

type Text = str | None


class Billing(msgspec.Struct, frozen=True):
    """Who pays."""

    first_name: Text = None
    last_name: Text = None
    email: Text = None


class Shipping(msgspec.Struct, frozen=True):
    """Where goods go."""

    first_name: Text = None
    last_name: Text = None
    company: Text = None
    address_1: Text = None
    address_2: Text = None
    city: Text = None
    state: Text = None
    postcode: Text = None
    country: Text = None


class Image(msgspec.Struct, frozen=True):
    """A picture; newer versions tell it with an order's line."""

    src: Text = None


class LineTax(msgspec.Struct, frozen=True):
    """What of a line is this tax."""

    id: int
    total: Any = None
    """A text; an empty one where the tax does not fall on this line."""


class LineItem(msgspec.Struct, frozen=True):
    """A product of an order; sums are for all pieces, after discounts."""

    id: int
    name: str
    quantity: int
    total: Decimal
    total_tax: Decimal = Decimal(0)
    product_id: int | None = None
    variation_id: int | None = None
    sku: Text = None
    image: Image | None = None
    taxes: Sequence[LineTax] = ()


class RefundNamed(msgspec.Struct, frozen=True):
    """A refund as its order tells it: without the time."""

    id: int
    total: Decimal


class WooOrder(msgspec.Struct, frozen=True):
    """An order."""

    id: int
    number: str
    status: str
    currency: str
    date_created_gmt: datetime
    date_modified_gmt: datetime
    total: Decimal
    customer_note: Text = None
    billing: Billing | None = None
    shipping: Shipping | None = None
    date_paid_gmt: datetime | None = None
    date_completed_gmt: datetime | None = None
    line_items: Sequence[LineItem] = ()
    refunds: Sequence[RefundNamed] = ()


class WooRefund(msgspec.Struct, frozen=True):
    """A refund as the list of them tells it."""

    id: int
    date_created_gmt: datetime
    amount: Decimal
    reason: Text = None


class WooNote(msgspec.Struct, frozen=True):
    """A note of an order; `customer_note`: the shop has mailed it to the buyer."""

    id: int
    date_created_gmt: datetime
    note: str
    customer_note: bool
    author: Text = None


class Product(msgspec.Struct, frozen=True):
    """A product or a variation of one, as far as stock goes. `manage_stock` of a variation may be "parent"."""

    id: int
    name: Text = None
    sku: Text = None
    type: Text = None
    manage_stock: bool | str | None = None
    stock_quantity: int | None = None
    date_modified_gmt: datetime | None = None
    variations: Sequence[Any] = ()
