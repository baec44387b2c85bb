"""What Walmart's interface tells of orders: the fields that we read, as its specification 0.6.3 names them.

Times are milliseconds since 1970. States are texts here, and known ones are mapped.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

type Text = str | None


class Money(msgspec.Struct, frozen=True):
    """A sum."""

    currency: str
    amount: Decimal


class Tax(msgspec.Struct, frozen=True, rename="camel"):
    """What the state takes of a charge."""

    tax_amount: Money
    tax_name: Text = None


class Charge(msgspec.Struct, frozen=True, rename="camel"):
    """What the buyer pays for: PRODUCT or SHIPPING."""

    charge_type: str
    charge_amount: Money
    charge_name: Text = None
    tax: Tax | None = None


class Charges(msgspec.Struct, frozen=True):
    """All charges of a line."""

    charge: Sequence[Charge] = ()


class Quantity(msgspec.Struct, frozen=True):
    """Pieces; Walmart writes their number as a text."""

    amount: int


class CarrierName(msgspec.Struct, frozen=True, rename="camel"):
    """One of Walmart's carriers, or another one."""

    carrier: Text = None
    other_carrier: Text = None


class TrackingInfo(msgspec.Struct, frozen=True, rename="camel"):
    """A parcel."""

    tracking_number: Text = None
    carrier_name: CarrierName | None = None
    ship_date_time: int | None = None
    address: Text = msgspec.field(default=None, name="trackingURL")


class LineStatus(msgspec.Struct, frozen=True, rename="camel"):
    """How far so many pieces are: Created, Acknowledged, Shipped, Delivered, Cancelled, Refund."""

    status: str
    status_quantity: Quantity
    tracking_info: TrackingInfo | None = None


class LineStatuses(msgspec.Struct, frozen=True, rename="camel"):
    """All of a line's."""

    order_line_status: Sequence[LineStatus] = ()


class Item(msgspec.Struct, frozen=True, rename="camel"):
    """The product, by our own number for it."""

    product_name: str
    sku: str
    image_url: Text = None


class RefundCharge(msgspec.Struct, frozen=True, rename="camel"):
    """Money back for a charge. Whether it is told with a minus is not documented."""

    charge: Charge
    refund_reason: Text = None


class RefundCharges(msgspec.Struct, frozen=True, rename="camel"):
    """All of a refund's."""

    refund_charge: Sequence[RefundCharge] = ()


class Refund(msgspec.Struct, frozen=True, rename="camel"):
    """What went back for a line; it has no time of its own."""

    refund_charges: RefundCharges
    refund_id: Text = None


class OrderLine(msgspec.Struct, frozen=True, rename="camel"):
    """A line of a purchase order."""

    line_number: str
    item: Item
    charges: Charges
    order_line_quantity: Quantity
    status_date: int
    order_line_statuses: LineStatuses
    refund: Refund | None = None
    intent_to_cancel: str | bool | None = None
    seller_order_id: Text = None


class OrderLines(msgspec.Struct, frozen=True, rename="camel"):
    """All lines of a purchase order."""

    order_line: Sequence[OrderLine]


class PostalAddress(msgspec.Struct, frozen=True):
    """Where it goes."""

    name: Text = None
    address1: Text = None
    address2: Text = None
    city: Text = None
    state: Text = None
    postal_code: Text = msgspec.field(default=None, name="postalCode")
    country: Text = None


class ShippingInfo(msgspec.Struct, frozen=True, rename="camel"):
    """How and until when it goes."""

    estimated_delivery_date: int | None = None
    estimated_ship_date: int | None = None
    method_code: Text = None
    postal_address: PostalAddress | None = None


class ShipNode(msgspec.Struct, frozen=True):
    """Who sends it: SellerFulfilled, WFSFulfilled or 3PLFulfilled. One list tells one, another several."""

    type: Text = None


class PurchaseOrder(msgspec.Struct, frozen=True, rename="camel"):
    """What one place sends of a customer's order; a customer's order may be several of these."""

    purchase_order_id: str
    customer_order_id: str
    order_date: int
    shipping_info: ShippingInfo
    order_lines: OrderLines
    customer_email_id: Text = None
    buyer_id: Text = None
    ship_node: ShipNode | Sequence[ShipNode] | None = None


class Meta(msgspec.Struct, frozen=True, rename="camel"):
    """Where a list goes on."""

    next_cursor: Text = None


class Elements(msgspec.Struct, frozen=True):
    """Purchase orders, each read by itself, so that one that is unlike the others takes none with it."""

    order: Sequence[Any] = ()


class OrderList(msgspec.Struct, frozen=True):
    """A page of purchase orders."""

    elements: Elements
    meta: Meta = Meta()


class Orders(msgspec.Struct, frozen=True):
    """The answer of the list of orders."""

    list: OrderList
