"""The story's orders as their platforms have them. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from tresen.channels.order_news import ReturnState
from tresen.channels.tracking import TrackingState
from tresen.fakes.sales import Buyer, GoodsBack, Line, MoneyBack, Parcel, Sale, Shelved
from tresen.local.demo.tale.orders import PlannedLine, PlannedOrder
from tresen.local.demo.tale.people import Buyer as Person
from tresen.local.demo.tale.products import Product, products
from tresen.local.demo.tale.stores import StorePlan

SHIP_WITHIN = timedelta(days=2)
ASKED_BEFORE = timedelta(days=4)
"""So long before it arrived was a return asked for."""
DECIDE_WITHIN = timedelta(days=3)
DECIDED_AFTER = timedelta(hours=40)
"""Then the platform decides what it has asked for in vain."""
PAID_BACK_AFTER = timedelta(days=3)
STUCK_AFTER = timedelta(days=5)
FIRST_SCAN_AFTER = timedelta(hours=12)
_COUNTRIES = {"de": "DE", "en": "GB", "it": "IT"}
"""Where the cities of those who speak so lie."""
_BEGINS = 500_000
"""Ids of the story begin here: those that a platform gives later count from one."""


def buyer_of(person: Person, plan: StorePlan) -> Buyer:
    """Who bought, as the platform knows him."""
    return Buyer(
        key=person.username or person.address.partition("@")[0],
        name=person.name,
        email=person.address,
        street=f"Beispielweg {len(person.name) + len(person.city)}",
        city=person.city,
        country=_COUNTRIES.get(person.language, plan.country.upper()),
    )


def sale_of(order: PlannedOrder, number: int, *, plan: StorePlan, now: datetime, return_id: str = "") -> Sale:
    """The order as it stands `now` at the platform of `plan`; `number` is its own among that platform's sales."""
    index = _BEGINS + number
    sale = Sale(
        number=order.number,
        id=_id(order, index, plan),
        buyer=buyer_of(order.buyer, plan),
        lines=list(_lines(order, index, plan)),
        currency=plan.currency,
        ordered_at=order.ordered_at,
        changed_at=order.ordered_at,
        ship_by=order.ordered_at + SHIP_WITHIN,
        by_platform=order.by_platform,
    )
    if order.cancelled:
        _cancel(sale, order, index, now)
    else:
        _ship(sale, order, index, now)
        decided = bool(return_id) and (order.return_asked_at or now) + DECIDED_AFTER <= now
        _take_back(sale, replace(order, return_agreed=True) if decided else order, return_id or f"ret{index}", now)
        _pay_back(sale, order, index, now)
    return sale


def shelves(*, now: datetime) -> list[Shelved]:
    """What is there of each product: few of the popular ones."""
    return [
        Shelved(
            sku=one.sku,
            item=one.asin,
            title=one.title("de"),
            available=(place * 37 + 11) % 60 if place % 7 else 0,
            changed_at=now,
        )
        for place, one in enumerate(products(), start=1)
    ]


def _id(order: PlannedOrder, index: int, plan: StorePlan) -> str:
    """What the platform's interface calls the order by, where that is not what people do."""
    match plan.channel:
        case "ebay" | "shopify" | "woocommerce":
            return str(5_000_000_000 + index)
        case "walmart":
            return str(1_796_270_000_000 + index)
        case "otto":
            return f"00000000-0000-4000-8000-{index:012}"
        case _:
            return order.number


def _lines(order: PlannedOrder, index: int, plan: StorePlan) -> Iterator[Line]:
    for place, line in enumerate(order.lines):
        yield Line(
            id=str(index * 10 + place),
            sku=line.product.sku,
            item=_item(line.product, plan),
            title=line.product.title(plan.language),
            quantity=line.quantity,
            price=line.product.price,
        )


def _item(product: Product, plan: StorePlan) -> str:
    match plan.channel:
        case "amazon":
            return product.asin
        case "mirakl":
            return product.sku
        case _:
            return product.item


