"""What a platform tells of orders, returns and stock: the values a connector's `parse` gives for them.

Money is in minor units of the order's currency, times are aware and in UTC. None means "not told": a platform's call
often tells a part, and what another told stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tresen.channels.senders import Sender
from tresen.channels.tracking import TrackingState


class OrderState(StrEnum):
    """How far an order is, whoever ships it. `PENDING`: not paid or not released yet, so nothing may be shipped."""

    PENDING = "pending"
    OPEN = "open"
    PART_SHIPPED = "part_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class FulfilledBy(StrEnum):
    """Who sends the goods. `PLATFORM`: from its own warehouse, as FBA does."""

    US = "us"
    PLATFORM = "platform"


class Payment(StrEnum):
    """Whether the buyer has paid."""

    PENDING = "pending"
    PAID = "paid"
    PART_REFUNDED = "part_refunded"
    REFUNDED = "refunded"


class ReturnState(StrEnum):
    """How far a return is."""

    REQUESTED = "requested"
    AUTHORISED = "authorised"
    REFUSED = "refused"
    ON_THE_WAY = "on_the_way"
    RECEIVED = "received"
    REFUNDED = "refunded"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where goods go. `lines` as given, from the name down to the country; the rest is what could be told apart."""

    lines: tuple[str, ...]
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    """Two letters, ISO 3166."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTold:
    """One product and quantity. `price` is one piece; `picture` an address that the platform serves it from.

    `item_id` is what the platform calls the product, `offer_id` our offer of it, where messages name that one.
    """

    external_id: str
    title: str
    quantity: int
    price: int
    sku: str = ""
    item_id: str = ""
    offer_id: str = ""
    picture: str = ""
    shipped: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelTold:
    """Goods handed over. `said` is the state in the carrier's own words, `last_scan` where and what it saw last."""

    external_id: str
    state: TrackingState
    said: str = ""
    carrier: str = ""
    tracking: str = ""
    tracking_address: str = ""
    shipped_at: datetime | None = None
    expected_at: datetime | None = None
    delivered_at: datetime | None = None
    last_scan_at: datetime | None = None
    last_scan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundTold:
    """Money that went back, or is about to: `done` is false until the platform has paid it."""

    external_id: str
    amount: int
    at: datetime
    reason: str = ""
    done: bool = True


class DocumentKind(StrEnum):
    """What a document about an order is. `PART_CREDIT_NOTE`: for a part of what was bought, which the buyer keeps."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PART_CREDIT_NOTE = "part_credit_note"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTold:
    """A document that the platform has made for the buyer, by the number that stands on it; over what sum."""

    external_id: str
    kind: DocumentKind
    at: datetime
    amount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSnapshot:
    """An order as the platform has it at `changed_at`; an older one never overrules a newer one.

    `number` is what buyers and sellers call it by, `external_id` what the platform's interface does (empty: the same).
    `total` is what the buyer pays; `buyer.reply_to` is where mail reaches him. `cancel_asked_at`: he asked for a
    cancellation that nobody has decided yet.
    """

    number: str
    changed_at: datetime
    external_id: str = ""
    state: OrderState | None = None
    payment: Payment | None = None
    fulfilled_by: FulfilledBy | None = None
    currency: str | None = None
    total: int | None = None
    ordered_at: datetime | None = None
    ship_by: datetime | None = None
    deliver_by: datetime | None = None
    cancel_asked_at: datetime | None = None
    buyer: Sender | None = None
    ship_to: Address | None = None
    lines: Sequence[LineTold] | None = None
    parcels: Sequence[ParcelTold] | None = None
    refunds: Sequence[RefundTold] | None = None
    documents: Sequence[DocumentTold] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderNamed:
    """Something about this order changed, and what, is not told, or not all of it: it is to be read now.

    One of them is enough; by `external_id` alone, as `OrderSnapshot` has it, or by `line_id`, the `external_id` of one
    of its lines, only an order that is known is found.
    """

    number: str = ""
    external_id: str = ""
    line_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnItem:
    """What of an order comes back."""

    title: str
    quantity: int
    sku: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnNotice:
    """A return as the platform has it at `changed_at`. `decide_by`: until when we must approve or refuse it.

    `pays`: what approving it now gives back to the buyer at once, where the platform tells that.
    """

    external_id: str
    order_number: str
    changed_at: datetime
    state: ReturnState
    requested_at: datetime
    reason: str = ""
    comment: str = ""
    carrier: str = ""
    tracking: str = ""
    decide_by: datetime | None = None
    received_at: datetime | None = None
    pays: int | None = None
    items: Sequence[ReturnItem] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StockNotice:
    """How much of a product is there at `at`. `reserved` is sold and not shipped, `inbound` on its way to the shelf."""

    sku: str
    at: datetime
    available: int
    item_id: str = ""
    title: str = ""
    reserved: int | None = None
    inbound: int | None = None
