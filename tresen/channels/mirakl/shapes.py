"""What Mirakl's seller interface tells: the fields that we read, as its operations OR11, M11, RT11 and OF21 name them.

New fields and new words may come at any time (Mirakl's own rule): states are texts here, and known ones are mapped.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

type Text = str | None


class Address(msgspec.Struct, frozen=True):
    """Where it goes."""

    city: Text = None
    company: Text = None
    country: Text = None
    country_iso_code: Text = None
    firstname: Text = None
    lastname: Text = None
    state: Text = None
    street_1: Text = None
    street_2: Text = None
    zip_code: Text = None


class Customer(msgspec.Struct, frozen=True):
    """Who bought, by the operator's number for him."""

    customer_id: str
    firstname: Text = None
    lastname: Text = None
    shipping_address: Address | None = None


class Media(msgspec.Struct, frozen=True):
    """A picture of a product."""

    media_url: Text = None
    type: Text = None


class Cancelation(msgspec.Struct, frozen=True):
    """Pieces of a line that were cancelled."""

    quantity: int | None = None


class LineRefund(msgspec.Struct, frozen=True):
    """Money back for a line; without tax where prices are."""

    id: str
    created_date: datetime
    amount: Decimal | None = None
    shipping_amount: Decimal | None = None
    reason_code: Text = None
    state: Text = None


class OrderLine(msgspec.Struct, frozen=True):
    """A line; `price` is of all its pieces."""

    order_line_id: str
    order_line_state: str
    product_title: str
    quantity: int
    price: Decimal
    price_unit: Decimal | None = None
    offer_sku: Text = None
    product_sku: Text = None
    offer_id: int | None = None
    order_line_state_reason_label: Text = None
    last_updated_date: datetime | None = None
    product_medias: Sequence[Media] = ()
    cancelations: Sequence[Cancelation] = ()
    refunds: Sequence[LineRefund] = ()


class Delivery(msgspec.Struct, frozen=True):
    """When the buyer was told that it would come."""

    latest: datetime | None = None


class Center(msgspec.Struct, frozen=True):
    """Where it is sent from: "DEFAULT" is the seller's own."""

    code: Text = None


class Fulfillment(msgspec.Struct, frozen=True):
    """Who sends it."""

    center: Center | None = None


class MiraklOrder(msgspec.Struct, frozen=True):
    """An order, as OR11 has it."""

    order_id: str
    order_state: str
    created_date: datetime
    last_updated_date: datetime
    currency_iso_code: str
    total_price: Decimal
    customer: Customer
    commercial_id: Text = None
    customer_debited_date: datetime | None = None
    shipping_deadline: datetime | None = None
    shipping_company: Text = None
    shipping_tracking: Text = None
    shipping_tracking_url: Text = None
    customer_notification_email: Text = None
    can_cancel: bool = False
    delivery_date: Delivery | None = None
    fulfillment: Fulfillment | None = None
    order_lines: Sequence[OrderLine] = ()


class Participant(msgspec.Struct, frozen=True):
    """Who takes part in a conversation: CUSTOMER, SHOP or OPERATOR."""

    type: str
    id: Text = None
    display_name: Text = None


class From(msgspec.Struct, frozen=True):
    """Who wrote: CUSTOMER_USER, SHOP_USER or OPERATOR_USER."""

    type: str
    display_name: Text = None


class MessageFile(msgspec.Struct, frozen=True):
    """A file of a message; its content is asked for apart."""

    id: str
    name: str
    size: int = 0


class ThreadMessage(msgspec.Struct, frozen=True, rename={"by": "from"}):
    """One message."""

    id: str
    body: str
    date_created: datetime
    by: From
    to: Sequence[Participant] = ()
    attachments: Sequence[MessageFile] = ()


class Entity(msgspec.Struct, frozen=True):
    """What a conversation is about: an order (MMP_ORDER), an offer (MMP_OFFER), the seller himself."""

    type: str
    id: str
    label: Text = None


class Topic(msgspec.Struct, frozen=True):
    """The subject: free words, or a reason's code."""

    type: Text = None
    value: Text = None


class Thread(msgspec.Struct, frozen=True):
    """A conversation with its last hundred messages."""

    id: str
    entities: Sequence[Entity] = ()
    authorized_participants: Sequence[Participant] = ()
    current_participants: Sequence[Participant] = ()
    messages: Sequence[ThreadMessage] = ()
    topic: Topic | None = None


class ReturnLine(msgspec.Struct, frozen=True):
    """What of an order's line comes back."""

    order_line_id: str
    quantity: int = 1
    reason_code: Text = None


class ReturnTracking(msgspec.Struct, frozen=True):
    """How it comes back."""

    carrier_name: Text = None
    tracking_number: Text = None


class MiraklReturn(msgspec.Struct, frozen=True):
    """A return, as RT11 has it."""

    id: str
    order_id: str
    state: str
    date_created: datetime
    last_updated: datetime
    reason_code: Text = None
    description: Text = None
    return_lines: Sequence[ReturnLine] = ()
    tracking: ReturnTracking | None = None


class Offer(msgspec.Struct, frozen=True):
    """A product on sale, as OF21 has it."""

    shop_sku: str
    quantity: int
    product_title: Text = None
    product_sku: Text = None
    offer_id: int | None = None
