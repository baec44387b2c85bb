"""What is asked of Kaufland again and again: tickets, orders by their units, returns, stock.

Each list is asked for once for what the seller sends and once for what Kaufland sends: without saying which, only the
former is told. Lists of what changed stand with the newest first and have no end time, so a page that moves while it
is read shows an entry twice and hides none. What the lists leave out is read one by one; where that stops, what was
read until then is told, and what is left is read first the next time: by number, for no page need stand in one order.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import msgspec
from msgspec.structs import replace

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


class _Place(msgspec.Struct, frozen=True):
    """Where a list's reading stands; `total`: how long the list was; `left`: what of this page is still to be read."""

    sent_by: str = MERCHANT
    offset: int = 0
    total: int = 0
    left: Sequence[str] = ()


class _Numbered(msgspec.Struct, frozen=True):
    id_ticket: str = ""
    id_order: str = ""
    id_return: int = 0


type Read = Sequence[Told] | Missing | Stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A list, and how many entries a page of it has; `number_of` and `read_one`: of entries that say too little."""

    path: str
    size: int
    number_of: Callable[[_Numbered], str] = lambda _entry: ""
    read_one: Callable[[StoreAccess, str], Read] | None = None


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
    tickets = _List(path="/tickets", size=10, number_of=lambda one: one.id_ticket, read_one=read_ticket)
    return _by_pages(access, tickets, place, *_changed(access, window, by="ts_updated_iso"))


def _read_orders(access: StoreAccess, window: Window, place: str) -> Step:
    units = _List(path="/order-units", size=30, number_of=lambda one: one.id_order, read_one=_order)
    return _by_pages(access, units, place, *_changed(access, window, by="ts_updated"))


def _read_returns(access: StoreAccess, window: Window, place: str) -> Step:
    returns = _List(path="/returns", size=10, number_of=lambda one: str(one.id_return or ""), read_one=pieces_of_return)
    return _by_pages(access, returns, place, *_changed(access, window, by="ts_updated"))


def _read_stock(access: StoreAccess, window: Window, place: str) -> Step:
    del window
    units = _List(path="/units", size=100)
    return _by_pages(access, units, place, *at_storefront(access), ("embedded", "products"))


def _changed(access: StoreAccess, window: Window, *, by: str) -> Sequence[tuple[str, str]]:
    return (("ts_updated_from_iso", moment(window.since)), ("sort", f"{by}:desc"), *at_storefront(access))


def _by_pages(access: StoreAccess, asked: _List, place: str, *query: tuple[str, str]) -> Step:
    """One page, or what was left of one."""
    try:
        stands = read_json(place.encode(), _Place) if place else _Place()
    except NotAsDocumented:
        return Stale()
    if stands.left:
        return _one_by_one(access, asked, stands, stands.left)
    paging = (("fulfillment_type", stands.sent_by), ("limit", str(asked.size)), ("offset", str(stands.offset)))
    outcome = access.http.send(request(access, "GET", asked.path, *query, *paging))
    if stands.sent_by == KAUFLAND and isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.BAD_REQUEST:
        return Page(told=())  # Kaufland gives its own sending up, and one day does not know the word any more
    answer = to_reader(outcome)
    return answer if isinstance(answer, Stopped) else _page(access, asked, answer, stands)


def _page(access: StoreAccess, asked: _List, answer: HttpResponse, stands: _Place) -> Step:
    """What a page tells. Where fewer are listed than before, some have moved up unseen: begin again."""
    try:
        listed = read_json(answer.body, Listed)
        entries = read_json(answer.body, _Entries).data
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    total = listed.pagination.total if listed.pagination else 0
    if total < stands.total:
        return Stale()
    stands = replace(stands, total=total)
    if asked.read_one is None:
        return Page(told=(Told(about=UNITS, body=answer.body),), next=_following(asked, stands))
    return _one_by_one(access, asked, stands, once(map(asked.number_of, entries)))


def _one_by_one(access: StoreAccess, asked: _List, stands: _Place, numbers: Sequence[str]) -> Step:
    """What these entries are, each read by itself; one that is gone meanwhile is left out."""
    assert asked.read_one is not None, "what is left is left of a list that is read so"
    told: list[Told] = []
    for count, number in enumerate(numbers):
        found = asked.read_one(access, number)
        if isinstance(found, Stopped):
            left = replace(stands, left=numbers[count:])
            return Page(told=told, next=_written(left), after=found.after) if told else found
        told += () if isinstance(found, Missing) else found
    return Page(told=told, next=_following(asked, stands))


def _following(asked: _List, stands: _Place) -> str:
    """Where the next page begins; nowhere after the last of what Kaufland sends."""
    offset = stands.offset + asked.size
    if offset < stands.total:
        return _written(replace(stands, offset=offset, left=()))
    return _written(_Place(sent_by=KAUFLAND)) if stands.sent_by == MERCHANT else ""


def _written(place: _Place) -> str:
    return msgspec.json.encode(place).decode()


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
