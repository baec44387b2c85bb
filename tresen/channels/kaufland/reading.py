"""What is asked of Kaufland again and again: tickets, orders by their units, returns, stock.

Each list is asked for once for what the seller sends and once for what Kaufland sends: without saying which, only the
former is told. Lists of what changed stand with the newest first and have no end time, so a page that moves while it
is read shows an entry twice and hides none. What the lists leave out is read one by one.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import msgspec

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Brings, Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import HttpResponse
from tresen.channels.kaufland.asking import (
    KAUFLAND,
    MERCHANT,
    Missing,
    answer_to,
    at_storefront,
    moment,
    path_part,
    read,
    request,
)
from tresen.channels.kaufland.parsing import (
    CARRIER,
    ORDERS,
    RETURN_UNITS,
    TICKETS,
    TICKETS_FILES,
    TICKETS_ORDERS,
    TRACKING,
    UNITS,
)
from tresen.channels.kaufland.shapes import KauflandReturn, Listed
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json

TICKETS_A_PAGE, ORDERS_A_PAGE, RETURNS_A_PAGE, UNITS_A_PAGE = 10, 30, 10, 100

type Reader = Callable[[StoreAccess, HttpResponse], Sequence[Told] | Stopped]


class _Place(msgspec.Struct, frozen=True):
    """Where a list's reading stands; `total`: how long the list was."""

    sent_by: str = MERCHANT
    offset: int = 0
    total: int = 0


class _Numbered(msgspec.Struct, frozen=True):
    id_ticket: str = ""
    id_order: str = ""
    id_return: int = 0


class _Entries(msgspec.Struct, frozen=True):
    data: Sequence[_Numbered]


class _Return(msgspec.Struct, frozen=True):
    data: KauflandReturn


class _WithUnits(msgspec.Struct, frozen=True):
    order_units: Sequence[_Numbered] = ()


class _TicketsUnits(msgspec.Struct, frozen=True):
    data: _WithUnits


class _WithFiles(msgspec.Struct, frozen=True):
    files: Sequence[Any] = ()


class _TicketsFiles(msgspec.Struct, frozen=True):
    data: _WithFiles


def _read_tickets(access: StoreAccess, window: Window, place: str) -> Step:
    query = (("ts_updated_from_iso", moment(window.since)), ("sort", "ts_updated_iso:desc"), *at_storefront(access))
    return _by_pages(access, "/tickets", place, TICKETS_A_PAGE, _tickets_told, *query)


def _read_orders(access: StoreAccess, window: Window, place: str) -> Step:
    query = (("ts_updated_from_iso", moment(window.since)), ("sort", "ts_updated:desc"), *at_storefront(access))
    return _by_pages(access, "/order-units", place, ORDERS_A_PAGE, _orders_told, *query)


def _read_returns(access: StoreAccess, window: Window, place: str) -> Step:
    query = (("ts_updated_from_iso", moment(window.since)), ("sort", "ts_updated:desc"), *at_storefront(access))
    return _by_pages(access, "/returns", place, RETURNS_A_PAGE, _returns_told, *query)


def _read_stock(access: StoreAccess, window: Window, place: str) -> Step:
    del window
    query = (*at_storefront(access), ("embedded", "products"))
    return _by_pages(access, "/units", place, UNITS_A_PAGE, _units_told, *query)


def _by_pages(access: StoreAccess, path: str, place: str, size: int, told_of: Reader, *query: tuple[str, str]) -> Step:
    """One page."""
    try:
        stands = read_json(place.encode(), _Place) if place else _Place()
    except NotAsDocumented:
        return Stale()
    paging = (("fulfillment_type", stands.sent_by), ("limit", str(size)), ("offset", str(stands.offset)))
    outcome = access.http.send(request(access, "GET", path, *query, *paging))
    if stands.sent_by == KAUFLAND and isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.BAD_REQUEST:
        return Page(told=())  # Kaufland gives its own sending up, and one day does not know the word any more
    answer = to_reader(outcome)
    return answer if isinstance(answer, Stopped) else _page(access, answer, stands, size, told_of)


def _page(access: StoreAccess, answer: HttpResponse, stands: _Place, size: int, told_of: Reader) -> Step:
    """What a page tells. Where fewer are listed than before, some have moved up unseen: begin again."""
    try:
        listed = read_json(answer.body, Listed)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    total = listed.pagination.total if listed.pagination else 0
    if total < stands.total:
        return Stale()
    told = told_of(access, answer)
    if isinstance(told, Stopped):
        return told
    following = _following(stands, total, size)
    return Page(told=told, next=msgspec.json.encode(following).decode() if following else "")


