"""How much of a product lies in Amazon's warehouses (FBA)."""

from collections.abc import Sequence
from datetime import UTC, timedelta
from http import HTTPStatus

import msgspec

from tresen.channels.amazon.interface.places import asked, marketplace_of, read
from tresen.channels.answered import AFTER_A_FAULT
from tresen.channels.contract import Inbound, RawPayload, Unreadable
from tresen.channels.feeds import Brings, Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import Allowance, HttpRequest, HttpResponse
from tresen.channels.order_news import StockNotice
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json, read_value

STOCK = "stock"
SUMMARIES = Allowance(name="getInventorySummaries", per_second=2, burst=2)
A_STEP = 10
"""So many pages at once: a page's word for the next is forgotten after 30 seconds."""


class Pagination(msgspec.Struct, frozen=True, rename="camel"):
    """How it goes on."""

    next_token: str | None = None


class Found(msgspec.Struct, frozen=True):
    """All that reading wants to know of a page."""

    payload: object
    pagination: Pagination | None = None


class Summaries(msgspec.Struct, frozen=True, rename="camel"):
    """The products of a page."""

    inventory_summaries: list[object]


class Inventory(msgspec.Struct, frozen=True):
    """A page."""

    payload: Summaries


class Reserved(msgspec.Struct, frozen=True, rename="camel"):
    """Sold and not shipped, or on its way between warehouses."""

    total_reserved_quantity: int | None = None


class Details(msgspec.Struct, frozen=True, rename="camel"):
    """Where the pieces are."""

    fulfillable_quantity: int | None = None
    inbound_working_quantity: int | None = None
    inbound_shipped_quantity: int | None = None
    inbound_receiving_quantity: int | None = None
    reserved_quantity: Reserved | None = None


class Summary(msgspec.Struct, frozen=True, rename="camel"):
    """A product."""

    seller_sku: str
    asin: str | None = None
    product_name: str | None = None
    total_quantity: int | None = None
    inventory_details: Details | None = None


def read_stock(access: StoreAccess, window: Window, place: str) -> Step:
    """Some pages of all there is."""
    del window
    told: list[Told] = []
    for _ in range(A_STEP):
        outcome = access.http.send(_request(access, place))
        if place and isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.BAD_REQUEST:
            return Stale()
        answer = read(outcome)
        if isinstance(answer, Stopped):
            # What was read so far is kept, and the rest asked for when Amazon allows it.
            return Page(told=told, next=place, after=answer.after) if told and answer.held else answer
        try:
            pages = read_json(answer.body, Found).pagination
        except NotAsDocumented as wrong:
            return Stopped(reason=str(wrong), after=AFTER_A_FAULT)
        told.append(Told(about=STOCK, body=answer.body))
        place = (pages.next_token if pages else None) or ""
        if not place:
            break
    return Page(told=told, next=place)


def parse_stock(payload: RawPayload) -> Sequence[Inbound]:
    """Each product as it stood when it was asked for."""
    try:
        found = read_json(payload.body, Inventory).payload.inventory_summaries
    except NotAsDocumented as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)
    return [_level(one, payload) for one in found]


def _level(told: object, payload: RawPayload) -> StockNotice | Unreadable:
    try:
        one = read_value(told, Summary)
    except NotAsDocumented as wrong:
        return Unreadable(reason="not_as_documented", subject=STOCK, excerpt=str(wrong))
    where = one.inventory_details or Details()
    there = one.total_quantity if where.fulfillable_quantity is None else where.fulfillable_quantity
    coming = (where.inbound_working_quantity, where.inbound_shipped_quantity, where.inbound_receiving_quantity)
    known = [number for number in coming if number is not None]
    return StockNotice(
        sku=one.seller_sku,
        at=payload.received_at.astimezone(UTC),
        available=max(0, there or 0),
        item_id=one.asin or "",
        title=one.product_name or "",
        reserved=where.reserved_quantity.total_reserved_quantity if where.reserved_quantity else None,
        inbound=sum(known) if known else None,
    )


def _request(access: StoreAccess, place: str) -> HttpRequest:
    here = marketplace_of(access).id
    query = (
        ("details", "true"),
        ("granularityType", "Marketplace"),
        ("granularityId", here),
        ("marketplaceIds", here),
        *((("nextToken", place),) if place else ()),
    )
    return asked(access, "/fba/inventory/v1/summaries", SUMMARIES, query=query)


FEED = Feed(
    key=STOCK,
    title="Stock in Amazon’s warehouses",
    read=read_stock,
    every=timedelta(minutes=30),
    brings=Brings.WHOLE,
)
