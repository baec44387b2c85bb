"""What eBay lists only by when it began, or not by time at all, is read whole: returns, requests, cases, stock.

Post-Order filters by the day a return or request was opened; what changed since then shows in no filter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from tresen.channels.ebay.interface import asking, paging
from tresen.channels.ebay.interface.orders.reading import RETURNS
from tresen.channels.ebay.interface.post_order.shapes import Disputes, Found
from tresen.channels.ebay.interface.stock import StockPage
from tresen.channels.feeds import Brings, Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented

INQUIRIES, CASES = "inquiry/search", "casemanagement/search"
DISPUTES, STOCK = "payment_dispute_summary", "inventory_item"
SIZE = 200
"""The most that one request brings, of all of these."""
RECENT = timedelta(days=90)
"""What was opened longer ago is over."""


@dataclass(frozen=True, slots=True)
class _Count:
    """How many entries a page has, and how many there are in all; None where eBay does not say."""

    here: int
    total: int | None


@dataclass(frozen=True, slots=True)
class _List:
    """One list: where it is, how many entries its answer has, what its filter by time is called.

    `by_pages`: its offset counts pages, not entries.
    """

    about: str
    path: str
    count: Callable[[HttpResponse], _Count | Stopped]
    opened: str = ""
    by_pages: bool = False

    def read(self, access: StoreAccess, window: Window, place: str) -> Step:
        """One page of what there is at the window's end."""
        try:
            offset = paging.offset_of(place) or 0
        except NotAsDocumented:
            return Stale()
        query = [("limit", str(SIZE)), ("offset", str(offset // SIZE if self.by_pages else offset))]
        if self.opened:
            since = asking.stamp(window.until - RECENT)
            query += [(f"{self.opened}_from", since), (f"{self.opened}_to", asking.stamp(window.until))]
        answer = asking.asked(access, asking.get(access, self.path, *query))
        if isinstance(answer, Stopped):
            return answer
        count = self.count(answer)
        if isinstance(count, Stopped):
            return count
        if not count.here and offset < (count.total or 0):
            # Else entries would be missing, and nobody would know.
            return Stopped(reason=asking.ENTRIES_MISSING % {"count": count.total, "place": offset + 1})
        following = offset + SIZE
        more = count.here == SIZE if count.total is None else following < count.total
        return Page(told=(Told(about=self.about, body=answer.body),), next=str(following) if more else "")


def _found(answer: HttpResponse) -> _Count | Stopped:
    page = asking.understood(answer, Found)
    if isinstance(page, Stopped):
        return page
    pages = page.pagination_output
    return _Count(len(page.members or ()), pages.total_entries if pages else None)


def _disputes(answer: HttpResponse) -> _Count | Stopped:
    page = asking.understood(answer, Disputes)
    return page if isinstance(page, Stopped) else _Count(len(page.payment_dispute_summaries or ()), page.total)


def _stock(answer: HttpResponse) -> _Count | Stopped:
    page = asking.understood(answer, StockPage)
    return page if isinstance(page, Stopped) else _Count(len(page.inventory_items or ()), page.total)


def _feed(key: str, title: str, every: timedelta, listed: _List) -> Feed:
    return Feed(key=key, title=title, read=listed.read, every=every, brings=Brings.WHOLE)


_POST_ORDER = asking.POST_ORDER
WHOLE_FEEDS = (
    _feed(
        "returns",
        "Returns",
        timedelta(minutes=10),
        _List(RETURNS, f"{_POST_ORDER}/{RETURNS}", _found, opened="creation_date_range"),
    ),
    _feed(
        "inquiries",
        "Requests: item not received",
        timedelta(minutes=10),
        _List(INQUIRIES, f"{_POST_ORDER}/{INQUIRIES}", _found, opened="inquiry_creation_date_range"),
    ),
    _feed(
        "cases",
        "Cases",
        timedelta(minutes=10),
        _List(CASES, f"{_POST_ORDER}/{CASES}", _found, opened="case_creation_date_range"),
    ),
    _feed(
        "disputes", "Payment disputes", timedelta(minutes=15), _List(DISPUTES, f"{asking.ORDERS}/{DISPUTES}", _disputes)
    ),
    _feed(
        "stock",
        "Stock",
        timedelta(hours=1),
        _List(STOCK, f"{asking.INVENTORY}/{STOCK}", _stock, by_pages=True),
    ),
)
