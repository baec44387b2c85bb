"""A request to a platform, and all that can come of it. Pure: who sends it stands in `stores`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

SELLER, APPLICATION, NOBODY = "seller", "application", ""
"""Whose word a request carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How often a platform lets us ask: `burst` at once, then `per_second`. Requests of one `name` share it.

    `counted_by`: what the platform counts by where that may serve several stores, an account or an application; the
    connector names it from settings, with no secret in it, and unlike any other connector's. Empty: the store alone.
    """

    name: str
    per_second: float
    burst: float
    counted_by: str = ""

    def of(self, whose: str) -> "Allowance":
        """The same, counted by that account or application."""
        return replace(self, counted_by=whose)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What an answer says of its allowance: what it took after all, and what is `left`. None: it does not say."""

    cost: float | None = None
    left: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """What is asked. `cost` is what it takes of its allowance; `address` holds no secret: it may be logged.

    `holder` says whose word it carries, for the connection's `prove`: the seller's, our application's, or nobody's
    (empty), as when a token is asked for. `spent` reads what an answer says of the allowance: what was taken beyond
    that is given back.
    """

    method: str
    address: str
    allowance: Allowance
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    cost: float = 1.0
    holder: str = SELLER
    spent: Callable[["HttpResponse"], Spent] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpResponse:
    """What the platform answered; names of `headers` are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """Nothing was asked, or the platform refused because it was asked too often: again `after`."""

    after: timedelta
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """Nothing was taken: there was no connection."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """It left, and no answer came: whether the platform took it, nobody knows."""

    reason: str


type HttpOutcome = HttpResponse | HeldBack | Unreached | Unanswered


class HttpClient(Protocol):
    """Asks one store's platform: time-outs and its allowance are kept."""

    def send(self, request: HttpRequest) -> HttpOutcome:
        """One request, never repeated; broken transports come back as outcomes."""
