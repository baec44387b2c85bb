"""What is asked of TikTok Shop again and again: chats, orders, returns, cancellations, stock.

Of chats no list says what changed, nor is their order documented. Every three minutes they are gone through down to the
first page on which all is old; twice a day all of them are, so that one that stands elsewhere is found too.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus

import msgspec

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Brings, Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.tiktok_shop.asking import ask, path_part, read, request, seconds, understood
from tresen.channels.tiktok_shop.parsing import (
    CANCELLATIONS,
    CONVERSATION,
    MESSAGES,
    ORDERS,
    RETURNS,
    STOCK,
    TITLES,
    titles_header,
)
from tresen.channels.tiktok_shop.shapes import Conversation, Conversations, Messages

CHATS_A_PAGE, MESSAGES_A_PAGE, USUAL_A_PAGE, RETURNS_A_PAGE = 20, 10, 100, 50
"""The most that TikTok Shop gives: of chats and their messages as third parties have it from its page (2026-09)."""
NEWEST_FIRST = (("sort_field", "create_time"), ("sort_order", "DESC"))
LONGEST_UNCHANGED_FIRST = (("sort_field", "update_time"), ("sort_order", "ASC"))
LOOKED_BACK = timedelta(days=2)
"""So old may a message be that is found when all chats are gone through."""


class Following(msgspec.Struct, frozen=True):
    """What every page tells beside its entries."""

    next_page_token: str = ""


class _Product(msgspec.Struct, frozen=True):
    id: str
    title: str = ""


class _Products(msgspec.Struct, frozen=True):
    products: Sequence[_Product] = ()
    next_page_token: str = ""


def _token(place: str) -> tuple[tuple[str, str], ...]:
    return (("page_token", place),) if place else ()


def _read_newest(access: StoreAccess, window: Window, place: str) -> Step:
    return _chats(access, window.since, place, whole=False)


def _read_all_chats(access: StoreAccess, window: Window, place: str) -> Step:
    return _chats(access, window.until - LOOKED_BACK, place, whole=True)


def _chats(access: StoreAccess, since: datetime, place: str, *, whole: bool) -> Step:
    """A page of chats, with the messages of those in which something was written since then."""
    paging = (("page_size", str(CHATS_A_PAGE)), *_token(place))
    found = read(access, Conversations, request(access, "GET", "/customer_service/202309/conversations", *paging))
    if isinstance(found, Stopped):
        return found
    fresh = [one for one in found.conversations if _changed(one) >= seconds(since)]
    told: list[Told] = []
    for one in fresh:
        pages = _messages(access, one.id, since)
        if isinstance(pages, Stopped):
            return pages
        told += pages
    goes_on = bool(found.conversations) and found.next_page_token != place and (whole or bool(fresh))
    return Page(told=told, next=found.next_page_token if goes_on else "")


def _changed(one: Conversation) -> int:
    return max(one.latest_message.create_time, one.create_time)


def _messages(access: StoreAccess, conversation: str, since: datetime) -> Sequence[Told] | Stopped:
    """The pages of a chat, the newest messages first, down to the first one that is older."""
    told: list[Told] = []
    place = ""
    while True:
        answer = page_of_chat(access, conversation, place)
        if isinstance(answer, Stopped):
            return answer
        told.append(Told(about=MESSAGES, body=answer.body, headers={CONVERSATION: conversation}))
        page = understood(answer, Messages)
        if isinstance(page, Stopped):
            return page
        times = [one.get("create_time", 0) for one in page.messages if isinstance(one, dict)]
        older = any(isinstance(time, int) and time < seconds(since) for time in times)
        if older or not times or page.next_page_token in {"", place}:
            return told
        place = page.next_page_token


def page_of_chat(access: StoreAccess, conversation: str, place: str = "") -> HttpResponse | Stopped:
    """A page of a chat's messages, the newest first, with cards in plain words too."""
    path = f"/customer_service/202309/conversations/{path_part(conversation)}/messages"
    query = (("page_size", str(MESSAGES_A_PAGE)), *NEWEST_FIRST, ("need_plaintext", "true"), *_token(place))
    return ask(access, request(access, "GET", path, *query))


def _read_orders(access: StoreAccess, window: Window, place: str) -> Step:
    return _changes(access, window, place, "/order/202309/orders/search", ORDERS, USUAL_A_PAGE)


def _read_returns(access: StoreAccess, window: Window, place: str) -> Step:
    return _changes(access, window, place, "/return_refund/202602/returns/search", RETURNS, RETURNS_A_PAGE)


def _read_cancellations(access: StoreAccess, window: Window, place: str) -> Step:
    return _changes(access, window, place, "/return_refund/202602/cancellations/search", CANCELLATIONS, RETURNS_A_PAGE)


def _changes(access: StoreAccess, window: Window, place: str, path: str, about: str, size: int) -> Step:
    """A page of what changed in the window, whole seconds at both ends; a token that is not known any more: anew."""
    told = {"update_time_ge": seconds(window.since), "update_time_lt": seconds(window.until) + 1}
    paging = (("page_size", str(size)), *LONGEST_UNCHANGED_FIRST, *_token(place))
    outcome = access.http.send(request(access, "POST", path, *paging, told=told))
    if place and isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.BAD_REQUEST:
        return Stale()
    answer = to_reader(outcome)
    if isinstance(answer, Stopped):
        return answer
    following = understood(answer, Following)
    if isinstance(following, Stopped):
        return following
    return Page(told=[Told(about=about, body=answer.body)], next=_onwards(following, place))


def _onwards(following: Following, place: str) -> str:
    return following.next_page_token if following.next_page_token != place else ""


def _read_stock(access: StoreAccess, window: Window, place: str) -> Step:
    """A page of products, and how much of each is there."""
    del window
    paging = (("page_size", str(USUAL_A_PAGE)), *_token(place))
    asked = request(access, "POST", "/product/202309/products/search", *paging, told={"status": "ACTIVATE"})
    found = read(access, _Products, asked)
    if isinstance(found, Stopped):
        return found
    titles = {product.id: product.title for product in found.products}
    told: list[Told] = []
    if titles:
        shelf = inventory(access, product_ids=list(titles))
        if isinstance(shelf, Stopped):
            return shelf
        told.append(Told(about=STOCK, body=shelf.body, headers={TITLES: titles_header(titles)}))
    goes_on = found.next_page_token if titles and found.next_page_token != place else ""
    return Page(told=told, next=goes_on)


def inventory(access: StoreAccess, **of: Sequence[str]) -> HttpResponse | Stopped:
    """How much is there of these `product_ids`, 100 at most, or `sku_ids`, 600 at most."""
    return ask(access, request(access, "POST", "/product/202309/inventory/search", told=of))


FEEDS = (
    Feed(
        key="messages",
        title="Messages",
        read=_read_newest,
        every=timedelta(minutes=3),
        reach=timedelta(0),
        span=timedelta(days=365),
        first=timedelta(days=14),
    ),
    Feed(key="orders", title="Orders", read=_read_orders, every=timedelta(minutes=5)),
    Feed(key="returns", title="Returns", read=_read_returns, every=timedelta(minutes=15)),
    Feed(key="cancellations", title="Cancellations", read=_read_cancellations, every=timedelta(minutes=5)),
    Feed(key="chats", title="All chats", read=_read_all_chats, every=timedelta(hours=12), brings=Brings.WHOLE),
    Feed(key="stock", title="Stock", read=_read_stock, every=timedelta(hours=6), brings=Brings.WHOLE),
)
