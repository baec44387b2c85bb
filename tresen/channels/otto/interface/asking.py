"""How OTTO Market's interface is asked.

Each of its parts has limits of its own that OTTO does not publish; in 2021 it was twenty requests a second for a
seller. What stands below is gentler, and a 429 is heeded.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import parse_qs, quote, urlsplit

import msgspec

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.http import Allowance, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json

USUAL = "https://api.otto.market"
UNDOCUMENTED = "OTTO’s answer was not as documented: %(what)s"
_ALLOWANCES = {
    name: Allowance(name=name, per_second=per_second, burst=60)
    for name, per_second in (
        ("orders", 5.0),
        ("shipments", 5.0),
        ("returns", 5.0),
        ("return-shipments", 5.0),
        ("receipts", 5.0),
        ("price-reductions", 2.0),
        ("availability", 2.0),
        ("token", 0.1),
    )
}


class Link(msgspec.Struct, frozen=True):
    """Where a list goes on, as an address with or without its host."""

    rel: str | None = None
    href: str | None = None


def request(
    access: StoreAccess, path: str, *query: tuple[str, str], method: str = "GET", said: object = None
) -> HttpRequest:
    """A question, or something to be done; `path` begins with the part's version, as "/v4/orders"."""
    return HttpRequest(
        method=method,
        address=f"{home(access)}{path}",
        allowance=allowance(access, path.split("/")[2]),
        query=query,
        headers={"accept": "application/json", **({} if said is None else {"content-type": "application/json"})},
        body=b"" if said is None else json.dumps(said).encode(),
    )


def home(access: StoreAccess) -> str:
    """Where the interface is: at OTTO, or where the store's setting says."""
    return (access.setting("address").strip() or USUAL).rstrip("/")


def allowance(access: StoreAccess, name: str) -> Allowance:
    """Counted by the app, whatever the number of stores that use it."""
    return _ALLOWANCES[name].of(f"otto {access.setting('client_id').strip()}")


def read[T](access: StoreAccess, kind: type[T], path: str, *query: tuple[str, str]) -> T | Stopped:
    """What an answer says, or why there is none."""
    answer = to_reader(access.http.send(request(access, path, *query)))
    return answer if isinstance(answer, Stopped) else understood(answer, kind)


def understood[T](answer: HttpResponse, kind: type[T]) -> T | Stopped:
    """What the answer says, or that it is not as documented."""
    try:
        return read_json(answer.body, kind)
    except NotAsDocumented as wrong:
        return Stopped(reason=(UNDOCUMENTED % {"what": wrong})[:300])


def following(links: Sequence[Link], parameter: str) -> str:
    """The word by which the next page is asked for; empty after the last. Only the word is taken, never the host."""
    address = next((link.href for link in links if link.rel == "next" and link.href), "")
    try:
        return parse_qs(urlsplit(address).query).get(parameter, [""])[0]
    except ValueError:
        return ""


def safe(name: str) -> str:
    """A number as one piece of a path."""
    return quote(name, safe="")


def stamp(at: datetime) -> str:
    """A time as OTTO takes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
