"""The story's customers and orders as rows, in batches: the channels' mirror that later issues fill by themselves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection

from tresen.customers.matching import Contact, match_customers
from tresen.customers.models import Segment
from tresen.local.demo.founding import Shop
from tresen.local.demo.tale.orders import PlannedOrder
from tresen.local.demo.tale.people import Buyer
from tresen.local.demo.tale.stores import StorePlan
from tresen.orders.models import (
    FulfilledBy,
    Fulfilment,
    FulfilmentState,
    Order,
    OrderLine,
    OrderState,
    Refund,
    Return,
)

REGULAR_FROM_ORDERS = 3
REGULAR_FROM_CENTS = 30_000
_SCANS = {"in_transit": "Sortierzentrum", "exception": "Verzögert", "out_for_delivery": "In Zustellung"}


def contact_of(store: StorePlan, buyer: Buyer) -> Contact:
    """How the store's channel knows a buyer."""
    if store.channel == "amazon":
        return Contact(channel="amazon", realm=store.marketplace, key=buyer.address, kind="relay", name=buyer.name)
    if store.channel == "ebay":
        name = buyer.username
        return Contact(channel="ebay", realm=store.marketplace, key=name, kind="username", name=name)
    return Contact(channel="email", realm="", key=buyer.address, kind="email", name=buyer.name)


def stock(orders: Sequence[PlannedOrder], shop: Shop, *, vips: Iterable[Contact], at: datetime, now: datetime) -> None:
    """Write customers and orders as they stand `now`; the customers have been known since `at`."""
    contacts = [contact_of(order.store, order.buyer) for order in orders]
    chosen = list(vips)
    identities = match_customers([*contacts, *chosen], at=at)
    rows = Order.objects.bulk_create(
        Order(
            store_id=shop.stores[order.store.key],
            brand_id=shop.facts[shop.stores[order.store.key]].brand,
            number=order.number,
            identity_id=identities[contact.channel, contact.realm, contact.key],
            state=_state(order, now),
            fulfilled_by=FulfilledBy.PLATFORM if order.by_platform else FulfilledBy.US,
            currency="EUR",
            total=order.total,
            ordered_at=order.ordered_at,
            ship_by=order.ordered_at + timedelta(days=2),
            ship_to=f"{order.buyer.name}\nBeispielweg {len(order.number) + order.total % 80}\n{order.buyer.city}",
            changed_at=order.ordered_at,
        )
        for order, contact in zip(orders, contacts, strict=True)
    )
    ids = {order.number: row.pk for order, row in zip(orders, rows, strict=True)}
    _lines(orders, ids)
    _goods(orders, ids, now=now)
    _segment([identities[one.channel, one.realm, one.key] for one in chosen])


def _state(order: PlannedOrder, now: datetime) -> OrderState:
    if order.cancelled:
        return OrderState.CANCELLED
    if order.refunded_at and order.refunded_at <= now and order.returned_at:
        return OrderState.RETURNED
    if order.delivered_at and order.delivered_at <= now and not order.lost:
        return OrderState.DELIVERED
    return OrderState.SHIPPED if order.shipped_at and order.shipped_at <= now else OrderState.OPEN


def _lines(orders: Sequence[PlannedOrder], ids: Mapping[str, int]) -> None:
    OrderLine.objects.bulk_create(
        OrderLine(
            order_id=ids[order.number],
            position=position,
            sku=line.product.sku,
            item_id=line.product.item if order.store.channel == "ebay" else line.product.asin,
            title=line.product.title(order.store.language),
            quantity=line.quantity,
            price=line.product.price,
        )
        for order in orders
        for position, line in enumerate(order.lines, start=1)
    )


def _goods(orders: Sequence[PlannedOrder], ids: Mapping[str, int], *, now: datetime) -> None:
    """What was shipped, came back, was refunded or claimed."""
    Fulfilment.objects.bulk_create(_fulfilments(orders, ids, now=now))
    Return.objects.bulk_create(
        Return(
            order_id=ids[order.number],
            reason=order.return_reason,
            state="received" if order.returned_at and order.returned_at <= now else "requested",
            tracking=order.tracking[::-1],
            requested_at=(order.returned_at or now) - timedelta(days=4),
            received_at=order.returned_at if order.returned_at and order.returned_at <= now else None,
        )
        for order in orders
        if order.return_reason
    )
    Refund.objects.bulk_create(
        Refund(
            order_id=ids[order.number], amount=order.total, reason=order.return_reason, refunded_at=order.refunded_at
        )
        for order in orders
        if order.refunded_at and order.refunded_at <= now
    )


def _fulfilments(orders: Sequence[PlannedOrder], ids: Mapping[str, int], *, now: datetime) -> Iterator[Fulfilment]:
    for order in orders:
        if order.cancelled or order.shipped_at is None or order.shipped_at > now:
            continue
        arrived = order.delivered_at is not None and order.delivered_at <= now and not order.lost
        state = FulfilmentState.DELIVERED if arrived else _on_its_way(order, now)
        scanned = order.delivered_at if arrived else min(order.shipped_at + timedelta(hours=30), now)
        yield Fulfilment(
            order_id=ids[order.number],
            carrier=order.carrier,
            tracking=order.tracking,
            state=state,
            shipped_at=order.shipped_at,
            last_scan_at=scanned,
            last_scan=f"{_SCANS.get(state, 'Zugestellt')} {order.buyer.city}",
            delivered_at=order.delivered_at if arrived else None,
        )


def _on_its_way(order: PlannedOrder, now: datetime) -> FulfilmentState:
    assert order.shipped_at is not None
    age = now - order.shipped_at
    if order.lost or age > timedelta(days=5):
        return FulfilmentState.EXCEPTION
    return FulfilmentState.IN_TRANSIT if age > timedelta(hours=12) else FulfilmentState.HANDED_OVER


def _segment(vips: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_REGULAR, [Segment.REGULAR, REGULAR_FROM_ORDERS, REGULAR_FROM_CENTS])
        cursor.execute(_VIP, [Segment.VIP, list(vips)])


_REGULAR = """
    UPDATE customers_customer customer SET segment = %s
    FROM (
        SELECT identity.customer_id, count(*) AS orders, sum(o.total) AS cents
        FROM orders_order o JOIN customers_identity identity ON identity.id = o.identity_id GROUP BY 1
    ) AS bought
    WHERE bought.customer_id = customer.id AND (bought.orders >= %s OR bought.cents >= %s)
"""
_VIP = """
    UPDATE customers_customer customer SET segment = %s
    FROM customers_identity identity WHERE identity.customer_id = customer.id AND identity.id = ANY(%s)
"""
