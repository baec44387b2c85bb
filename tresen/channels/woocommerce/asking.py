"""How a shop's interface (wc/v3) is asked, and how its lists are gone through without passing over an entry.

Sources: https://woocommerce.github.io/woocommerce-rest-api-docs (13d6196) and WooCommerce's own controllers, read
2026-11-30. Times are the site's unless `dates_are_gmt` is set, and `after` leaves out the very second.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stale, Stopped
from tresen.channels.http import Allowance, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json

ADDRESS, KEY, SECRET = "address", "consumer_key", "consumer_secret"
PER_PAGE = 100
NO_SUCH_ORDER = "The shop has no order %(number)s."
GENTLE = Allowance(name="interface", per_second=2.0, burst=20.0)
"""WooCommerce itself sets no limit; what hosts and their firewalls take is not known. This is slow enough for small."""


class Place(msgspec.Struct, frozen=True):
    """Where a list goes on: behind so many, the last of which had the id `last`; `alone` are asked for before that."""

    offset: int = 0
    last: int = 0
    alone: Sequence[int] = ()

    def text(self) -> str:
        """As it is kept."""
        return json.dumps(msgspec.to_builtins(self))


class Listed(msgspec.Struct, frozen=True):
    """The least that an entry of a list tells."""

    id: int


def host_of(address: str) -> str:
    """The shop's host, and its folder where it has one."""
    parts = urlsplit(address.strip())
    return f"{parts.netloc}{parts.path.rstrip('/')}"


def request(
    access: StoreAccess, method: str, path: str, *query: tuple[str, str], told: Mapping[str, object] | None = None
) -> HttpRequest:
    """A request to the shop; `path` begins after "/wc/v3"."""
    address = access.setting(ADDRESS).strip().rstrip("/")
    return HttpRequest(
        method=method,
        address=f"{address}/wp-json/wc/v3{path}",
        allowance=GENTLE.of(f"woocommerce {host_of(address)}"),
        query=query,
        headers={"Accept": "application/json", **({"Content-Type": "application/json"} if told is not None else {})},
        body=json.dumps(told).encode() if told is not None else b"",
    )


def ask(access: StoreAccess, path: str, *query: tuple[str, str]) -> HttpResponse | Stopped:
    """What the shop says to a question."""
    return to_reader(access.http.send(request(access, "GET", path, *query)))


def read_as[T](access: StoreAccess, path: str, kind: type[T], *query: tuple[str, str]) -> T | Stopped:
    """The same, understood."""
    answer = ask(access, path, *query)
    if isinstance(answer, Stopped):
        return answer
    try:
        return read_json(answer.body, kind)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))


def place_in(text: str) -> Place | Stale:
    """The place that was kept."""
    if not text:
        return Place()
    try:
        return read_json(text.encode(), Place)
    except NotAsDocumented:
        return Stale()


def listed(
    access: StoreAccess, path: str, at: Place, *query: tuple[str, str]
) -> tuple[HttpResponse, Place | None] | Stale | Stopped:
    """The page that begins with the last entry of the one before, by ascending ids, and where the next one begins.

    Where that entry has moved up, an earlier one has left the list, and what moved with it would be passed over.
    """
    begin = max(0, at.offset - 1)
    paging = (("orderby", "id"), ("order", "asc"), ("per_page", str(PER_PAGE)), ("offset", str(begin)))
    answer = ask(access, path, *query, *paging)
    if isinstance(answer, Stopped):
        return answer
    try:
        found = read_json(answer.body, list[Any])
        ids = [read.id for read in msgspec.convert(found, list[Listed], strict=False)]
    except (NotAsDocumented, msgspec.ValidationError) as wrong:
        return Stopped(reason=str(wrong)[:300])
    if at.offset and (not ids or min(ids) > at.last):
        return Stale()
    full = len(set(ids)) >= PER_PAGE and max(ids) > at.last
    return answer, Place(offset=begin + len(set(ids)), last=max(ids)) if full else None


def moment(at: datetime) -> str:
    """As WordPress wants times: the second, without a zone."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def changed_between(since: datetime, until: datetime) -> tuple[tuple[str, str], ...]:
    """All that changed in that time, with the seconds at both ends."""
    return (
        ("modified_after", moment(since - timedelta(seconds=1))),
        ("modified_before", moment(until + timedelta(seconds=1))),
        ("dates_are_gmt", "true"),
    )
