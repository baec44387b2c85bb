"""What we read of the Seller API's answers (OpenAPI 2.27.0); money is in the currency's smallest unit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec


class Pagination(msgspec.Struct, frozen=True):
    """How much there is in all."""

    total: int


class Listed(msgspec.Struct, frozen=True):
    """A page; each entry is read by itself."""

    data: Sequence[Any]
    pagination: Pagination | None = None


class One(msgspec.Struct, frozen=True):
    """A single thing."""

    data: Any


class Author(msgspec.Struct, frozen=True):
    """Who wrote: seller, buyer, system or customer_service."""

    role: str
    name: str | None = None


class TicketMessage(msgspec.Struct, frozen=True):
    """One text in a ticket."""

    id_ticket_message: int
    author: Author
    text: str
    ts_created_iso: datetime


class TicketFile(msgspec.Struct, frozen=True):
    """A file of a ticket: Kaufland does not say with which message it came."""

    filename: str
    ts_created_iso: datetime
    uri: str


class Ticket(msgspec.Struct, frozen=True):
    """A conversation about order units. `is_seller_responsible`: it is the seller's turn."""

    id_ticket: str
    status: str
    is_seller_responsible: bool
    ids_order_units: Sequence[int] = ()
    id_buyer: int | None = None
    open_reason: str = ""
    topic: str | None = None
    messages: Sequence[TicketMessage] = ()


class Product(msgspec.Struct, frozen=True):
    """What is sold."""

    title: str
    id_product: int | None = None
    main_picture: str | None = None


class Buyer(msgspec.Struct, frozen=True):
    """Who bought."""

    id_buyer: int


class KauflandAddress(msgspec.Struct, frozen=True):
    """Where goods go."""

    first_name: str = ""
    last_name: str = ""
    company_name: str | None = None
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    additional_field: str | None = None
    city: str = ""
    country: str = ""


class OrderUnit(msgspec.Struct, frozen=True):
    """One piece that was bought."""

    id_order_unit: int
    id_order: str
    status: str
    price: int
    currency: str
    ts_created_iso: datetime
    ts_updated_iso: datetime
    shipping_rate: int = 0
    id_offer: str | None = None
    delivery_time_expires_iso: datetime | None = None
    product: Product | None = None


class KauflandOrder(msgspec.Struct, frozen=True):
    """An order with all its units."""

    id_order: str
    ts_created_iso: datetime
    fulfillment_type: str
    order_units: Sequence[OrderUnit]
    shipping_address: KauflandAddress | None = None
    billing_address: KauflandAddress | None = None
    buyer: Buyer | None = None


class OrderAsked(msgspec.Struct, frozen=True):
    """An order, as it is asked for by its number."""

    data: KauflandOrder


class ReturnUnit(msgspec.Struct, frozen=True):
    """One piece that comes back, with the unit that was bought where that was asked for."""

    id_return_unit: int
    status: str
    ts_created_iso: datetime
    reason: str = ""
    note: str | None = None
    order_unit: OrderUnit | None = None


class KauflandReturn(msgspec.Struct, frozen=True):
    """A parcel that comes back, with its pieces where those were asked for."""

    id_return: int
    tracking_provider: str | None = None
    tracking_code: str | None = None
    return_units: Sequence[ReturnUnit] = ()


class Unit(msgspec.Struct, frozen=True):
    """An offer of ours."""

    amount: int
    id_offer: str | None = None
    id_product: int | None = None
    product: Product | None = None
