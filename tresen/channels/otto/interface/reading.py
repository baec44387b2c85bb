"""What is asked of OTTO again and again, and of one order.

Lists of orders tell neither where parcels are nor what went back. An order that changed of late is named, and read
whole as if somebody had opened it; parcels that moved name theirs. Pages are short, so that what is read beside one
fits into what OTTO lets us ask at once.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from http import HTTPStatus

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Brings, Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import HttpOutcome, HttpResponse
from tresen.channels.order_door import NoSuchOrder, OrderDoor, OrderRef, ReadInPart
from tresen.channels.otto.interface import asking, today
from tresen.channels.otto.interface.documents import bring_receipt
from tresen.channels.otto.interface.orders import changed_at, has_left
from tresen.channels.otto.interface.other_shapes import Shipment, ShipmentList, Stock
from tresen.channels.otto.interface.return_reading import read_announced, read_returns
from tresen.channels.otto.interface.shapes import OrderList, OttoOrder
from tresen.channels.otto.interface.understanding import (
    CHANGED_AT,
    NUMBER,
    ORDER,
    ORDERS,
    PARCELS,
    RECEIPTS,
    SHIPMENT,
    STOCK,
)
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, instant, read_value

ORDERS_A_PAGE, SHIPMENTS_A_PAGE, PRODUCTS_A_PAGE, RECEIPTS_A_PAGE = "100", "20", "200", "128"
_NO_PLACE = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def _read_orders(access: StoreAccess, window: Window, place: str) -> Step:
    """Orders that changed, the longest unchanged first. With a cursor OTTO heeds nothing else but how many."""
    asked = (("nextcursor", place),) if place else (("fromDate", asking.stamp(window.since)),)
    outcome = access.http.send(asking.request(access, "/v4/orders", *asked, ("limit", ORDERS_A_PAGE)))
    answer = _listed(outcome, place)
    if not isinstance(answer, HttpResponse):
        return answer
    page = asking.understood(answer, OrderList)
    if isinstance(page, Stopped):
        return page
    return _page(Told(about=ORDERS, body=answer.body), page.resources, asking.following(page.links, "nextcursor"))


def _page(told: Told, entries: Sequence[object], following: str) -> Page:
    """An empty page tells nothing, and is the last one, whatever it links to."""
    return Page(told=[told], next=following) if entries else Page(told=())


def _read_parcels(access: StoreAccess, window: Window, place: str) -> Step:
    """Of the parcels of the last weeks those that moved meanwhile, each with the orders that it is of."""
    asked = (("datefrom", today.parcels_since()), ("limit", SHIPMENTS_A_PAGE), *((("next", place),) if place else ()))
    answer = _listed(access.http.send(asking.request(access, "/v1/shipments", *asked)), place)
    if not isinstance(answer, HttpResponse):
        return answer
    page = asking.understood(answer, ShipmentList)
    if isinstance(page, Stopped):
        return page
    told = []
    for moved in _moved(page.resources, window):
        whole = _found(access, f"/v1/shipments/{asking.safe(moved.shipment_id)}")
        if isinstance(whole, Stopped):
            return whole
        if whole is not None:
            told.append(Told(about=SHIPMENT, body=whole.body))
    return Page(told=tuple(told), next=asking.following(page.links, "next") if page.resources else "")


def _moved(listed: Sequence[object], window: Window) -> Iterator[Shipment]:
    """Those of which a carrier told something in this time. What is not understood is told of when it is read whole."""
    for one in listed:
        try:
            shipment = read_value(one, Shipment)
            if any(instant(state.occurred_on) >= window.since for state in shipment.states):
                yield shipment
        except NotAsDocumented:
            continue


def _read_stock(access: StoreAccess, window: Window, place: str) -> Step:
    del window
    asked = (("limit", PRODUCTS_A_PAGE), *((("cursor", place),) if place else ()))
    answer = _listed(access.http.send(asking.request(access, "/v1/availability/quantities", *asked)), place)
    if not isinstance(answer, HttpResponse):
        return answer
    page = asking.understood(answer, Stock)
    if isinstance(page, Stopped):
        return page
    variations = page.resources.variations
    return _page(Told(about=STOCK, body=answer.body), variations, asking.following(page.links, "cursor"))


def _listed(outcome: HttpOutcome, place: str) -> HttpResponse | Stale | Stopped:
    """The answer of a list; a place that OTTO does not know any more begins it again."""
    if place and isinstance(outcome, HttpResponse) and outcome.status in _NO_PLACE:
        return Stale()
    return to_reader(outcome)


def _found(access: StoreAccess, path: str) -> HttpResponse | Stopped | None:
    """One thing; None where OTTO has none of that name."""
    outcome = access.http.send(asking.request(access, path))
    if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.NOT_FOUND:
        return None
    return to_reader(outcome)


def order_path(order: OrderRef) -> str:
    """Where an order is; OTTO takes its id and its number at the same place."""
    return f"/v4/orders/{asking.safe(order.external_id or order.number)}"


def _read_order(order: OrderRef, access: StoreAccess) -> Sequence[Told] | ReadInPart | NoSuchOrder | Stopped:
    """The order, its parcels and its receipts, which no list tells: without them it is not read yet."""
    answer = _found(access, order_path(order))
    if answer is None:
        return NoSuchOrder()
    if isinstance(answer, Stopped):
        return answer
    told = [Told(about=ORDER, body=answer.body)]
    read = asking.understood(answer, OttoOrder)
    # One that is odd is told of when it is understood.
    if isinstance(read, Stopped) or not has_left(read):
        return told
    stopped: Stopped | None = None
    for beside in _beside(access, read):
        if isinstance(beside, Told):
            told.append(beside)
        elif not beside.lacks:  # what the app may not see will not come by asking again
            stopped = beside
    return ReadInPart(told=told, stopped=stopped) if stopped else told


def _beside(access: StoreAccess, order: OttoOrder) -> Iterator[Told | Stopped]:
    headers = {NUMBER: order.order_number, CHANGED_AT: changed_at(order).isoformat()}
    parcels = [_found(access, path) for path in _parcel_paths(order)]
    bodies = [one.body for one in parcels if isinstance(one, HttpResponse)]
    stopped = [one for one in parcels if isinstance(one, Stopped)]
    yield from stopped
    if bodies and not stopped:
        yield Told(about=PARCELS, body=b"[" + b",".join(bodies) + b"]", headers=headers)
    query = (("salesOrderId", order.sales_order_id), ("limit", RECEIPTS_A_PAGE))
    receipts = to_reader(access.http.send(asking.request(access, "/v3/receipts", *query)))
    if isinstance(receipts, Stopped):
        yield receipts
    else:
        yield Told(about=RECEIPTS, body=receipts.body, headers=headers)


def _parcel_paths(order: OttoOrder) -> Sequence[str]:
    keys = [one.tracking_info for one in order.position_items if one.tracking_info]
    named = [(key.carrier, key.tracking_number) for key in keys if key.carrier and key.tracking_number]
    return [
        f"/v1/shipments/carriers/{asking.safe(carrier)}/trackingnumbers/{asking.safe(number)}"
        for carrier, number in dict.fromkeys(named)
    ]


ORDER_DOOR = OrderDoor(read=_read_order, bring=bring_receipt)
FEEDS = (
    Feed(
        key="orders",
        title="Orders",
        read=_read_orders,
        every=timedelta(minutes=5),
        overlap=timedelta(minutes=15),
        reach=timedelta(0),
        span=timedelta(days=365),
        first=timedelta(days=90),
    ),
    Feed(
        key="parcels",
        title="Parcels",
        read=_read_parcels,
        every=timedelta(hours=1),
        overlap=timedelta(hours=6),
        reach=timedelta(0),
        span=timedelta(days=365),
        first=timedelta(days=1),
    ),
    Feed(
        key="returns",
        title="Returns",
        read=read_returns,
        every=timedelta(minutes=15),
        reach=timedelta(0),
        span=timedelta(days=365),
        first=timedelta(days=30),
    ),
    Feed(
        key="returns_under_way",
        title="Returns on their way",
        read=read_announced,
        every=timedelta(hours=2),
        brings=Brings.WHOLE,
    ),
    Feed(key="stock", title="Stock", read=_read_stock, every=timedelta(hours=6), brings=Brings.WHOLE),
)
