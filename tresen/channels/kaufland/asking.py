"""Requests to Kaufland's Seller API v2, and the usual ways to read its answers."""

from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote, urlencode

import msgspec

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.http import Allowance, HttpRequest, HttpResponse
from tresen.channels.kaufland.proving import CLIENT_KEY
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json

USUAL = "https://sellerapi.kaufland.com/v2"
SELLERS = Allowance(name="interface", per_second=20.0, burst=60.0)
"""Kaufland lets a seller ask 111 times a second (its page on rate limits, read 2026-11); this stays well below."""
NO_SUCH_ORDER = "Kaufland knows no order %(number)s."
MERCHANT, KAUFLAND = "fulfilled_by_merchant", "fulfilled_by_kaufland"


class Missing(msgspec.Struct, frozen=True):
    """Kaufland has nothing under this number."""


def request(access: StoreAccess, method: str, path: str, *query: tuple[str, str], body: object = None) -> HttpRequest:
    """A request in the store's name. The query stands in the address, because that is signed as it is sent."""
    told = msgspec.json.encode(body) if body is not None else b""
    base = (access.setting("address") or USUAL).rstrip("/")
    return HttpRequest(
        method=method,
        address=f"{base}{path}?{urlencode(query)}" if query else f"{base}{path}",
        allowance=SELLERS.of(f"kaufland {access.setting(CLIENT_KEY)}"),
        headers={
            "Accept": "application/json",
            "User-Agent": "Tresen",
            **({"Content-Type": "application/json"} if told else {}),
        },
        body=told,
    )


def answer_to(access: StoreAccess, path: str, *query: tuple[str, str]) -> HttpResponse | Missing | Stopped:
    """What is read there."""
    outcome = access.http.send(request(access, "GET", path, *query))
    if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.NOT_FOUND:
        return Missing()
    return to_reader(outcome)


def read[T](access: StoreAccess, kind: type[T], path: str, *query: tuple[str, str]) -> T | Missing | Stopped:
    """The same, understood."""
    answer = answer_to(access, path, *query)
    if not isinstance(answer, HttpResponse):
        return answer
    try:
        return read_json(answer.body, kind)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))


def storefront(access: StoreAccess) -> str:
    """The country's site that the store sells at, as the interface names it: "de"."""
    return access.marketplace.rpartition(".")[2]


def at_storefront(access: StoreAccess) -> tuple[tuple[str, str], ...]:
    """That only what belongs to the store's own site is wanted."""
    name = storefront(access)
    return (("storefront", name),) if name else ()


def moment(at: datetime) -> str:
    """As Kaufland takes times."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def path_part(number: str) -> str:
    """A number as a part of a path."""
    return quote(number, safe="")
