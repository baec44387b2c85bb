"""How returned pieces are read. OTTO tells them piece by piece, the newest change first, and names no order.

So the order of each is asked for beside it; and of what was announced, where its parcel is. A piece that changes while
the list is read comes to its top, which shows another one twice and hides none.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus

import msgspec

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Page, Step, Stopped, Told, Window
from tresen.channels.http import HttpResponse
from tresen.channels.otto.interface import asking
from tresen.channels.otto.interface.other_shapes import ReturnedItem, ReturnList, ReturnScan, ReturnShipment
from tresen.channels.otto.interface.returns import Bought
from tresen.channels.otto.interface.shapes import OttoOrder
from tresen.channels.otto.interface.understanding import BOUGHT, RETURNS, SCANS
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, instant, read_value

A_PAGE = 10
"""OTTO gives up to fifty; for each an order is read, and perhaps a parcel."""

_SLACK = timedelta(minutes=2)
"""Clocks differ by so much at most."""


def read_returns(access: StoreAccess, window: Window, place: str) -> Step:
    """Pieces whose return changed: announced, accepted, rejected, gone astray."""
    answer = _listed(access, place)
    if isinstance(answer, Stopped):
        return answer
    items = _understood(answer)
    bought = _bought(access, items)
    if isinstance(bought, Stopped):
        return bought
    older = any(instant(one.occurred_time) < window.since for one in items)
    return _page(answer, bought, {}, "" if older else _next(answer, place))


def read_announced(access: StoreAccess, window: Window, place: str) -> Step:
    """All pieces that wait for our decision, with what carriers saw of their parcels."""
    del window
    answer = _listed(access, place, ("status", "ANNOUNCED"))
    if isinstance(answer, Stopped):
        return answer
    items = _understood(answer)
    bought, scans = _bought(access, items), _scans(access, items)
    if isinstance(bought, Stopped):
        return bought
    if isinstance(scans, Stopped):
        return scans
    return _page(answer, bought, scans, _next(answer, place))


def pieces_with(access: StoreAccess, status: str, *, since: datetime | None) -> Collection[str] | Stopped:
    """The pieces that came into this state since then, by their ids; of the newest ones, without a time."""
    found: set[str] = set()
    place = ""
    while True:
        answer = _listed(access, place, ("status", status))
        if isinstance(answer, Stopped):
            return answer
        items = _understood(answer)
        new = [one for one in items if since is None or instant(one.occurred_time) >= since - _SLACK]
        found |= {one.position_item_id for one in new}
        place = _next(answer, place)
        if len(new) < len(items) or not place or since is None:
            return found


def _listed(access: StoreAccess, place: str, *only: tuple[str, str]) -> HttpResponse | Stopped:
    paging = (("limit", str(A_PAGE)), ("page", place or "1"))
    answer = to_reader(access.http.send(asking.request(access, "/v3/returns", *only, *paging)))
    wrong = answer if isinstance(answer, Stopped) else asking.understood(answer, ReturnList)
    return wrong if isinstance(wrong, Stopped) else answer


def _next(answer: HttpResponse, place: str) -> str:
    """The number of the next page, where OTTO says that there is one."""
    page = asking.understood(answer, ReturnList)
    if isinstance(page, Stopped) or not page.position_items:
        return ""
    return str(int(place or "1") + 1) if any(link.rel == "next" for link in page.links) else ""


def _understood(answer: HttpResponse) -> Sequence[ReturnedItem]:
    """The pieces that can be read; the others are told of when the page is understood."""
    page = asking.understood(answer, ReturnList)
    return [] if isinstance(page, Stopped) else [*_read(page.position_items)]


def _read(listed: Sequence[object]) -> Iterator[ReturnedItem]:
    for one in listed:
        try:
            yield read_value(one, ReturnedItem)
        except NotAsDocumented:
            continue


def _bought(access: StoreAccess, items: Sequence[ReturnedItem]) -> dict[str, Bought] | Stopped:
    """What these pieces are, by their ids; without those whose order OTTO does not know."""
    found: dict[str, Bought] = {}
    for number in dict.fromkeys(one.sales_order_id for one in items):
        outcome = access.http.send(asking.request(access, f"/v4/orders/{asking.safe(number)}"))
        if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.NOT_FOUND:
            continue
        answer = to_reader(outcome)
        order = answer if isinstance(answer, Stopped) else asking.understood(answer, OttoOrder)
        if isinstance(order, Stopped):
            return order
        for item in order.position_items:
            of = Bought(number=order.order_number, title=item.product.product_title, sku=item.product.sku)
            found[item.position_item_id] = of
    return found


def _scans(access: StoreAccess, items: Sequence[ReturnedItem]) -> dict[str, list[ReturnScan]] | Stopped:
    """What carriers saw of these parcels, by their numbers; OTTO forgets one after some weeks."""
    keys = [one.details.return_tracking_key for one in items if one.details and one.details.return_tracking_key]
    found: dict[str, list[ReturnScan]] = {}
    for carrier, number in dict.fromkeys((key.carrier, number) for key in keys for number in key.tracking_numbers):
        if not carrier or not number:
            continue
        path = f"/v1/return-shipments/carriers/{asking.safe(carrier)}/trackingnumbers/{asking.safe(number)}"
        outcome = access.http.send(asking.request(access, path))
        if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.NOT_FOUND:
            continue
        answer = to_reader(outcome)
        if isinstance(answer, Stopped) and answer.lacks:
            return {}  # the app may not ask for it: the returns themselves are told all the same
        parcel = answer if isinstance(answer, Stopped) else asking.understood(answer, ReturnShipment)
        if isinstance(parcel, Stopped):
            return parcel
        found[number] = list(parcel.states)
    return found


def _page(
    answer: HttpResponse, bought: Mapping[str, Bought], scans: Mapping[str, Sequence[ReturnScan]], following: str
) -> Page:
    """What a page tells; an empty one tells nothing."""
    listed = asking.understood(answer, ReturnList)
    if isinstance(listed, Stopped) or not listed.position_items:
        return Page(told=())
    headers = {BOUGHT: msgspec.json.encode(bought).decode(), SCANS: msgspec.json.encode(scans).decode()}
    return Page(told=[Told(about=RETURNS, body=answer.body, headers=headers)], next=following)