def _cancel(sale: Sale, order: PlannedOrder, index: int, now: datetime) -> None:
    """The buyer wanted it; done once somebody of ours has answered."""
    sale.cancel_asked_at = sale.changed_at = min(now, order.cancel_asked_at or order.ordered_at)
    if order.cancelled_at is None:
        return
    sale.cancelled_at = sale.changed_at = order.cancelled_at
    for line in sale.lines:
        line.cancelled = line.quantity
    sale.refunds.append(MoneyBack(id=f"r{index}", amount=sale.total, reason="cancelled", at=order.cancelled_at))


def _ship(sale: Sale, order: PlannedOrder, index: int, now: datetime) -> None:
    if order.shipped_at is None or order.shipped_at > now:
        return
    arrived = order.delivered_at if order.delivered_at and order.delivered_at <= now and not order.lost else None
    for line in sale.lines:
        line.shipped = line.quantity
    sale.parcels.append(
        Parcel(
            id=f"p{index}",
            carrier=order.carrier,
            tracking=order.tracking,
            state=TrackingState.DELIVERED if arrived else _on_its_way(order.shipped_at, order, now),
            shipped_at=order.shipped_at,
            delivered_at=arrived,
        )
    )
    sale.changed_at = arrived or order.shipped_at


def _on_its_way(shipped_at: datetime, order: PlannedOrder, now: datetime) -> TrackingState:
    age = now - shipped_at
    if order.lost or age > STUCK_AFTER:
        return TrackingState.EXCEPTION
    return TrackingState.IN_TRANSIT if age > FIRST_SCAN_AFTER else TrackingState.PENDING


def _take_back(sale: Sale, order: PlannedOrder, return_id: str, now: datetime) -> None:
    if not order.return_reason or order.returned_at is None or not sale.parcels:
        return
    came = order.returned_at if order.returned_at <= now else None
    asked_at = min(order.return_asked_at or order.returned_at - ASKED_BEFORE, now)
    state = ReturnState.RECEIVED if came else ReturnState.AUTHORISED if order.return_agreed else ReturnState.REQUESTED
    sale.returns.append(
        GoodsBack(
            id=return_id,
            state=state,
            reason=order.return_reason,
            comment="",
            asked_at=asked_at,
            changed_at=came or asked_at,
            decide_by=asked_at + DECIDE_WITHIN,
        )
    )
    sale.changed_at = max(sale.changed_at, came or asked_at)


def _pay_back(sale: Sale, order: PlannedOrder, index: int, now: datetime) -> None:
    """What came back long ago has been paid back too, whoever said so."""
    back = sale.returns[0] if sale.returns else None
    at = order.refunded_at
    if at is None and back is not None and back.state is ReturnState.RECEIVED and not order.refund_waits:
        at = back.changed_at + PAID_BACK_AFTER
    if at is None or at > now:
        return
    sale.refunds.append(MoneyBack(id=f"r{index}", amount=sale.total, reason=order.return_reason or "other", at=at))
    if back is not None:
        back.state, back.changed_at = ReturnState.REFUNDED, max(back.changed_at, at)
    sale.changed_at = max(sale.changed_at, at)


def person_again(buyer: Buyer, plan: StorePlan) -> Person:
    """The person that a platform's buyer is; he is taken to speak the store's language."""
    return Person(
        name=buyer.name,
        first=buyer.name.partition(" ")[0],
        language=plan.language,
        city=buyer.city,
        address=buyer.email,
        username=buyer.key if plan.has_inbox else "",
    )


def planned_again(sale: Sale, plan: StorePlan) -> PlannedOrder:
    """The order that a platform's sale is, as far as texts about it need it."""
    known = {product.sku: product for product in products()}
    sent = sale.parcels[0] if sale.parcels else None
    return PlannedOrder(
        number=sale.number,
        store=plan,
        buyer=person_again(sale.buyer, plan),
        ordered_at=sale.ordered_at,
        lines=tuple(PlannedLine(known[line.sku], line.quantity) for line in sale.lines),
        by_platform=sale.by_platform,
        carrier=sent.carrier if sent else "DHL",
        tracking=sent.tracking if sent else "",
        shipped_at=sent.shipped_at if sent else None,
        delivered_at=sent.delivered_at if sent else None,
    )
