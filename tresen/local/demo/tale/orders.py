"""The demo shop's orders: what was bought, how far it got, what came back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tresen.local.demo.tale.people import Buyer
from tresen.local.demo.tale.products import Product, any_product, carrier, tracking_number
from tresen.local.demo.tale.stores import StorePlan


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One product and how many."""

    product: Product
    quantity: int


@dataclass(slots=True, kw_only=True)
class PlannedOrder:
    """An order as the channel will report it. What came after it was shipped is filled in by the story.

    `cancelled`: the buyer wants no parcel; `cancelled_at` is when we agreed. `refund_waits`: what came back is not paid
    for yet, and the buyer asks about it.
    """

    number: str
    store: StorePlan
    buyer: Buyer
    ordered_at: datetime
    lines: tuple[PlannedLine, ...]
    by_platform: bool
    carrier: str
    tracking: str
    shipped_at: datetime | None
    delivered_at: datetime | None
    lost: bool = False
    cancelled: bool = False
    cancel_asked_at: datetime | None = None
    cancelled_at: datetime | None = None
    return_reason: str = ""
    return_asked_at: datetime | None = None
    return_agreed: bool = False
    returned_at: datetime | None = None
    refund_waits: bool = False
    refunded_at: datetime | None = None
    case: str = ""
    case_at: datetime | None = None

    @property
    def total(self) -> int:
        """In cents; nobody pays for shipping."""
        return sum(line.product.price * line.quantity for line in self.lines)

    @property
    def product(self) -> Product:
        """What the order is mainly about."""
        return self.lines[0].product


def planned_order(dice: Random, store: StorePlan, buyer: Buyer, *, at: datetime, slow: bool = False) -> PlannedOrder:
    """An order placed `at`. `slow`: its parcel takes long, or never comes."""
    by = carrier(dice, store.country)
    shipped = at + timedelta(hours=dice.randint(10, 50))
    days = dice.randint(9, 20) if slow else dice.randint(1, 4)
    return PlannedOrder(
        number=order_number(dice, store),
        store=store,
        buyer=buyer,
        ordered_at=at,
        lines=_lines(dice),
        by_platform=store.channel == "amazon" and dice.random() < 0.35,  # noqa: PLR2004 (a share)
        carrier=by,
        tracking=tracking_number(dice, by),
        shipped_at=shipped,
        delivered_at=shipped + timedelta(days=days, hours=dice.randint(0, 9)),
        lost=slow and dice.random() < 0.25,  # noqa: PLR2004 (a share)
    )


def order_number(dice: Random, store: StorePlan) -> str:
    """A number as this channel writes them."""

    def figures(count: int) -> str:
        return "".join(dice.choices("0123456789", k=count))

    match store.channel:
        case "amazon":
            start = "40" + dice.choice("234568") if store.country == "it" else "30" + dice.choice("23456")
            return f"{start}-{figures(7)}-{figures(7)}"
        case "ebay":
            return f"{dice.randint(10, 27)}-{figures(5)}-{figures(5)}"
        case "mirakl":
            return f"{dice.randint(1, 9)}{figures(7)}-A"
        case _:
            return f"#{dice.randint(21000, 98999)}"


def _lines(dice: Random) -> tuple[PlannedLine, ...]:
    count = dice.choices([1, 2, 3], weights=[78, 17, 5])[0]
    chosen = {product.sku: product for product in (any_product(dice) for _ in range(count))}
    return tuple(PlannedLine(product, dice.choices([1, 2, 4], weights=[85, 12, 3])[0]) for product in chosen.values())
