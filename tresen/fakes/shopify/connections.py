"""Pages, ids, sums and times as Shopify writes them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zlib import crc32

from babel.numbers import get_currency_precision
from graphql import GraphQLError, GraphQLResolveInfo

from tresen.fakes.faults import as_told

type Told = Mapping[str, Any]
"""An object of Shopify's: values, and functions of a field's arguments."""
MOST_PER_PAGE = 250


def number_of(ours: str) -> int:
    """The number that Shopify has for an id of the world's."""
    digits = "".join(sign for sign in ours if sign.isascii() and sign.isdigit())
    return int(digits[-18:]) if digits else crc32(ours.encode())


def gid(kind: str, ours: str) -> str:
    """As in "gid://shopify/Order/1001"."""
    return f"gid://shopify/{kind}/{number_of(ours)}"


def moment(at: datetime | None) -> str | None:
    """A time in whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def decimal(amount: int, currency: str) -> str:
    """As in "49.90"."""
    digits = get_currency_precision(currency)
    return f"{Decimal(amount).scaleb(-digits):.{digits}f}"


def money(amount: int, currency: str) -> Told:
    """A sum, in one currency."""
    return {"amount": decimal(amount, currency), "currencyCode": currency}


def bag(amount: int, currency: str) -> Told:
    """A sum as a shop has it that sells in one currency."""
    return {"shopMoney": money(amount, currency), "presentmentMoney": money(amount, currency)}


def connection[T](entries: Sequence[T], told: Callable[[T], Told]) -> Callable[..., Told]:
    """A connection that is a part of something: its page by `first` and `after`, a cursor being a place in it."""

    def page(_info: object, first: int | None = None, after: str | None = None, **_other: object) -> Told:
        begin = int(_behind(after)) if after else 0
        chosen = entries[begin : begin + _checked(first)]
        end = _cursor(str(begin + len(chosen))) if chosen else None
        more = begin + len(chosen) < len(entries)
        return {"nodes": [told(one) for one in chosen], "pageInfo": {"hasNextPage": more, "endCursor": end}}

    return page


def listed[T](
    entries: Sequence[T], told: Callable[[T], Told], *, by: Callable[[T], str], info: GraphQLResolveInfo[Any]
) -> Callable[..., Told]:
    """A list that was asked for by itself, in the order of `by`: a cursor is what an entry is sorted by.

    So nothing is passed over when an entry leaves the list between two pages. A bad day of the shop's shows in it.
    """

    def page(first: int | None = None, after: str | None = None, **_other: object) -> Told:
        left = [one for one in sorted(entries, key=by) if not after or by(one) > _behind(after)]
        chosen = left[: _checked(first)]
        end = _cursor(by(chosen[-1])) if chosen else None
        nodes = [told(one) for one in as_told(info.context, chosen)]
        return {"nodes": nodes, "pageInfo": {"hasNextPage": len(left) > len(chosen), "endCursor": end}}

    return page


def _checked(first: int | None) -> int:
    if first is None or not 0 < first <= MOST_PER_PAGE:
        raise GraphQLError("you must provide one of first or last, of at most 250", extensions={"code": "BAD_REQUEST"})
    return first


def first_of[T](entries: Sequence[T], told: Callable[[T], Told]) -> Callable[..., Sequence[Told]]:
    """A plain list, cut where it is asked to be."""
    return lambda _info, first=None, **_other: [told(one) for one in (entries if first is None else entries[:first])]


def _cursor(place: str) -> str:
    return urlsafe_b64encode(f"at {place}".encode()).decode()


def _behind(cursor: str) -> str:
    try:
        place = urlsafe_b64decode(cursor.encode()).decode()
    except ValueError:
        place = ""
    if not place.startswith("at "):
        raise GraphQLError("Invalid cursor for current pagination sort.", extensions={"code": "INVALID"})
    return place.removeprefix("at ")
