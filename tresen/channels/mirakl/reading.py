"""What is asked of a Mirakl operator, no more often than the operations' own texts allow (x-call-frequency, 2026-08).

OR11 at most once a minute in the background and five minutes recommended; RT11 at most every five, fifteen recommended;
M11 "at each inbox display" only, so it is asked slowly and for what is new.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

import msgspec

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Brings, Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import Allowance, HttpRequest, HttpResponse
from tresen.channels.mirakl.parsing import OFFERS, OPERATOR, ORDERS, RETURNS, THREADS
from tresen.channels.order_door import NoSuchOrder, OrderDoor, OrderRef
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json

PER_PAGE = 100
NO_SUCH_ORDER = "The operator knows no order %(number)s."
MOST_OFFERS = 5
"""So many products of an order are asked for when it is read anew."""
GENTLE = Allowance(name="interface", per_second=2.0, burst=30.0)
"""Mirakl documents no number for all operations together; this stays far below what operators report.

Counted by operator: whether several shops of one user are counted apart, Mirakl does not say either.
"""


class _Counted(msgspec.Struct, frozen=True):
    total_count: int


class _Seeking(msgspec.Struct, frozen=True):
    next_page_token: str | None = None


class _Sku(msgspec.Struct, frozen=True):
    offer_sku: str | None = None


class _Lines(msgspec.Struct, frozen=True):
    order_lines: Sequence[_Sku] = ()
    commercial_id: str | None = None


class _OneOrder(msgspec.Struct, frozen=True):
    orders: Sequence[_Lines]


def request(access: StoreAccess, method: str, path: str, *query: tuple[str, str], body: bytes = b"") -> HttpRequest:
    """A request to the store's operator; `path` begins after "/api"."""
    shop = access.setting("shop_id")
    return HttpRequest(
        method=method,
        address=f"{access.setting('address').rstrip('/')}/api{path}",
        allowance=GENTLE.of(f"mirakl {operator_of(access)}"),
        query=(*query, *((("shop_id", shop),) if shop else ())),
        headers={"Accept": "application/json", **({"Content-Type": "application/json"} if body else {})},
        body=body,
    )


def operator_of(access: StoreAccess) -> str:
    """Which operator this is: the host of its interface."""
    return urlsplit(access.setting("address")).netloc


def path_part(number: str) -> str:
    """A number as a part of a path."""
    return quote(number, safe="")


def moment(at: datetime) -> str:
    """As Mirakl writes times."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_orders(access: StoreAccess, window: Window, place: str) -> Step:
    until = ("end_update_date", moment(window.until))
    return _by_offset(access, "/orders", ORDERS, place, ("start_update_date", moment(window.since)), until)


def _read_offers(access: StoreAccess, window: Window, place: str) -> Step:
    del window
    return _by_offset(access, "/offers", OFFERS, place)


def _by_offset(access: StoreAccess, path: str, about: str, place: str, *query: tuple[str, str]) -> Step:
    """A page by its offset. Where fewer are listed than before, some have moved up unseen: begin again."""
    offset, _, total_before = place.partition("/")
    at = int(offset or 0)
    answer = to_reader(
        access.http.send(request(access, "GET", path, *query, ("max", str(PER_PAGE)), ("offset", str(at))))
    )
    if isinstance(answer, Stopped):
        return answer
    try:
        total = read_json(answer.body, _Counted).total_count
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    if total_before and total < int(total_before):
        return Stale()
    left = at + PER_PAGE < total
    return Page(told=[_told(access, about, answer)], next=f"{at + PER_PAGE}/{total}" if left else "")


def _read_threads(access: StoreAccess, window: Window, place: str) -> Step:
    since = ("updated_since", moment(window.since))
    return _by_token(access, "/inbox/threads", THREADS, place, since, ("with_messages", "true"))


def _read_returns(access: StoreAccess, window: Window, place: str) -> Step:
    since = ("return_last_updated_from", moment(window.since))
    return _by_token(access, "/returns", RETURNS, place, since, ("return_last_updated_to", moment(window.until)))


def _by_token(access: StoreAccess, path: str, about: str, place: str, *query: tuple[str, str]) -> Step:
    """A page by its token, which the operator may have forgotten meanwhile."""
    paging = (("limit", str(PER_PAGE)), *((("page_token", place),) if place else ()))
    outcome = access.http.send(request(access, "GET", path, *query, *paging))
    if place and isinstance(outcome, HttpResponse) and outcome.status in {400, 404}:
        return Stale()
    answer = to_reader(outcome)
    if isinstance(answer, Stopped):
        return answer
    try:
        token = read_json(answer.body, _Seeking).next_page_token
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    return Page(told=[_told(access, about, answer)], next=token or "")


def _told(access: StoreAccess, about: str, answer: HttpResponse) -> Told:
    return Told(about=about, body=answer.body, headers={OPERATOR: operator_of(access)})


def _read_order(order: OrderRef, access: StoreAccess) -> Sequence[Told] | NoSuchOrder | Stopped:
    """The order, its returns, and what is there of its products."""
    answer = to_reader(access.http.send(request(access, "GET", "/orders", ("order_ids", order.number))))
    if isinstance(answer, Stopped):
        return answer
    try:
        found = read_json(answer.body, _OneOrder).orders
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    if not found:
        return NoSuchOrder()
    told = [_told(access, ORDERS, answer)]
    asked = [("/returns", RETURNS, ("order_commercial_id", found[0].commercial_id or order.number))]
    skus = [*dict.fromkeys(line.offer_sku for line in found[0].order_lines if line.offer_sku)]
    asked += [("/offers", OFFERS, ("sku", sku)) for sku in skus[:MOST_OFFERS]]
    for path, about, query in asked:
        answer = to_reader(access.http.send(request(access, "GET", path, query)))
        if isinstance(answer, HttpResponse):  # what is beside the order may be missing for once
            told.append(_told(access, about, answer))
    return told


ORDER = OrderDoor(read=_read_order)
FEEDS = (
    Feed(key="orders", title="Orders", read=_read_orders, every=timedelta(minutes=5)),
    Feed(
        key="messages",
        title="Messages",
        read=_read_threads,
        every=timedelta(minutes=5),
        reach=timedelta(0),
        span=timedelta(days=365),
        first=timedelta(days=14),
    ),
    Feed(key="returns", title="Returns", read=_read_returns, every=timedelta(minutes=15)),
    Feed(key="stock", title="Stock", read=_read_offers, every=timedelta(hours=6), brings=Brings.WHOLE),
)
