"""Negative and neutral feedback, from the report that tells of no other.

Its columns begin with date, rating and comments, in the language of the account; the order's number is known by its
form. Days are written as the marketplace writes them.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256

from tresen.channels.amazon.contents import ORDER_ID
from tresen.channels.amazon.interface.flat_files import prepared_at, table
from tresen.channels.amazon.interface.reports import read_report
from tresen.channels.contract import Inbound, NoticeKind, PlatformNotice, RawPayload, Unreadable
from tresen.channels.feeds import Feed
from tresen.channels.typed_json import NotAsDocumented

FEEDBACK = "feedback"
KIND = "GET_SELLER_FEEDBACK_DATA"
NEUTRAL = 3
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})[-/.](\d{2,4})")
_MONTH_FIRST = frozenset({"amazon.com", "amazon.ca"})


def parse_feedback(payload: RawPayload) -> Sequence[Inbound]:
    """One notice for each rating of three stars or fewer."""
    try:
        found = table(payload)
    except NotAsDocumented as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)
    return list(_notices(found[1:], payload))


def _notices(found: Sequence[Sequence[str]], payload: RawPayload) -> Iterator[Inbound]:
    marketplace = payload.store.marketplace if payload.store else ""
    made_at = prepared_at(payload)
    for row in found:
        order = next((cell for cell in row if ORDER_ID.fullmatch(cell)), "")
        rating = row[1] if len(row) > 1 else ""
        if not order or rating not in {"1", "2", "3", "4", "5"}:
            yield Unreadable(reason="not_as_documented", subject=f"{FEEDBACK} {order}", excerpt="\t".join(row)[:300])
        elif int(rating) <= NEUTRAL:
            words = row[2] if len(row) > 2 else ""  # noqa: PLR2004 - the third column
            said = sha256(f"{rating}\n{words}".encode()).hexdigest()[:16]
            day = _day(row[0], marketplace)
            yield PlatformNotice(
                external_id=f"feedback/{order}/{said}",
                kind=NoticeKind.NEGATIVE_FEEDBACK,
                occurred_at=min(day, made_at) if day else made_at,
                subject=f"{'★' * int(rating)}{'☆' * (5 - int(rating))} {order}",
                text=words,
                order_ids=(order,),
                extra={"rating": rating},
            )


def _day(text: str, marketplace: str) -> datetime | None:
    """Noon of the day, in UTC: no hour is told."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _YEAR_LAST.fullmatch(text):
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        month_first = marketplace in _MONTH_FIRST and found[2] == "/"
        month, day = (one, other) if month_first else (other, one)
        year += 2000 if year < 100 else 0  # noqa: PLR2004 - 26 is 2026
    else:
        return None
    try:
        return datetime(year, month, day, 12, tzinfo=UTC)
    except ValueError:
        return None


FEED = Feed(
    key=FEEDBACK,
    title="Negative feedback",
    read=partial(read_report, kind=KIND, about=FEEDBACK),
    every=timedelta(hours=4),
    # Buyers change their ratings for two months.
    overlap=timedelta(days=60),
    span=timedelta(days=90),
)
