"""The story's orders as their platforms tell of them, taken over as everything that is told is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection

from tresen.channels.order_news import (
    Address,
    FulfilledBy,
    LineTold,
    OrderSnapshot,
    OrderState,
    ParcelTold,
    Payment,
    RefundTold,
    ReturnItem,
    ReturnNotice,
    ReturnState,
)
from tresen.channels.senders import IdentityKind, Sender
from tresen.channels.tracking import TrackingState
from tresen.customers.matching import Contact, match_customers
from tresen.customers.models import Segment
from tresen.local.demo.drawing import address_of, draw
from tresen.local.demo.founding import Shop
from tresen.local.demo.tale.orders import PlannedOrder
from tresen.local.demo.tale.people import Buyer
from tresen.local.demo.tale.stores import StorePlan
from tresen.orders.mirroring import Shelf, Told, mirror_orders, mirror_returns

REGULAR_FROM_ORDERS = 3
REGULAR_FROM_CENTS = 30_000
_SCANS = {"in_transit": "Sortierzentrum", "exception": "Verzögert", "out_for_delivery": "In Zustellung"}


def contact_of(store: StorePlan, buyer: Buyer) -> Contact:
    """How the store's channel knows a buyer."""
    sender = _sender(store, buyer)
    if sender.kind is IdentityKind.EMAIL:
        return Contact(channel="email", realm="", key=sender.key, kind=sender.kind, name=sender.name)
    return Contact(channel=store.channel, realm=store.marketplace, key=sender.key, kind=sender.kind, name=sender.name)


def _sender(store: StorePlan, buyer: Buyer) -> Sender:
    if store.channel == "ebay":
        return Sender(kind=IdentityKind.USERNAME, key=buyer.username, name=buyer.username)
    kind = IdentityKind.RELAY if store.channel == "amazon" else IdentityKind.EMAIL
    return Sender(kind=kind, key=buyer.address, name=buyer.name, reply_to=buyer.address)


def stock(orders: Sequence[PlannedOrder], shop: Shop, *, vips: Iterable[Contact], at: datetime, now: datetime) -> None:
    """Take over customers and orders as they stand `now`; the customers have been known since `at`."""
    chosen = list(vips)
    identities = match_customers([*(contact_of(one.store, one.buyer) for one in orders), *chosen], at=at)
    shelves = _shelves(orders, shop)
    draw(((shop.stores[one.store.key], line.product.sku) for one in orders for line in one.lines), at=now)
    mirror_orders([Told(shelves[one.store.key], _snapshot(one, now)) for one in orders], at=now)
    back = [Told(shelves[one.store.key], _return(one, now)) for one in orders if one.return_reason]
    mirror_returns(back)
    _segment([identities[one.channel, one.realm, one.key] for one in chosen])


def _shelves(orders: Iterable[PlannedOrder], shop: Shop) -> Mapping[str, Shelf]:
    plans = {one.store.key: one.store for one in orders}
    return {
        key: Shelf(
            store=shop.stores[key],
            brand=shop.facts[shop.stores[key]].brand,
            channel=plan.channel,
            marketplace=plan.marketplace,
        )
        for key, plan in plans.items()
    }


def _snapshot(order: PlannedOrder, now: datetime) -> OrderSnapshot:
    refunded = order.refunded_at is not None and order.refunded_at <= now
    city = order.buyer.city
    street = f"Beispielweg {len(order.number) + order.total % 80}"
    return OrderSnapshot(
        number=order.number,
        changed_at=now,
        state=_state(order, now),
        payment=Payment.REFUNDED if refunded else Payment.PAID,
        fulfilled_by=FulfilledBy.PLATFORM if order.by_platform else FulfilledBy.US,
        currency="EUR",
        total=order.total,
        ordered_at=order.ordered_at,
        ship_by=order.ordered_at + timedelta(days=2),
        buyer=_sender(order.store, order.buyer),
        ship_to=Address(lines=(order.buyer.name, street, city), city=city, country=order.store.country.upper()),
        lines=[
            LineTold(
                external_id=f"{order.number}/{position}",
                title=line.product.title(order.store.language),
                quantity=line.quantity,
                price=line.product.price,
                sku=line.product.sku,
                item_id=line.product.item if order.store.channel == "ebay" else line.product.asin,
                picture=address_of(line.product.sku),
            )
            for position, line in enumerate(order.lines, start=1)
        ],
        parcels=_parcels(order, now),
        refunds=_refunds(order, now),
    )


def _state(order: PlannedOrder, now: datetime) -> OrderState:
    if order.cancelled:
        return OrderState.CANCELLED
    if order.refunded_at and order.refunded_at <= now and order.returned_at:
        return OrderState.RETURNED
    if order.delivered_at and order.delivered_at <= now and not order.lost:
        return OrderState.DELIVERED
    return OrderState.SHIPPED if order.shipped_at and order.shipped_at <= now else OrderState.OPEN


def _parcels(order: PlannedOrder, now: datetime) -> list[ParcelTold]:
    if order.cancelled or order.shipped_at is None or order.shipped_at > now:
        return []
    arrived = order.delivered_at is not None and order.delivered_at <= now and not order.lost
    state = TrackingState.DELIVERED if arrived else _on_its_way(order.shipped_at, order, now)
    scanned = order.delivered_at if arrived else min(order.shipped_at + timedelta(hours=30), now)
    return [
        ParcelTold(
            external_id=order.tracking,
            state=state,
            carrier=order.carrier,
            tracking=order.tracking,
            shipped_at=order.shipped_at,
            last_scan_at=scanned,
            last_scan=f"{_SCANS.get(state, 'Zugestellt')} {order.buyer.city}",
            delivered_at=order.delivered_at if arrived else None,
        )
    ]


def _on_its_way(shipped_at: datetime, order: PlannedOrder, now: datetime) -> TrackingState:
    age = now - shipped_at
    if order.lost or age > timedelta(days=5):
        return TrackingState.EXCEPTION
    return TrackingState.IN_TRANSIT if age > timedelta(hours=12) else TrackingState.PENDING


def _refunds(order: PlannedOrder, now: datetime) -> list[RefundTold]:
    if order.refunded_at is None or order.refunded_at > now:
        return []
    return [
        RefundTold(
            external_id=f"{order.number}/refund", amount=order.total, at=order.refunded_at, reason=order.return_reason
        )
    ]


def _return(order: PlannedOrder, now: datetime) -> ReturnNotice:
    came = order.returned_at if order.returned_at and order.returned_at <= now else None
    return ReturnNotice(
        external_id=f"{order.number}/return",
        order_number=order.number,
        changed_at=now,
        state=ReturnState.RECEIVED if came else ReturnState.REQUESTED,
        requested_at=(order.returned_at or now) - timedelta(days=4),
        reason=order.return_reason,
        tracking=order.tracking[::-1],
        received_at=came,
        items=[
            ReturnItem(title=line.product.title(order.store.language), quantity=line.quantity, sku=line.product.sku)
            for line in order.lines
        ],
    )


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
