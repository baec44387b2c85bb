"""Asking for orders: those that changed in a window, page by page, and one alone."""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

import msgspec

from tresen.channels.amazon.interface.places import asked, marketplace_of, named, read, written
from tresen.channels.answered import AFTER_A_FAULT
from tresen.channels.feeds import Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import Allowance, HttpOutcome, HttpResponse
from tresen.channels.order_door import NoSuchOrder, OrderDoor, OrderRef
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json

ORDERS, ORDER = "orders", "order"
SEARCH = Allowance(name="searchOrders", per_second=0.0056, burst=20)
GET = Allowance(name="getOrder", per_second=0.5, burst=30)
PATH = "/orders/2026-01-01/orders"
INCLUDED = ("BUYER", "RECIPIENT", "PROCEEDS", "CANCELLATION", "FULFILLMENT", "PACKAGES")
MOST = 100
NOT_YET = timedelta(minutes=3)
"""Amazon answers only for what is two minutes old; windows are asked for a little later than they are, as a whole."""


class Pagination(msgspec.Struct, frozen=True, rename="camel"):
    """How a search goes on."""

    next_token: str | None = None


class Found(msgspec.Struct, frozen=True):
    """The only thing that reading wants to know of a page."""

    orders: list[object]
    pagination: Pagination | None = None


def read_orders(access: StoreAccess, window: Window, place: str) -> Step:
    """One page of the orders that changed in the window."""
    span = (
        ("lastUpdatedAfter", written(window.since - NOT_YET)),
        ("lastUpdatedBefore", written(window.until - NOT_YET)),
    )
    outcome = _search(access, span, token=place)
    if place and isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.BAD_REQUEST:
        return Stale()
    answer = read(outcome)
    if isinstance(answer, Stopped):
        return answer
    try:
        pages = read_json(answer.body, Found).pagination
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong), after=AFTER_A_FAULT)
    return Page(told=(Told(about=ORDERS, body=answer.body),), next=(pages.next_token if pages else None) or "")


def read_order(order: OrderRef, access: StoreAccess) -> Sequence[Told] | NoSuchOrder | Stopped:
    """One order, whole."""
    outcome = got(order, access)
    # A number that is no number of Amazon's is refused as wrong, not as unknown.
    if isinstance(outcome, HttpResponse) and outcome.status in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}:
        return NoSuchOrder()
    answer = read(outcome)
    return answer if isinstance(answer, Stopped) else (Told(about=ORDER, body=answer.body),)


def got(order: OrderRef, access: StoreAccess) -> HttpOutcome:
    """What Amazon answers for one order."""
    query = (("includedData", ",".join(INCLUDED)),)
    return access.http.send(asked(access, f"{PATH}/{named(order)}", GET, query=query))


def _search(access: StoreAccess, span: tuple[tuple[str, str], ...], *, token: str) -> HttpOutcome:
    query = (
        *span,
        ("marketplaceIds", marketplace_of(access).id),
        ("includedData", ",".join(INCLUDED)),
        ("maxResultsPerPage", str(MOST)),
        *((("paginationToken", token),) if token else ()),
    )
    return access.http.send(asked(access, PATH, SEARCH, query=query))


FEED = Feed(
    key=ORDERS,
    title="Orders",
    read=read_orders,
    # One request in three minutes is allowed after the first twenty, and each window costs one for a hundred orders.
    every=timedelta(minutes=5),
    overlap=timedelta(minutes=10),
    reach=timedelta(days=729),
    span=timedelta(days=30),
)
DOOR = OrderDoor(read=read_order)
