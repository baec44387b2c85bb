"""Requests to TikTok Shop's interface, and what its answers mean: an error may come with the status of a success."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import msgspec

from tresen.channels.answered import UNTIL_A_RIGHT_IS_GIVEN, to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.http import Allowance, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, instant, read_json, read_value

USUAL = "https://open-api.tiktokglobalshop.com"
CIPHER, SHOP = "shop_cipher", "shop_id"
"""What TikTok Shop told of the shop when the store was connected: how requests name it, and how webhooks do."""
MESSAGES = "/customer_service/"
NO_MESSAGES = (
    "TikTok Shop has not approved the app for customer service: messages come neither in nor out. Buyers must be "
    "answered in Seller Center."
)
NO_SUCH_ORDER = "TikTok Shop knows no order %(number)s."
GENTLE = Allowance(name="interface", per_second=5.0, burst=50.0)
"""How often a shop may ask is not documented with a number; third parties speak of fifty times a second."""
AMONG_CLOCKS = timedelta(minutes=2)
"""So far apart TikTok Shop's clock and ours may be."""
SCOPE_MISSING = 105_005
"""“Access denied”, with 401: the app lacks the scope (as measured by third parties, 2026-09)."""
TOO_OFTEN = 36_009_002
"""“Too many requests”: by its list of codes, whatever the status says (third parties, 2026)."""
INTERNAL_ERRORS = frozenset({36_009_003, 36_009_007, 45_101_001})
"""They pass: what was asked may have been done all the same (third parties, 2026)."""
_TOKENS, _GATEWAY = ("105", "360"), "36009"
"""What codes begin with that are about tokens; those of the gateway are about the request (third parties, 2026)."""


class _Envelope(msgspec.Struct, frozen=True):
    """What stands around every answer; `code` is 0 where it went well."""

    code: int
    message: str = ""
    request_id: str = ""


class Answer(msgspec.Struct, frozen=True):
    """An answer with what was asked for; absent where there is nothing of it."""

    data: Any = None


def request(
    access: StoreAccess, method: str, path: str, *query: tuple[str, str], told: Mapping[str, object] | None = None
) -> HttpRequest:
    """A request about the store's own shop."""
    cipher = access.setting(CIPHER)
    plain = without_shop(access, method, path, *query, told=told)
    return replace(plain, query=(*plain.query, *(((CIPHER, cipher),) if cipher else ())))


def without_shop(
    access: StoreAccess, method: str, path: str, *query: tuple[str, str], told: Mapping[str, object] | None = None
) -> HttpRequest:
    """A request about whoever has let the app in."""
    return HttpRequest(
        method=method,
        address=f"{(access.setting('address') or USUAL).rstrip('/')}{path}",
        allowance=GENTLE,
        query=query,
        headers={"Accept": "application/json", "Content-Type": "application/json"},
        body=msgspec.json.encode(told) if told is not None else b"",
    )


def ask(access: StoreAccess, asked: HttpRequest) -> HttpResponse | Stopped:
    """What TikTok Shop says to a question; without the right to messages, that in words."""
    answer = to_reader(access.http.send(asked))
    if isinstance(answer, Stopped) and answer.lacks and MESSAGES in asked.address:
        return Stopped(reason=NO_MESSAGES, after=UNTIL_A_RIGHT_IS_GIVEN, lacks=True)
    return answer


def understood[T](answer: HttpResponse, kind: type[T]) -> T | Stopped:
    """What was asked for; an answer without it is as one with nothing in it."""
    try:
        return read_value(read_json(answer.body, Answer).data or {}, kind)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))


def read[T](access: StoreAccess, kind: type[T], asked: HttpRequest) -> T | Stopped:
    """Ask, and understand."""
    answer = ask(access, asked)
    return understood(answer, kind) if isinstance(answer, HttpResponse) else answer


def meant(answer: HttpResponse) -> HttpResponse:
    """The answer with the status that its code means, and the platform's own words in the place of the envelope."""
    try:
        said = read_json(answer.body, _Envelope)
    except NotAsDocumented:
        return answer
    if not said.code:
        return answer
    words = f"{said.message} ({said.code}, {said.request_id})".encode()
    return HttpResponse(status=_status(said.code, answer.status), headers=answer.headers, body=words)


def _status(code: int, told: int) -> int:
    if code == SCOPE_MISSING:
        return HTTPStatus.FORBIDDEN
    if code == TOO_OFTEN:
        return HTTPStatus.TOO_MANY_REQUESTS
    if code in INTERNAL_ERRORS:
        return HTTPStatus.INTERNAL_SERVER_ERROR
    if str(code).startswith(_TOKENS) and not str(code).startswith(_GATEWAY):
        return HTTPStatus.UNAUTHORIZED
    return max(told, HTTPStatus.BAD_REQUEST)


def seconds(at: datetime) -> int:
    """As TikTok Shop takes and tells times."""
    return int(at.timestamp())


def moment(told: int) -> datetime:
    """A time that TikTok Shop told. Raises NotAsDocumented for one beyond the calendar."""
    try:
        return instant(datetime.fromtimestamp(told, UTC))
    except (ValueError, OverflowError, OSError):
        raise NotAsDocumented(f"{told} is no time of this world.") from None


def maybe(told: int | None) -> datetime | None:
    """The same, of one that may be missing, or nought where there is none."""
    return moment(told) if told else None


def path_part(number: str) -> str:
    """A number as a part of a path."""
    return quote(number, safe="")
