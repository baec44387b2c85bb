"""Orders are read: what changed in a window, or one of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from http import HTTPStatus

import msgspec

from tresen.channels.answered import to_reader
from tresen.channels.ebay.interface import asking, paging
from tresen.channels.ebay.interface.orders.parsing import CHANGED_AT_HEADER, ORDER_ID_HEADER
from tresen.channels.ebay.interface.orders.shapes import Order, OrdersPage
from tresen.channels.feeds import Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import NoSuchOrder, OrderDoor, OrderRef
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, instant, read_value

ORDERS, ORDER, PARCELS = "orders", "order", "order/shipping_fulfillment"
RETURNS = "return/search"
SIZE = 10
"""An order may want a second question about its parcels and a third about a cancellation."""
_PATH = f"{asking.ORDERS}/order"
_NO_NUMBER = b"32100"
"""EBay's number of the error that an order's number is none."""


class _Place(msgspec.Struct, frozen=True):
    """Where a window's reading stands: `left` are orders of the page of which something is still to be read."""

    offset: int | None = None
    left: tuple[str, ...] = ()


def read_orders(access: StoreAccess, window: Window, place: str) -> Step:
    """One page of what changed, with the parcels of its orders; the last page first.

    What can't be read on the way costs nothing that was read before it: the rest is left to the next step.
    """
    try:
        stands = _place_in(place)
    except NotAsDocumented:
        return Stale()
    if stands.left:
        return _reading(access, stands, [], stands.left, _whole)
    page = _page(access, window, stands.offset or 0)
    if isinstance(page, Stopped):
        return page
    told, listed = page
    if stands.offset is None and listed.total > SIZE:
        return Page(told=(), next=str(paging.last_page(listed.total, SIZE)))
    orders = {order.order_id: order for order in _known(listed)}
    return _reading(access, stands, [told], [*orders], lambda access, number: _beside(access, orders[number]))


def _place_in(place: str) -> _Place:
    """Raises NotAsDocumented for a place that is none of ours."""
    offset, _sign, left = place.partition("|")
    return _Place(offset=paging.offset_of(offset), left=tuple(filter(None, left.split(","))))


def _reading(
    access: StoreAccess,
    stands: _Place,
    told: list[Told],
    numbers: Sequence[str],
    beside: Callable[[StoreAccess, str], Iterable[Told | Stopped]],
) -> Step:
    """Ask for these orders one by one; where one can't be read, what was told before it is kept."""
    offset = stands.offset or 0
    for place, number in enumerate(numbers):
        parts = list(beside(access, number))
        stopped = next((part for part in parts if isinstance(part, Stopped)), None)
        if stopped is not None:
            return Page(told=told, next=f"{offset}|{','.join(numbers[place:])}") if told else stopped
        told += [part for part in parts if isinstance(part, Told)]
    return Page(told=told, next=paging.before(offset, SIZE))


def read_order(ref: OrderRef, access: StoreAccess) -> Sequence[Told] | NoSuchOrder | Stopped:
    """All that eBay tells of one order: itself, its parcels, its returns."""
    answer = access.http.send(asking.get(access, path_of(ref.number)))
    if isinstance(answer, HttpResponse) and _is_unknown(answer):
        return NoSuchOrder()
    told = to_reader(answer)
    if isinstance(told, Stopped):
        return told
    order = asking.understood(told, Order)
    if isinstance(order, Stopped):
        return order
    parcels = _parcels(access, order)
    if isinstance(parcels, Stopped):
        return parcels
    return (Told(about=ORDER, body=told.body), parcels, *_returns(access, order.order_id))


def _is_unknown(answer: HttpResponse) -> bool:
    """A number that eBay never gave is wrong to it, not unknown."""
    wrong = answer.status == HTTPStatus.BAD_REQUEST and _NO_NUMBER in answer.body
    return wrong or answer.status == HTTPStatus.NOT_FOUND


def _returns(access: StoreAccess, number: str) -> Sequence[Told]:
    """The order's returns. They are in a feed too: not being let in there, as in the sandbox, is no fault here."""
    query = (("order_id", number), ("limit", "25"))
    answer = asking.asked(access, asking.get(access, f"{asking.POST_ORDER}/{RETURNS}", *query))
    return () if isinstance(answer, Stopped) else (Told(about=RETURNS, body=answer.body),)


def path_of(number: str) -> str:
    """Where an order is."""
    return f"{_PATH}/{asking.safe(number)}"


def _page(access: StoreAccess, window: Window, offset: int) -> tuple[Told, OrdersPage] | Stopped:
    changed = f"lastmodifieddate:[{asking.stamp(window.since)}..{asking.stamp(window.until)}]"
    request = asking.get(access, _PATH, ("filter", changed), ("limit", str(SIZE)), ("offset", str(offset)))
    answer = asking.asked(access, request)
    if isinstance(answer, Stopped):
        return answer
    listed = asking.understood(answer, OrdersPage)
    return listed if isinstance(listed, Stopped) else (Told(about=ORDERS, body=answer.body), listed)


def _known(page: OrdersPage) -> Iterator[Order]:
    """The orders that can be read; the others are told of when the page is understood."""
    for told in page.orders or ():
        try:
            yield read_value(told, Order)
        except NotAsDocumented:
            continue


def _beside(access: StoreAccess, order: Order) -> Iterator[Told | Stopped]:
    """What the list does not tell of an order: its parcels, and who asked for a cancellation, and when."""
    if order.fulfillment_hrefs:
        yield _parcels(access, order)
    if order.cancel_status and order.cancel_status.cancel_state == "IN_PROGRESS":
        answer = asking.asked(access, asking.get(access, path_of(order.order_id)))
        yield answer if isinstance(answer, Stopped) else Told(about=ORDER, body=answer.body)


def _whole(access: StoreAccess, number: str) -> Iterator[Told | Stopped]:
    """An order by itself, with its parcels."""
    answer = asking.asked(access, asking.get(access, path_of(number)))
    if isinstance(answer, Stopped):
        yield answer
        return
    yield Told(about=ORDER, body=answer.body)
    order = asking.understood(answer, Order)
    # One that is odd is told of when it is understood.
    if not isinstance(order, Stopped) and order.fulfillment_hrefs:
        yield _parcels(access, order)


def _parcels(access: StoreAccess, order: Order) -> Told | Stopped:
    answer = asking.asked(access, asking.get(access, f"{path_of(order.order_id)}/shipping_fulfillment"))
    if isinstance(answer, Stopped):
        return answer
    headers = {ORDER_ID_HEADER: order.order_id, CHANGED_AT_HEADER: instant(order.last_modified_date).isoformat()}
    return Told(about=PARCELS, body=answer.body, headers=headers)


ORDER_FEED = Feed(
    key="orders",
    title="Orders",
    read=read_orders,
    every=timedelta(minutes=5),
    reach=timedelta(days=729),
    span=timedelta(days=7),
)
ORDER_DOOR = OrderDoor(read=read_order)
