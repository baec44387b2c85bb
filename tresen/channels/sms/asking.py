"""How Twilio's interface is asked: forms, proven by the account and its token.

Source: Twilio's OpenAPI document of the API of 2010-04-01 (d50069b).
"""

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec

from tresen.channels.http import Allowance, HttpRequest
from tresen.channels.outbound import StoreAccess

ACCOUNT, SERVICE, ADDRESS = "account_sid", "messaging_service_sid", "address"
HOST = "https://api.twilio.com"
SENDING = Allowance(name="sending", per_second=1.0, burst=10.0)
"""Twilio queues what is too quick for a number; how much an account may hand over is not told."""
READING = Allowance(name="reading", per_second=2.0, burst=20.0)


class Told(msgspec.Struct, frozen=True):
    """A message, as Twilio tells it."""

    sid: str
    body: str | None = None
    direction: str | None = None
    date_created: str | None = None


def base(access: StoreAccess) -> str:
    """Where the interface is."""
    return access.setting(ADDRESS).strip().rstrip("/") or HOST


def request(
    access: StoreAccess,
    method: str,
    path: str,
    *,
    allowance: Allowance,
    query: Sequence[tuple[str, str]] = (),
    form: Sequence[tuple[str, str]] = (),
) -> HttpRequest:
    """A request; `path` begins after the account's own."""
    account = access.setting(ACCOUNT)
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    return HttpRequest(
        method=method,
        address=f"{base(access)}/2010-04-01/Accounts/{account}{path}",
        allowance=allowance.of(f"twilio {account}"),
        query=tuple(query),
        headers={"Accept": "application/json", **kind},
        body=urlencode(form).encode() if form else b"",
    )
