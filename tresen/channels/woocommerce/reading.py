"""Orders: those that changed, and one with all that is told beside it."""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import NoSuchOrder, OrderDoor, OrderRef, ReadInPart
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json
from tresen.channels.woocommerce.asking import PER_PAGE, ask, changed_between, listed, place_in, read_as, request
from tresen.channels.woocommerce.notes import NOTES, NUMBER, ORDER
from tresen.channels.woocommerce.orders import number_of
from tresen.channels.woocommerce.shapes import WooOrder
from tresen.channels.woocommerce.stock import FEED as STOCK
from tresen.channels.woocommerce.stock import PRODUCT, PRODUCTS, VARIATIONS

ORDERS, ONE, REFUNDS = "orders", "order", "refunds"
CURRENCY, CHANGED = "currency", "changed"
"""The headers under which refunds keep what only their order says."""
MOST_BESIDE = 5
"""So many products with variations are asked for when an order is read anew."""


def read(access: StoreAccess, window: Window, place: str) -> Step:
    """A page of orders that changed in the window."""
    at = place_in(place)
    if isinstance(at, Stale):
        return at
    found = listed(access, "/orders", at, *changed_between(window.since, window.until))
    if isinstance(found, Stale | Stopped):
        return found
    answer, following = found
    return Page(told=(Told(about=ORDERS, body=answer.body),), next=following.text() if following else "")


def read_one(order: OrderRef, access: StoreAccess) -> Sequence[Told] | ReadInPart | NoSuchOrder | Stopped:
    """All that the shop tells of one order: itself, refunds, notes for the buyer, stock of its products.

    Refunds and notes are told nowhere else, so an order without them is not read yet.
    """
    found = one_order(order, access)
    if isinstance(found, NoSuchOrder | Stopped):
        return found
    answer, known = found
    told = [Told(about=ONE, body=answer.body)]
    stopped: Stopped | None = None
    for about, path, query, headers in _beside(known):
        beside = ask(access, path, *query)
        if isinstance(beside, HttpResponse):
            told.append(Told(about=about, body=beside.body, headers=headers))
        elif isinstance(beside, Stopped) and about in {REFUNDS, NOTES}:
            stopped = beside
    return ReadInPart(told=told, stopped=stopped) if stopped else told


type Beside = tuple[str, str, tuple[tuple[str, str], ...], dict[str, str]]


def _beside(order: WooOrder) -> Sequence[Beside]:
    changed, number = order.date_modified_gmt.isoformat(), number_of(order)
    asked: list[Beside] = []
    if order.refunds:
        headers = {NUMBER: number, CURRENCY: order.currency, CHANGED: changed}
        asked.append((REFUNDS, f"/orders/{order.id}/refunds", (("per_page", str(PER_PAGE)),), headers))
    headers = {NUMBER: number, ORDER: str(order.id)}
    asked.append((NOTES, f"/orders/{order.id}/notes", (("type", "customer"),), headers))
    simple = [*dict.fromkeys(str(one.product_id) for one in order.line_items if one.product_id)][:PER_PAGE]
    if simple:
        asked.append((PRODUCTS, "/products", (("include", ",".join(simple)), ("per_page", str(PER_PAGE))), {}))
    varied = [*dict.fromkeys(one.product_id for one in order.line_items if one.product_id and one.variation_id)]
    for product in varied[:MOST_BESIDE]:
        path = f"/products/{product}/variations"
        asked.append((VARIATIONS, path, (("per_page", str(PER_PAGE)),), {PRODUCT: str(product)}))
    return asked


def one_order(order: OrderRef, access: StoreAccess) -> tuple[HttpResponse, WooOrder] | NoSuchOrder | Stopped:
    """The order by its id; by the number that people call it by where the id is not known."""
    if order.external_id:
        return _by_id(order.external_id, access)
    name = order.number.strip().lstrip("#")
    if name.isascii() and name.isdigit():
        found = _by_id(name, access)
        if isinstance(found, Stopped) or (isinstance(found, tuple) and number_of(found[1]) == f"#{name}"):
            return found
    several = read_as(access, "/orders", list[WooOrder], ("search", name), ("per_page", str(PER_PAGE)))
    if isinstance(several, Stopped):
        return several
    same = next((one for one in several if number_of(one) == f"#{name}"), None)
    return _by_id(str(same.id), access) if same else NoSuchOrder()


def _by_id(number: str, access: StoreAccess) -> tuple[HttpResponse, WooOrder] | NoSuchOrder | Stopped:
    outcome = access.http.send(request(access, "GET", f"/orders/{quote(number, safe='')}"))
    if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.NOT_FOUND:
        return NoSuchOrder()
    answer = to_reader(outcome)
    if isinstance(answer, Stopped):
        return answer
    try:
        return answer, read_json(answer.body, WooOrder)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))


DOOR = OrderDoor(read=read_one)
FEEDS = (
    Feed(key="orders", title="Orders", read=read, every=timedelta(minutes=5), reach=timedelta(days=3650)),
    STOCK,
)
