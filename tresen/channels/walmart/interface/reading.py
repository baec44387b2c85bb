"""What is asked of Walmart again and again, and of one order.

A customer's order may be several purchase orders, which a list of changes tells apart and on different pages. So a list
says only which customers' orders changed, and each of those is then read whole.
"""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote, unquote

from tresen.channels.feeds import Brings, Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.order_door import NoSuchOrder, OrderDoor, OrderRef
from tresen.channels.outbound import StoreAccess
from tresen.channels.walmart.interface import asking, today
from tresen.channels.walmart.interface.other_shapes import Returns, Stock
from tresen.channels.walmart.interface.shapes import Meta, Orders
from tresen.channels.walmart.interface.understanding import ORDERS, RETURNS, STOCK

PER_PAGE, MOST_PARTS, PRODUCTS_PER_PAGE = "50", "200", "50"
AT_ONCE = 10
"""So many orders are read in one step."""
_NO_PLACE = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND})


def _read_orders(access: StoreAccess, window: Window, place: str) -> Step:
    """Which orders changed, then those orders; a place is what is still to be read, and where the list goes on."""
    waiting, _, cursor = place.partition("#")
    numbers = [unquote(one) for one in waiting.split(",") if one]
    return _read_whole(access, numbers, cursor) if numbers else _read_changes(access, window, cursor)


def _read_changes(access: StoreAccess, window: Window, cursor: str) -> Step:
    outcome = access.http.send(asking.request(access, f"/orders{cursor}", *(() if cursor else _changed_in(window))))
    if cursor and isinstance(outcome, HttpResponse) and outcome.status in _NO_PLACE:
        return Stale()
    answer = asking.listed(outcome)
    if answer is None:
        return Page(told=())
    page = answer if isinstance(answer, Stopped) else asking.understood(answer, Orders)
    if isinstance(page, Stopped):
        return page
    found = [one.get("customerOrderId") for one in page.list.elements.order if isinstance(one, dict)]
    numbers = [*dict.fromkeys(str(one) for one in found if one)]
    return Page(told=(), next=_place(numbers, _next(page.list.meta)))


def _changed_in(window: Window) -> Sequence[tuple[str, str]]:
    return (
        ("createdStartDate", asking.stamp(today.oldest_order())),
        ("lastModifiedStartDate", asking.stamp(window.since)),
        ("lastModifiedEndDate", asking.stamp(window.until)),
        ("limit", PER_PAGE),
    )


def _read_whole(access: StoreAccess, numbers: Sequence[str], cursor: str) -> Step:
    """Some of the orders that changed. What was read before one is refused is kept, and that one asked for again."""
    told: list[Told] = []
    for count, number in enumerate(numbers[:AT_ONCE]):
        answer = asking.listed(access.http.send(whole_order(access, number)))
        if isinstance(answer, Stopped):
            if not told:
                return answer
            return Page(told=told, next=_place(numbers[count:], cursor), after=answer.after)
        if answer is not None:
            told.append(Told(about=ORDERS, body=answer.body))
    return Page(told=told, next=_place(numbers[AT_ONCE:], cursor))


def _place(numbers: Sequence[str], cursor: str) -> str:
    waiting = ",".join(quote(one, safe="") for one in numbers)
    return f"{waiting}#{cursor}" if waiting or cursor else ""


def _next(meta: Meta) -> str:
    """Walmart gives the next page's query ready to be appended."""
    cursor = meta.next_cursor or ""
    return cursor if cursor.startswith("?") else ""


def whole_order(access: StoreAccess, number: str) -> HttpRequest:
    """All purchase orders of a customer's order, with pictures."""
    return asking.request(
        access,
        "/orders",
        ("customerOrderId", number),
        ("createdStartDate", asking.stamp(today.oldest_order())),
        ("limit", MOST_PARTS),
        ("productInfo", "true"),
    )


def _read_returns(access: StoreAccess, window: Window, place: str) -> Step:
    query = (
        ("returnLastModifiedStartDate", asking.stamp(window.since)),
        ("returnLastModifiedEndDate", asking.stamp(window.until)),
        ("limit", MOST_PARTS),
    )
    outcome = access.http.send(asking.request(access, f"/returns{place}", *(() if place else query)))
    if place and isinstance(outcome, HttpResponse) and outcome.status in _NO_PLACE:
        return Stale()
    answer = asking.listed(outcome)
    if answer is None or isinstance(answer, Stopped):
        return answer or Page(told=())
    page = asking.understood(answer, Returns)
    if isinstance(page, Stopped):
        return page
    return Page(told=[Told(about=RETURNS, body=answer.body)], next=_next(page.meta) if page.return_orders else "")


def _read_stock(access: StoreAccess, window: Window, place: str) -> Step:
    """All products; the place is a word of Walmart's that changes with each page."""
    del window
    query = (("limit", PRODUCTS_PER_PAGE), *((("nextCursor", place),) if place else ()))
    outcome = access.http.send(asking.request(access, "/inventories", *query))
    if place and isinstance(outcome, HttpResponse) and outcome.status in _NO_PLACE:
        return Stale()
    answer = asking.listed(outcome)
    if answer is None or isinstance(answer, Stopped):
        return answer or Page(told=())
    page = asking.understood(answer, Stock)
    if isinstance(page, Stopped):
        return page
    more = page.meta.next_cursor if page.elements.inventories else ""
    return Page(told=[Told(about=STOCK, body=answer.body)], next=more or "")


def _read_order(order: OrderRef, access: StoreAccess) -> Sequence[Told] | NoSuchOrder | Stopped:
    """The order and its returns."""
    answer = asking.listed(access.http.send(whole_order(access, order.number)))
    if isinstance(answer, Stopped):
        return answer
    page = asking.understood(answer, Orders) if answer else None
    if isinstance(page, Stopped):
        return page
    if answer is None or page is None or not page.list.elements.order:
        return NoSuchOrder()
    told = [Told(about=ORDERS, body=answer.body)]
    returns = asking.request(access, "/returns", ("customerOrderId", order.number), ("limit", MOST_PARTS))
    beside = asking.listed(access.http.send(returns))
    if isinstance(beside, HttpResponse):  # what is beside the order may be missing for once
        told.append(Told(about=RETURNS, body=beside.body))
    return told


ORDER = OrderDoor(read=_read_order)
FEEDS = (
    Feed(
        key="orders",
        title="Orders",
        read=_read_orders,
        every=timedelta(minutes=5),
        overlap=timedelta(minutes=15),
        reach=today.KEPT,
    ),
    Feed(key="returns", title="Returns", read=_read_returns, every=timedelta(minutes=15), reach=today.KEPT),
    Feed(key="stock", title="Stock", read=_read_stock, every=timedelta(hours=6), brings=Brings.WHOLE),
)
