"""How the Admin API is asked, and what its answers mean before anybody looks into them.

Sources: https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits and the schema of 2026-10, read 2026-11-30.
An error often comes with status 200: "THROTTLED" means that nothing was done.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import msgspec

from tresen.channels.answered import AFTER_A_FAULT, LATER, UNTIL_A_RIGHT_IS_GIVEN, to_reader, to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import Allowance, HttpRequest, HttpResponse, Spent
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain
from tresen.channels.typed_json import NotAsDocumented, read_json

VERSION = "2026-10"
ADDRESS, SHOP, TOKEN = "address", "shop", "access_token"
SHOP_PATTERN = r"(?:https?://)?[a-z0-9][a-z0-9-]{0,62}(?:\.myshopify\.com)?(?:/.*)?"
ALLOWANCE = Allowance(name="graphql", per_second=100, burst=1000)
"""Points, of the smallest plan: the restore rate, and what one query may cost at most."""
_THROTTLED = "THROTTLED"
_DENIED = "ACCESS_DENIED"
_INTERNAL = "INTERNAL_SERVER_ERROR"
_KEYED = "IDEMPOTENCY_"
"""Begins what is wrong with a key: the same is being done now, or something else was done with it."""
_WORDS = 300
NO_DATA = "The answer holds no data."
FORGOTTEN = "The shop does not know it any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A document of ours. `cost` is what Shopify reckons for it before it runs, in points."""

    document: str
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: the bytes, and the `data` in them."""

    body: bytes = field(repr=False)
    data: Mapping[str, Any]


class _Extensions(msgspec.Struct, frozen=True):
    code: str = ""


class _Wrong(msgspec.Struct, frozen=True):
    message: str = ""
    extensions: _Extensions | None = None


class _Throttle(msgspec.Struct, frozen=True, rename="camel"):
    currently_available: float = 0.0
    restore_rate: float = 0.0


class _Cost(msgspec.Struct, frozen=True, rename="camel"):
    requested_query_cost: float = 0.0
    actual_query_cost: float | None = None
    throttle_status: _Throttle | None = None


class _Beside(msgspec.Struct, frozen=True):
    cost: _Cost | None = None


class _Costed(msgspec.Struct, frozen=True):
    extensions: _Beside | None = None


class _Said(msgspec.Struct, frozen=True):
    data: dict[str, Any] | None = None
    errors: Sequence[_Wrong] | None = None
    extensions: _Beside | None = None


def ask_to_read(access: StoreAccess, question: Question, variables: Mapping[str, object]) -> Answer | Stopped:
    """What the shop says. Parts that it keeps from us are null; where nothing is left, why not."""
    outcome = to_reader(access.http.send(_request(access, question, variables)))
    if isinstance(outcome, Stopped):
        return outcome
    try:
        said = read_json(outcome.body, _Said)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong), after=LATER)
    return _why_not(said) or Answer(body=outcome.body, data=said.data or {})


def _why_not(said: _Said) -> Stopped | None:
    """Why there is nothing to read in it."""
    codes = _codes(said)
    if _THROTTLED in codes:
        return Stopped(reason=_words(said), after=_until_enough(said), held=True)
    if any(value is not None for value in (said.data or {}).values()) or (said.data is not None and not codes):
        return None
    if codes == {_DENIED}:
        return Stopped(reason=_words(said), after=UNTIL_A_RIGHT_IS_GIVEN, lacks=True)
    if codes:
        return Stopped(reason=_words(said), after=LATER if _INTERNAL in codes else AFTER_A_FAULT)
    return Stopped(reason=NO_DATA, after=LATER)


def ask_to_do(
    access: StoreAccess, question: Question, variables: Mapping[str, object]
) -> Answer | Later | Refused | Uncertain:
    """What the shop made of it."""
    outcome = to_sender(access.http.send(_request(access, question, variables)))
    if isinstance(outcome, Later | Refused | Uncertain):
        return outcome
    try:
        said = read_json(outcome.body, _Said)
    except NotAsDocumented as wrong:
        return Uncertain(reason=str(wrong))
    codes = _codes(said)
    if _THROTTLED in codes:
        return Later(after=_until_enough(said), reason=_words(said), held=True)
    if _INTERNAL in codes or any(code.startswith(_KEYED) for code in codes) or not (said.data or said.errors):
        return Uncertain(reason=_words(said) or NO_DATA)
    return Refused(reason=_words(said)) if codes else Answer(body=outcome.body, data=said.data or {})


def endpoint(access: StoreAccess) -> str:
    """The interface's address: the shop's own, unless another was entered."""
    given = access.setting(ADDRESS).strip().rstrip("/")
    return f"{given or f'https://{shop_domain(access)}'}/admin/api/{VERSION}/graphql.json"


def shop_domain(access: StoreAccess) -> str:
    """As in "birkenhof.myshopify.com", however it was entered."""
    return domain_of(access.setting(SHOP))


def domain_of(shop: str) -> str:
    """The shop's own address at Shopify, of what somebody entered as the shop."""
    name = shop.strip().lower().removeprefix("https://").removeprefix("http://").partition("/")[0]
    return name if "." in name else f"{name}.myshopify.com"


def prove(request: HttpRequest, access: StoreAccess, _token: str) -> HttpRequest:
    """The request with the custom app's token."""
    return replace(request, headers={**request.headers, "X-Shopify-Access-Token": access.secret(TOKEN)})


def _request(access: StoreAccess, question: Question, variables: Mapping[str, object]) -> HttpRequest:
    return HttpRequest(
        method="POST",
        address=endpoint(access),
        # Shopify counts by app and shop; two apps of ours in one shop are counted together, never too fast.
        allowance=ALLOWANCE.of(f"shopify {shop_domain(access)}"),
        headers={"Content-Type": "application/json", "Accept": "application/json"},
        body=json.dumps({"query": question.document, "variables": variables}).encode(),
        cost=question.cost,
        spent=spent_by,
    )


def spent_by(answer: HttpResponse) -> Spent:
    """What a query cost after it ran, mostly a fraction of what was reckoned before; a refused one cost nothing."""
    try:
        beside = read_json(answer.body, _Costed).extensions
    except NotAsDocumented:
        return Spent()
    if beside is None or beside.cost is None:
        return Spent()
    throttle = beside.cost.throttle_status
    return Spent(
        cost=beside.cost.actual_query_cost or 0.0,
        left=throttle.currently_available if throttle else None,
    )


def _codes(said: _Said) -> set[str]:
    """An error without a code is one too."""
    return {wrong.extensions.code if wrong.extensions else "" for wrong in said.errors or ()}


def _words(said: _Said) -> str:
    return "; ".join(filter(None, (wrong.message for wrong in said.errors or ())))[:_WORDS]


def _until_enough(said: _Said) -> timedelta:
    """Until the bucket holds what was asked for."""
    cost = said.extensions.cost if said.extensions else None
    throttle = cost.throttle_status if cost else None
    if cost is None or throttle is None or throttle.restore_rate <= 0:
        return timedelta(seconds=10)
    lacking = cost.requested_query_cost - throttle.currently_available
    return timedelta(seconds=min(max(lacking / throttle.restore_rate, 1.0), 60.0))