def _following(stands: _Place, total: int, size: int) -> _Place | None:
    if stands.offset + size < total:
        return _Place(sent_by=stands.sent_by, offset=stands.offset + size, total=total)
    return _Place(sent_by=KAUFLAND) if stands.sent_by == MERCHANT else None


def _units_told(access: StoreAccess, answer: HttpResponse) -> Sequence[Told]:
    del access
    return (Told(about=UNITS, body=answer.body),)


def _tickets_told(access: StoreAccess, answer: HttpResponse) -> Sequence[Told] | Stopped:
    return _one_by_one(answer, lambda one: one.id_ticket, lambda number: read_ticket(access, number))


def _orders_told(access: StoreAccess, answer: HttpResponse) -> Sequence[Told] | Stopped:
    return _one_by_one(answer, lambda one: one.id_order, lambda number: _order(access, number))


def _returns_told(access: StoreAccess, answer: HttpResponse) -> Sequence[Told] | Stopped:
    return _one_by_one(answer, lambda one: str(one.id_return or ""), lambda number: pieces_of_return(access, number))


def _one_by_one(
    answer: HttpResponse,
    number_of: Callable[[_Numbered], str],
    read_one: Callable[[str], Sequence[Told] | Missing | Stopped],
) -> Sequence[Told] | Stopped:
    """What a page's entries are, each read by itself; one that is gone meanwhile is left out."""
    try:
        entries = read_json(answer.body, _Entries).data
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    told: list[Told] = []
    for number in once(map(number_of, entries)):
        found = read_one(number)
        if isinstance(found, Stopped):
            return found
        told += () if isinstance(found, Missing) else found
    return told


def once(numbers: Iterable[str]) -> Sequence[str]:
    """Each of these numbers once, in their order."""
    return [number for number in dict.fromkeys(numbers) if number]


def read_ticket(access: StoreAccess, number: str) -> Sequence[Told] | Missing | Stopped:
    """A ticket with its messages; beside it the orders that it is about, and its files."""
    path = f"/tickets/{path_part(number)}"
    answer = answer_to(access, path, ("embedded", "messages"))
    if not isinstance(answer, HttpResponse):
        return answer
    units = read(access, _TicketsUnits, path, ("embedded", "order_units"))
    files = read(access, _TicketsFiles, path, ("embedded", "files"))
    if isinstance(units, Stopped):
        return units
    if isinstance(files, Stopped):
        return files
    orders = () if isinstance(units, Missing) else once(one.id_order for one in units.data.order_units)
    beside = () if isinstance(files, Missing) else files.data.files
    headers = {TICKETS_ORDERS: ",".join(orders), TICKETS_FILES: json.dumps(beside)}
    return (Told(about=TICKETS, body=answer.body, headers=headers),)


def _order(access: StoreAccess, number: str) -> Sequence[Told] | Missing | Stopped:
    answer = answer_to(access, f"/orders/{path_part(number)}")
    return (Told(about=ORDERS, body=answer.body),) if isinstance(answer, HttpResponse) else answer


def pieces_of_return(access: StoreAccess, number: str) -> Sequence[Told] | Missing | Stopped:
    """The pieces that come back in one parcel, each with what was bought."""
    back = read(access, _Return, f"/returns/{path_part(number)}", ("embedded", "return_units"))
    if not isinstance(back, _Return):
        return back
    headers = {CARRIER: back.data.tracking_provider or "", TRACKING: back.data.tracking_code or ""}
    told = []
    for unit in back.data.return_units:
        answer = answer_to(access, f"/return-units/{unit.id_return_unit}", ("embedded", "order_unit"))
        if isinstance(answer, Stopped):
            return answer
        if isinstance(answer, HttpResponse):
            told.append(Told(about=RETURN_UNITS, body=answer.body, headers=headers))
    return told


def _of_changes(
    key: str, title: str, read_step: Callable[[StoreAccess, Window, str], Step], *, every: int, first: int
) -> Feed:
    """A list that can be asked "since" and not "until": minutes between two readings, days of the past at first."""
    return Feed(
        key=key,
        title=title,
        read=read_step,
        every=timedelta(minutes=every),
        reach=timedelta(0),
        span=timedelta(days=365),
        first=timedelta(days=first),
    )


FEEDS = (
    _of_changes("messages", "Messages", _read_tickets, every=3, first=30),
    _of_changes("orders", "Orders", _read_orders, every=5, first=90),
    _of_changes("returns", "Returns", _read_returns, every=15, first=90),
    Feed(key="stock", title="Stock", read=_read_stock, every=timedelta(hours=6), brings=Brings.WHOLE),
)
