"""Where the Selling Partner API is asked for a store, and what all requests to it have in common."""

import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlsplit

from tresen.channels.amazon.knowledge import Marketplace, marketplaces
from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.http import NOBODY, SELLER, Allowance, HttpOutcome, HttpRequest, HttpResponse
from tresen.channels.order_door import OrderRef
from tresen.channels.outbound import StoreAccess

ENDPOINTS = {
    "na": "https://sellingpartnerapi-na.amazon.com",
    "eu": "https://sellingpartnerapi-eu.amazon.com",
    "fe": "https://sellingpartnerapi-fe.amazon.com",
}
"""https://developer-docs.amazon.com/sp-api/docs/sp-api-endpoints, read 2026-11-22."""
TOKENS = "https://api.amazon.com/auth/o2/token"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
# Amazon asks every caller to say who it is: https://developer-docs.amazon.com/sp-api/docs/include-a-user-agent-header
_AGENT = "Tresen/0.1 (Language=Python)"
_BY_HOST = {marketplace.host: marketplace for marketplace in marketplaces()}


def marketplace_of(access: StoreAccess) -> Marketplace:
    """The store's marketplace. Raises LookupError for one that Amazon does not have."""
    known = _BY_HOST.get(access.marketplace)
    if known is None:
        raise LookupError(f"Amazon has no marketplace “{access.marketplace}”.")
    return known


def asked(
    access: StoreAccess,
    path: str,
    allowance: Allowance,
    *,
    method: str = "GET",
    query: tuple[tuple[str, str], ...] = (),
    body: Mapping[str, object] | None = None,
) -> HttpRequest:
    """A request in the seller's name."""
    base = access.setting("address").strip().rstrip("/") or ENDPOINTS[marketplace_of(access).region]
    kind = {} if body is None else {"Content-Type": JSON}
    return HttpRequest(
        method=method,
        address=base + path,
        allowance=allowance.of(_seller(access, base)),
        query=query,
        headers={"Accept": JSON, "User-Agent": _AGENT, **kind},
        body=b"" if body is None else json.dumps(body).encode(),
        holder=SELLER,
    )


def application_of(access: StoreAccess) -> str:
    """The seller's own app: what Login with Amazon counts tokens by."""
    return f"amazon {access.setting('client_id').strip()}"


def _seller(access: StoreAccess, base: str) -> str:
    """Amazon counts by application and seller account, and one account sells in all marketplaces of a region.

    https://developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits. Two accounts that agreed to one app are
    counted together here: slower than Amazon would let them, never faster.
    """
    return f"{application_of(access)} {urlsplit(base).netloc}"


def asked_of_nobody(method: str, address: str, allowance: Allowance, **parts: object) -> HttpRequest:
    """A request that carries no word of the seller's: for a token, a prepared document, the queue."""
    return HttpRequest(method=method, address=address, allowance=allowance, holder=NOBODY, **parts)  # type: ignore[arg-type]


def read(outcome: HttpOutcome) -> HttpResponse | Stopped:
    """The answer, as `to_reader` has it: what is forbidden is so for want of a role, and no new sign-in helps.

    An authorisation that was withdrawn is told where a token is asked for.
    """
    return to_reader(outcome)


def named(order: OrderRef) -> str:
    """The order's number as a part of a path. A person may have typed it."""
    return quote(order.external_id or order.number, safe="")


def written(at: datetime) -> str:
    """A time as Amazon takes it: 2026-11-30T09:00:00Z."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
