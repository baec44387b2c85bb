"""How eBay's interfaces are asked: their addresses, whose word a request carries, how often each may be asked.

EBay counts calls by application and day (developer.ebay.com/develop/get-started/api-call-limits, read 2026-11-30): the
token 50,000 for sellers and 1,000 for applications, notifications 10,000, others from 5,000 on, whatever the number of
stores. What orders and messages may take could not be read there: the shares below are what all stores of an
application take together, and eBay's 429 holds all of them back.
"""

import json
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.http import SELLER, Allowance, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json

USUAL = "https://api.ebay.com"
POST_ORDER = "/post-order/v2"
ORDERS = "/sell/fulfillment/v1"
MESSAGES = "/commerce/message/v1"
IDENTITY = "/commerce/identity/v1"
NOTIFICATIONS = "/commerce/notification/v1"
INVENTORY = "/sell/inventory/v1"
LIMITS = "/developer/analytics/v1_beta"
ON_THE_OTHER_HOST = (IDENTITY, f"{ORDERS}/payment_dispute")
"""What "apiz" serves instead of "api", by the servers that the specifications name."""
UNDOCUMENTED = "eBay’s answer was not as documented: %(what)s"
NO_KEY = "eBay’s answer is no key."
ENTRIES_MISSING = "eBay told of %(count)s entries, and gave none from the %(place)sth on."
_A_DAY = {"sell/fulfillment": 25_000, "commerce/message": 10_000}
_OTHERS_A_DAY = 5_000
_SECONDS = 86_400
_ACCEPTED = {"accept": "application/json"}
_SITES = {"ebay.com": "EBAY_US", "ebay.co.uk": "EBAY_GB"}


def get(access: StoreAccess, path: str, *query: tuple[str, str], holder: str = SELLER) -> HttpRequest:
    """A question; what stands in `path` beside its fixed words went through `safe`."""
    return HttpRequest(
        method="GET",
        address=address_of(access, path),
        allowance=_allowance(path).of(application_of(access)),
        query=query,
        headers=_ACCEPTED,
        holder=holder,
    )


def post(access: StoreAccess, path: str, said: object | None = None) -> HttpRequest:
    """Something to be done, in JSON."""
    return HttpRequest(
        method="POST",
        address=address_of(access, path),
        allowance=_allowance(path).of(application_of(access)),
        headers={**_ACCEPTED, "content-type": "application/json"},
        body=b"" if said is None else json.dumps(said).encode(),
    )


def read[T](access: StoreAccess, request: HttpRequest, kind: type[T]) -> T | Stopped:
    """Ask, and understand the answer."""
    answer = asked(access, request)
    return answer if isinstance(answer, Stopped) else understood(answer, kind)


def asked(access: StoreAccess, request: HttpRequest) -> HttpResponse | Stopped:
    """Ask; the answer of a success, or why there is none."""
    return to_reader(access.http.send(request))


def understood[T](answer: HttpResponse, kind: type[T]) -> T | Stopped:
    """What the answer says, or that it is not as documented."""
    try:
        return read_json(answer.body, kind)
    except NotAsDocumented as wrong:
        return Stopped(reason=(UNDOCUMENTED % {"what": wrong})[:300])


def address_of(access: StoreAccess, path: str) -> str:
    """Where a path is served: at eBay, or where the store's setting says."""
    home = (access.setting("address").strip() or USUAL).rstrip("/")
    if path.startswith(ON_THE_OTHER_HOST) and urlsplit(home).netloc.startswith("api."):
        home = home.replace("://api.", "://apiz.", 1)
    return f"{home}{path}"


def application_of(access: StoreAccess) -> str:
    """What eBay counts calls by: the keyset, whatever the number of stores that use it."""
    return f"ebay {access.setting('app_id').strip()}"


def safe(name: str) -> str:
    """A number or name as one piece of a path."""
    return quote(name, safe="")


def stamp(at: datetime) -> str:
    """A time as eBay writes it: 2026-11-30T09:00:00.000Z."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def marketplace_id(marketplace: str) -> str:
    """EBay's word for a site: "ebay.de" is EBAY_DE. Without a site the one in the United States."""
    return _SITES.get(marketplace) or f"EBAY_{marketplace.rpartition('.')[2].upper() or 'US'}"


def _allowance(path: str) -> Allowance:
    """Each interface counts for itself, and each part of Post-Order."""
    parts = path.split("/")
    name = "/".join(parts[1:4]) if path.startswith(POST_ORDER) else "/".join(parts[1:3])
    a_day = _A_DAY.get(name, _OTHERS_A_DAY)
    return Allowance(name=name, per_second=a_day / _SECONDS, burst=a_day / 10)
