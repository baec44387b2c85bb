"""What the Fulfillment API tells of orders: the fields that we read, by eBay's names (1.20.7).

EBay leaves out what it does not know; of words that stand for states new ones may come any day.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

type Text = str | None
type Time = datetime | None


class Amount(msgspec.Struct, frozen=True, rename="camel"):
    """Money, in the seller's currency."""

    value: Decimal
    currency: str


class ContactAddress(msgspec.Struct, frozen=True, rename="camel"):
    """A postal address. EBay withdraws the street after 90 days."""

    address_line1: Text = msgspec.field(default=None, name="addressLine1")
    address_line2: Text = msgspec.field(default=None, name="addressLine2")
    postal_code: Text = None
    city: Text = None
    state_or_province: Text = None
    country_code: Text = None


class Contact(msgspec.Struct, frozen=True, rename="camel"):
    """Who receives; `email` is an alias of eBay's, and withdrawn after 14 days."""

    full_name: Text = None
    company_name: Text = None
    email: Text = None
    contact_address: ContactAddress | None = None


class ShippingStep(msgspec.Struct, frozen=True, rename="camel"):
    """Where it goes."""

    ship_to: Contact | None = None


class StartInstruction(msgspec.Struct, frozen=True, rename="camel"):
    """How it is to be fulfilled."""

    shipping_step: ShippingStep | None = None
    max_estimated_delivery_date: Time = None


class LineInstructions(msgspec.Struct, frozen=True, rename="camel"):
    """By when a line is to be shipped, and delivered."""

    ship_by_date: Time = None
    max_estimated_delivery_date: Time = None


class OrderRefund(msgspec.Struct, frozen=True, rename="camel"):
    """Money that goes back. Its id is the order's, the line's or a reference, depending on how it was begun."""

    amount: Amount | None = None
    refund_date: Time = None
    refund_id: Text = None
    refund_reference_id: Text = None
    refund_status: Text = None


class LineItem(msgspec.Struct, frozen=True, rename="camel"):
    """A product and quantity; its costs are those of all pieces together."""

    line_item_id: str
    quantity: int
    line_item_cost: Amount
    discounted_line_item_cost: Amount | None = None
    legacy_item_id: Text = None
    sku: Text = None
    title: Text = None
    line_item_fulfillment_status: Text = None
    line_item_fulfillment_instructions: LineInstructions | None = None
    refunds: Sequence[OrderRefund] | None = None


class Payment(msgspec.Struct, frozen=True, rename="camel"):
    """What the buyer paid."""

    payment_date: Time = None


class PaymentSummary(msgspec.Struct, frozen=True, rename="camel"):
    """What was paid, and what went back."""

    payments: Sequence[Payment] | None = None
    refunds: Sequence[OrderRefund] | None = None


class PricingSummary(msgspec.Struct, frozen=True, rename="camel"):
    """What the buyer pays."""

    total: Amount


class CancelRequest(msgspec.Struct, frozen=True, rename="camel"):
    """Somebody wants the order cancelled. Only getOrder tells of it."""

    cancel_request_id: Text = None
    cancel_initiator: Text = None
    cancel_request_state: Text = None
    cancel_requested_date: Time = None


class CancelStatus(msgspec.Struct, frozen=True, rename="camel"):
    """How far a cancellation is."""

    cancel_state: Text = None
    cancel_requests: Sequence[CancelRequest] | None = None


class Buyer(msgspec.Struct, frozen=True, rename="camel"):
    """Who bought. For some developers eBay gives an id that never changes in the user name's place."""

    username: Text = None
    buyer_registration_address: Contact | None = None


class FulfillmentProgram(msgspec.Struct, frozen=True, rename="camel"):
    """Who ships."""

    fulfilled_by: Text = None


class Program(msgspec.Struct, frozen=True, rename="camel"):
    """EBay's programs that an order is part of."""

    fulfillment_program: FulfillmentProgram | None = None


class Order(msgspec.Struct, frozen=True, rename="camel"):
    """An order, without its parcels: those are a call of their own."""

    order_id: str
    creation_date: datetime
    last_modified_date: datetime
    pricing_summary: PricingSummary
    line_items: Sequence[LineItem]
    buyer: Buyer | None = None
    order_fulfillment_status: Text = None
    order_payment_status: Text = None
    cancel_status: CancelStatus | None = None
    payment_summary: PaymentSummary | None = None
    fulfillment_start_instructions: Sequence[StartInstruction] | None = None
    fulfillment_hrefs: Sequence[str] | None = None
    program: Program | None = None


class OrdersPage(msgspec.Struct, frozen=True, rename="camel"):
    """A page of orders, each not yet looked into: one that is odd takes no other with it."""

    orders: Sequence[Any] | None = None
    total: int = 0


class LineReference(msgspec.Struct, frozen=True, rename="camel"):
    """Which line is in a parcel."""

    line_item_id: Text = None
    quantity: int | None = None


class ShippingFulfillment(msgspec.Struct, frozen=True, rename="camel"):
    """A parcel as the seller told it to eBay; where it is, eBay does not tell here."""

    fulfillment_id: str
    shipped_date: Time = None
    shipping_carrier_code: Text = None
    shipment_tracking_number: Text = None
    line_items: Sequence[LineReference] | None = None


class ShippingFulfillments(msgspec.Struct, frozen=True, rename="camel"):
    """All parcels of one order."""

    fulfillments: Sequence[ShippingFulfillment] | None = None
