"""Requests to the Graph API, and what its answers mean.

Meta says in an error's `code` what others say by HTTP's status. Sources: Meta's pages on error codes and on rate
limits, read 2026-11.
"""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote

import msgspec

from tresen.channels.answered import AFTER_A_FAULT, UNTIL_A_RIGHT_IS_GIVEN, to_reader, to_sender, words
from tresen.channels.feeds import Stopped
from tresen.channels.http import Allowance, HttpOutcome, HttpRequest, HttpResponse
from tresen.channels.meta.account import ACCOUNT, Account
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain
from tresen.channels.typed_json import NotAsDocumented, read_json

VERSION = "v23.0"
SENDING = Allowance(name="sending", per_second=10.0, burst=30.0)
"""Meta takes 300 texts a second of a page (its page on rate limiting, 2026-03-23)."""
READING = Allowance(name="reading", per_second=2.0, burst=4.0)
"""Conversations may be asked for twice a second (the same page)."""
PRIVATE_REPLIES = Allowance(name="private replies", per_second=0.2, burst=20.0)
"""750 an hour (the same page)."""
NO_TOKEN, TOO_MANY = frozenset({102, 190}), frozenset({4, 17, 32, 613, 80001, 80002, 80006, 80007, 130429, 131056})
NOT_ALLOWED = frozenset({10, 200, 230, 299})
PASSING = frozenset({1, 2})
AFTER_TOO_MANY = timedelta(minutes=5)


class _Error(msgspec.Struct, frozen=True):
    message: str = ""
    code: int = 0
    error_subcode: int | None = None


class _Wrong(msgspec.Struct, frozen=True):
    error: _Error


def request(
    access: StoreAccess,
    of: Account,
    method: str,
    path: str,
    *query: tuple[str, str],
    allowance: Allowance = READING,
    body: bytes = b"",
    kind: str = "application/json",
) -> HttpRequest:
    """A request in the name of the page or account."""
    base = (access.setting("address") or of.host).rstrip("/")
    return HttpRequest(
        method=method,
        address=f"{base}/{VERSION}/{path}",
        query=query,
        allowance=allowance.of(f"{of.object} {access.setting(ACCOUNT)}"),
        headers={"Accept": "application/json", **({"Content-Type": kind} if body else {})},
        body=body,
    )


def part(number: str) -> str:
    """An id as a part of a path."""
    return quote(number, safe="_")


def own(access: StoreAccess) -> str:
    """The page or account, as a part of a path."""
    return part(access.setting(ACCOUNT))


def answer_to(access: StoreAccess, asked: HttpRequest) -> HttpResponse | Stopped:
    """What is read there."""
    outcome = access.http.send(asked)
    return _refused_to_reader(outcome) or to_reader(outcome)


def read[T](access: StoreAccess, kind: type[T], asked: HttpRequest) -> T | Stopped:
    """The same, understood."""
    return understood(kind, access.http.send(asked))


def understood[T](kind: type[T], outcome: HttpOutcome) -> T | Stopped:
    """What came of it, as a value; else why there is none."""
    answer = _refused_to_reader(outcome) or to_reader(outcome)
    if isinstance(answer, Stopped):
        return answer
    try:
        return read_json(answer.body, kind)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))


def taken(outcome: HttpOutcome) -> HttpResponse | Later | Refused | Uncertain:
    """The answer to what was sent; else what became of it."""
    error = _error(outcome)
    if isinstance(outcome, HttpResponse) and error is not None:
        if error.code in TOO_MANY:
            return Later(after=AFTER_TOO_MANY, reason=words(outcome))
        if error.code in NO_TOKEN:
            return Later(after=AFTER_A_FAULT, reason=words(meant(outcome)))
        if error.code in PASSING:
            return Uncertain(reason=words(outcome))
    return to_sender(outcome)


def meant(answer: HttpResponse) -> HttpResponse:
    """A token that has ended or was withdrawn is told as a wrong request mostly, by a number of Meta's own."""
    error = _error(answer)
    return replace(answer, status=HTTPStatus.UNAUTHORIZED) if error and error.code in NO_TOKEN else answer


def _refused_to_reader(outcome: HttpOutcome) -> Stopped | None:
    error = _error(outcome)
    if error is None or not isinstance(outcome, HttpResponse):
        return None
    if error.code in TOO_MANY:
        return Stopped(reason=words(outcome), after=AFTER_TOO_MANY, held=True)
    if error.code in NO_TOKEN:
        reason = _as(HTTPStatus.UNAUTHORIZED, error, outcome)
        return Stopped(reason=reason, after=AFTER_A_FAULT, reconnect=True)
    if error.code in NOT_ALLOWED:
        reason = _as(HTTPStatus.FORBIDDEN, error, outcome)
        return Stopped(reason=reason, after=UNTIL_A_RIGHT_IS_GIVEN, lacks=True)
    return None


def _as(status: HTTPStatus, error: _Error, answer: HttpResponse) -> str:
    """Meta's words with the status that its number means, by which people are told what to do."""
    return f"{status.value} {error.message}" if error.message else words(replace(answer, status=status.value))


def _error(outcome: HttpOutcome) -> _Error | None:
    if not isinstance(outcome, HttpResponse) or outcome.status < HTTPStatus.BAD_REQUEST:
        return None
    try:
        return read_json(outcome.body, _Wrong).error
    except NotAsDocumented:
        return None
