"""What a fake platform knows: sales, conversations and stock, in words that no platform uses.

Money is in minor units, times are aware. Each platform's fake tells of these in its own shape.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tresen.channels.order_news import ReturnState
from tresen.channels.tracking import TrackingState


@dataclass(slots=True, kw_only=True)
class Buyer:
    """Who bought. `key` is how the platform knows him: a user name, the local part of an alias."""

    key: str
    name: str
    email: str
    street: str = "Beispielweg 1"
    postcode: str = "12345"
    city: str = "Musterstadt"
    country: str = "DE"


@dataclass(slots=True, kw_only=True)
class Line:
    """A product and quantity; `price` is one piece."""

    id: str
    sku: str
    item: str
    title: str
    quantity: int
    price: int
    shipped: int = 0
    cancelled: int = 0


@dataclass(slots=True, kw_only=True)
class Parcel:
    """Goods handed over to a carrier."""

    id: str
    carrier: str
    tracking: str
    state: TrackingState
    shipped_at: datetime
    delivered_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class MoneyBack:
    """A refund; `key` is the sender's own, where the platform takes one, `line` what it is for, where it says so."""

    id: str
    amount: int
    reason: str
    at: datetime
    key: str = ""
    line: str = ""


@dataclass(slots=True, kw_only=True)
class GoodsBack:
    """A return."""

    id: str
    state: ReturnState
    reason: str
    comment: str
    asked_at: datetime
    changed_at: datetime
    decide_by: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Sale:
    """An order. `number` is what people call it by, `id` what the interface does."""

    number: str
    id: str
    buyer: Buyer
    lines: list[Line]
    currency: str
    ordered_at: datetime
    changed_at: datetime
    ship_by: datetime | None = None
    deliver_by: datetime | None = None
    by_platform: bool = False
    cancelled_at: datetime | None = None
    cancel_asked_at: datetime | None = None
    cancel_refused: bool = False
    parcels: list[Parcel] = field(default_factory=list)
    refunds: list[MoneyBack] = field(default_factory=list)
    returns: list[GoodsBack] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What the buyer paid."""
        return sum(line.price * line.quantity for line in self.lines)

    @property
    def refunded(self) -> int:
        """What has gone back."""
        return sum(refund.amount for refund in self.refunds)


class By(StrEnum):
    """Who wrote."""

    BUYER = "buyer"
    SELLER = "seller"
    OPERATOR = "operator"


@dataclass(slots=True, kw_only=True)
class Letter:
    """One message. `to` is whom it was sent to; `files` are names and sizes of what came with it."""

    id: str
    by: By
    text: str
    at: datetime
    to: tuple[By, ...] = ()
    subject: str = ""
    files: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True, kw_only=True)
class Talk:
    """A conversation, about a sale or about a product."""

    id: str
    buyer: Buyer
    topic: str
    sale: str = ""
    item: str = ""
    letters: list[Letter] = field(default_factory=list)

    @property
    def changed_at(self) -> datetime:
        """When the newest letter was written."""
        return max(letter.at for letter in self.letters)


@dataclass(slots=True, kw_only=True)
class Shelved:
    """How much of a product is there."""

    sku: str
    item: str
    title: str
    available: int
    changed_at: datetime
