"""How Walmart's interface is asked.

It limits each endpoint by a bucket of its own; numbers could not be read for certain. What stands below is gentle, and
a 429 is heeded.
"""

import json
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote
from uuid import uuid4

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.http import Allowance, HttpOutcome, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json

USUAL = "https://marketplace.walmartapis.com"
UNDOCUMENTED = "Walmart’s answer was not as documented: %(what)s"
_ALLOWANCES = {
    name: Allowance(name=name, per_second=per_second, burst=20)
    for name, per_second in (("orders", 2.0), ("returns", 0.5), ("inventories", 0.5), ("token", 0.05))
} | {"insights": Allowance(name="insights", per_second=1 / 60, burst=1)}
_NOTHING_FOUND = b"CONTENT_NOT_FOUND"
"""What a 404 says where nothing is like what was asked for: an empty list, not a wrong address."""


def request(
    access: StoreAccess, path: str, *query: tuple[str, str], method: str = "GET", said: object = None
) -> HttpRequest:
    """A question, or something to be done; `path` begins after "/v3"."""
    return HttpRequest(
        method=method,
        address=f"{home(access)}/v3{path}",
        allowance=allowance(access, path.split("/")[1].partition("?")[0]),
        query=query,
        headers={**headers(), **({} if said is None else {"content-type": "application/json"})},
        body=b"" if said is None else json.dumps(said).encode(),
    )


def headers() -> dict[str, str]:
    """What every request says; each has a number of its own."""
    return {
        "accept": "application/json",
        "wm_svc.name": "Walmart Marketplace",
        "wm_qos.correlation_id": str(uuid4()),
    }


def home(access: StoreAccess) -> str:
    """Where the interface is: at Walmart, or where the store's setting says."""
    return (access.setting("address").strip() or USUAL).rstrip("/")


def allowance(access: StoreAccess, name: str) -> Allowance:
    """Counted by the key, whatever the number of stores that use it."""
    return _ALLOWANCES[name].of(f"walmart {access.setting('client_id').strip()}")


def listed(outcome: HttpOutcome) -> HttpResponse | Stopped | None:
    """The answer of a list; None where it is empty."""
    if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.NOT_FOUND and _NOTHING_FOUND in outcome.body:
        return None
    return to_reader(outcome)


def understood[T](answer: HttpResponse, kind: type[T]) -> T | Stopped:
    """What the answer says, or that it is not as documented."""
    try:
        return read_json(answer.body, kind)
    except NotAsDocumented as wrong:
        return Stopped(reason=(UNDOCUMENTED % {"what": wrong})[:300])


def safe(name: str) -> str:
    """A number as one piece of a path."""
    return quote(name, safe="")


def stamp(at: datetime) -> str:
    """A time as Walmart takes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
