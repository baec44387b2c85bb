"""Asking a store's platform over HTTP: within its allowance, with time-outs, each request once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from time import sleep
from urllib.parse import urlsplit

import httpx

from tresen.channels.http import HeldBack, HttpOutcome, HttpRequest, HttpResponse, Unanswered, Unreached
from tresen.stores import allowances

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
SHORT_WAIT = timedelta(seconds=3)
"""So long an allowance is usually waited for at once; for longer others take their turn meanwhile."""
AFTER_A_REFUSAL = timedelta(seconds=30)
"""How long to leave a platform alone that says “too many” and not until when."""
MOST_BYTES = 30_000_000
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@dataclass(slots=True, kw_only=True)
class StoreHttp:
    """One store's way to its platform; lives as long as a piece of work."""

    store: int
    clock: Callable[[], datetime]
    client: httpx.Client
    spare: float = 0.0
    """The share of each allowance that is left for others: people wait, machines do not."""
    patience: timedelta = SHORT_WAIT
    """So long an allowance is waited for at once."""

    def send(self, request: HttpRequest) -> HttpOutcome:
        """One request, never repeated. Raises ValueError for an address that is not https (this machine excepted)."""
        place = urlsplit(request.address)
        if place.scheme != "https" and place.hostname not in _THIS_MACHINE:
            raise ValueError(f"A platform is asked by https alone: {request.address}")
        wait = self._wait_for_allowance(request)
        if wait is not None:
            return HeldBack(after=wait, reason=f"The allowance “{request.allowance.name}” is used up.")
        outcome = self._asked(request)
        if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.TOO_MANY_REQUESTS:
            return self._refused(request, outcome)
        if isinstance(outcome, HttpResponse) and request.spent is not None:
            spent = request.spent(outcome)
            allowances.settle(self.store, request.allowance, taken=request.cost, spent=spent, at=self.clock())
        return outcome

    def _wait_for_allowance(self, request: HttpRequest) -> timedelta | None:
        """None once the request may leave; else how long that will take."""
        while True:
            at = self.clock()
            wait = allowances.take(self.store, request.allowance, cost=request.cost, at=at, spare=self.spare)
            if wait is None or wait > self.patience:
                return wait
            sleep(wait.total_seconds())

    def _asked(self, request: HttpRequest) -> HttpOutcome:
        try:
            with self.client.stream(
                request.method,
                request.address,
                params=list(request.query) or None,
                headers=dict(request.headers),
                content=request.body or None,
            ) as answer:
                return HttpResponse(status=answer.status_code, headers=_lower(answer.headers), body=_body(answer))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as trouble:
            return Unreached(reason=_words(trouble, request))
        except httpx.HTTPError as trouble:
            return Unanswered(reason=_words(trouble, request))

    def _refused(self, request: HttpRequest, answer: HttpResponse) -> HeldBack:
        after = _retry_after(answer.headers, self.clock()) or AFTER_A_REFUSAL
        allowances.close(self.store, request.allowance, until=self.clock() + after)
        return HeldBack(after=after, reason=f"{urlsplit(request.address).hostname} was asked too often.")


def new_client() -> httpx.Client:
    """A client for some requests to one platform: it follows nobody elsewhere, and no proxy of the environment's."""
    return httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False)


@cache
def shared_client() -> httpx.Client:
    """The process's one client: connections to platforms stay open between requests."""
    return new_client()


def _body(answer: httpx.Response) -> bytes:
    """The answer's bytes. Raises httpx.HTTPError for one that is too large to be meant."""
    parts, size = [], 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > MOST_BYTES:
            raise httpx.ReadError(f"The answer is larger than {MOST_BYTES:,} bytes.")
        parts.append(part)
    return b"".join(parts)


def _lower(headers: httpx.Headers) -> Mapping[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _retry_after(headers: Mapping[str, str], at: datetime) -> timedelta | None:
    """What the platform says: seconds, or a date."""
    said = headers.get("retry-after", "").strip()
    try:
        if said.replace(".", "", 1).isdecimal():
            return timedelta(seconds=min(float(said), 86_400))
        return max(parsedate_to_datetime(said) - at, timedelta(seconds=1)) if said else None
    except (ValueError, TypeError, OverflowError):
        return None


def _words(trouble: Exception, request: HttpRequest) -> str:
    """What went wrong, and with which server: an administrator may have entered none."""
    return f"{type(trouble).__name__}: {urlsplit(request.address).hostname}: {trouble}"[:300].rstrip(": ")
