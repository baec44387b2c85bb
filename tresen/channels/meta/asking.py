"""Requests to the Graph API, and what its answers mean.

Meta says in an error's `code` what others say by HTTP's status. Sources: Meta's pages on error codes and on rate
limits, read 2026-11.
"""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote

import msgspec
from msgspec import structs

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
_LONGEST = 300


class _Error(msgspec.Struct, frozen=True):
    message: str = ""
    code: int = 0
    error_subcode: int | None = None
    error_user_msg: str | None = None
    error_data: object = None


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
    return judged(access.http.send(asked))


def read[T](access: StoreAccess, kind: type[T], asked: HttpRequest) -> T | Stopped:
    """The same, understood."""
    return understood(kind, access.http.send(asked))


def understood[T](kind: type[T], outcome: HttpOutcome) -> T | Stopped:
    """What came of it, as a value; else why there is none."""
    answer = judged(outcome)
    if isinstance(answer, Stopped):
        return answer
    try:
        return read_json(answer.body, kind)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))


def taken(outcome: HttpOutcome) -> HttpResponse | Later | Refused | Uncertain:
    """The answer to what was sent; else what became of it."""
    error = _error(outcome)
    if error is None or not isinstance(outcome, HttpResponse):
        return to_sender(outcome)
    if error.code in TOO_MANY:
        return Later(after=AFTER_TOO_MANY, reason=_as(outcome.status, error))
    if error.code in NO_TOKEN:
        return Later(after=AFTER_A_FAULT, reason=_as(HTTPStatus.UNAUTHORIZED, error))
    if error.code in PASSING:
        return Uncertain(reason=_as(outcome.status, error))
    result = to_sender(outcome)
    if isinstance(result, HttpResponse):
        return result
    return replace(result, reason=_said(error) if isinstance(result, Refused) else _as(outcome.status, error))


def meant(answer: HttpResponse) -> HttpResponse:
    """A token that has ended or was withdrawn is told as a wrong request mostly, by a number of Meta's own."""
    error = _error(answer)
    return replace(answer, status=HTTPStatus.UNAUTHORIZED) if error and error.code in NO_TOKEN else answer


def judged(outcome: HttpOutcome) -> HttpResponse | Stopped:
    """The answer to what was asked; else why there is none, in Meta's words."""
    error = _error(outcome)
    if error is None or not isinstance(outcome, HttpResponse):
        return to_reader(outcome)
    if error.code in TOO_MANY:
        return Stopped(reason=_as(outcome.status, error), after=AFTER_TOO_MANY, held=True)
    if error.code in NO_TOKEN:
        return Stopped(reason=_as(HTTPStatus.UNAUTHORIZED, error), after=AFTER_A_FAULT, reconnect=True)
    if error.code in NOT_ALLOWED:
        return Stopped(reason=_as(HTTPStatus.FORBIDDEN, error), after=UNTIL_A_RIGHT_IS_GIVEN, lacks=True)
    answer = to_reader(outcome)
    return replace(answer, reason=_as(outcome.status, error)) if isinstance(answer, Stopped) else answer


def _as(status: int, error: _Error) -> str:
    """Meta's words with the status that its number means, by which people are told what to do."""
    return f"{int(status)} {_said(error)}"


def _said(error: _Error) -> str:
    """What Meta says of it, in its own words: first for developers, then for people, then WhatsApp's details."""
    details = error.error_data.get("details") if isinstance(error.error_data, dict) else None
    told = (" ".join(str(one or "").split()) for one in (error.message, error.error_user_msg, details))
    return " ".join(dict.fromkeys(one for one in told if one))[:_LONGEST]


def _error(outcome: HttpOutcome) -> _Error | None:
    if not isinstance(outcome, HttpResponse) or outcome.status < HTTPStatus.BAD_REQUEST:
        return None
    try:
        error = read_json(outcome.body, _Wrong).error
    except NotAsDocumented:
        return None
    return error if error.message else structs.replace(error, message=words(outcome).partition(" ")[2])
