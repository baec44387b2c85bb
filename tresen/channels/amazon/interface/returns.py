"""Returns of goods that the seller shipped, from a report; and A-to-z claims, which Amazon flags in it.

The report's columns: https://developer-docs.amazon.com/sp-api/docs/report-type-values-returns. What its states are
called is not written there; these were seen in others' working code (2026-11).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from tresen.channels.amazon.interface.flat_files import prepared_at, rows
from tresen.channels.amazon.interface.reports import read_report
from tresen.channels.cases import CaseKind, CaseNews, CaseStep
from tresen.channels.contract import Inbound, NoticeKind, PlatformNotice, RawPayload, Unreadable
from tresen.channels.feeds import Feed
from tresen.channels.order_news import ReturnItem, ReturnNotice, ReturnState
from tresen.channels.typed_json import NotAsDocumented

RETURNS = "returns"
KIND = "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE"
STILL_OPEN = timedelta(days=30)
"""A claim about an older return has been decided, as a rule: it is filed, and no deadline runs for it."""
_STATES = {
    "pending": ReturnState.REQUESTED,
    "pending approval": ReturnState.REQUESTED,
    "approved": ReturnState.AUTHORISED,
    "authorized": ReturnState.AUTHORISED,
    "denied": ReturnState.REFUSED,
    "declined": ReturnState.REFUSED,
    "rejected": ReturnState.REFUSED,
    "completed": ReturnState.CLOSED,
    "closed": ReturnState.CLOSED,
    "cancelled": ReturnState.CLOSED,
    "canceled": ReturnState.CLOSED,
}
_UNDECIDED = frozenset({ReturnState.REQUESTED, ReturnState.AUTHORISED})
_YES = frozenset({"y", "yes", "true"})
_NOTHING = frozenset({"", "0", "0.0", "0.00", "n/a"})

type Row = dict[str, str]


def parse_returns(payload: RawPayload) -> Sequence[Inbound]:
    """Each return once, with all of its items; a claim beside it where there is one."""
    try:
        found = rows(payload)
    except NotAsDocumented as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)
    parts: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found:
        order = row.get("order id", "")
        parts[order, row.get("amazon rma id") or row.get("order item id") or order].append(row)
    at = prepared_at(payload)
    return [one for (order, number), lines in parts.items() for one in _return(order, number, lines, at)]


def _return(order: str, number: str, lines: Sequence[Row], at: datetime) -> Iterator[Inbound]:
    first = lines[0]
    asked_at = _day(first.get("return request date", ""))
    if not order or asked_at is None:
        excerpt = "The row names no order, or no day that can be read."
        yield Unreadable(reason="not_as_documented", subject=f"{RETURNS} {order}"[:80], excerpt=excerpt)
        return
    received_at = _day(first.get("return delivery date", ""))
    yield ReturnNotice(
        external_id=number,
        order_number=order,
        changed_at=max(at, asked_at),
        state=_state(lines, received=received_at is not None),
        requested_at=asked_at,
        reason=first.get("return reason", ""),
        carrier=first.get("return carrier", ""),
        tracking=first.get("tracking id", ""),
        received_at=received_at,
        items=[_item(line) for line in lines],
    )
    if any(line.get("a to z claim", "").casefold() in _YES for line in lines):
        yield _claim(order, number, first, at, is_open=at - asked_at < STILL_OPEN)


def _state(lines: Sequence[Row], *, received: bool) -> ReturnState:
    """Paid back, or arrived, is more than what the request's own state says."""
    state = _STATES.get(lines[0].get("return request status", "").casefold(), ReturnState.REQUESTED)
    if any(line.get("refunded amount", "").casefold() not in _NOTHING for line in lines):
        return ReturnState.REFUNDED
    return ReturnState.RECEIVED if received and state in _UNDECIDED else state


def _item(line: Row) -> ReturnItem:
    quantity = line.get("return quantity", "")
    return ReturnItem(
        title=line.get("item name") or line.get("merchant sku") or line.get("asin", ""),
        quantity=int(quantity) if quantity.isdecimal() and len(quantity) < 7 else 1,  # noqa: PLR2004 - no such return
        sku=line.get("merchant sku", ""),
    )


def _claim(order: str, number: str, first: Row, at: datetime, *, is_open: bool) -> PlatformNotice:
    """The report says that there is a claim, not since when nor how it stands."""
    return PlatformNotice(
        external_id=f"a-to-z/{order}/{number}",
        kind=NoticeKind.A_TO_Z_OPENED if is_open else NoticeKind.OTHER,
        occurred_at=at,
        subject=f"A-to-z claim: {order}",
        text=f"The returns report shows an A-to-z claim for the return {number} of the order {order}.",
        order_ids=(order,),
        item_ids=tuple(filter(None, (first.get("asin", ""),))),
        case=CaseNews(step=CaseStep.OPENED, kind=CaseKind.A_TO_Z) if is_open else None,
        extra={"return_reason": first["return reason"]} if first.get("return reason") else {},
    )


def _day(text: str) -> datetime | None:
    """2026-11-20, 20-Nov-2026, or with an hour: midnight of UTC where there is none."""
    for read in (datetime.fromisoformat, lambda day: datetime.strptime(day, "%d-%b-%Y")):  # noqa: DTZ007 - set below
        try:
            day = read(text)
        except ValueError:
            continue
        try:
            return day.replace(tzinfo=UTC) if day.tzinfo is None else day.astimezone(UTC)
        except OverflowError:
            return None
    return None


FEED = Feed(
    key=RETURNS,
    title="Returns and A-to-z claims",
    read=partial(read_report, kind=KIND, about=RETURNS),
    every=timedelta(hours=2),
    # The report tells of returns by the day they were asked for, so what became of older ones must be asked anew.
    overlap=timedelta(days=45),
    span=timedelta(days=60),
)
