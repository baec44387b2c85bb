"""What went wrong, in plain words, as application/problem+json (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

MEDIA_TYPE = "application/problem+json"

type Raised[E: Exception] = E | type[E]
"""As ninja types what its handlers get; it is always the exception itself."""


class Problem(Schema):
    """Why a request was not answered as asked."""

    title: str
    status: int
    detail: str


class TooManyRequests(Exception):
    """The token has made too many requests in this minute."""


def add_problems(api: NinjaAPI) -> None:
    """Let every error of this API be a problem."""
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(TooManyRequests, _too_many)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _http)


def problem(status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The answer."""
    body = msgspec.json.encode({"title": status.phrase, "status": status.value, "detail": detail})
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


def _unknown(request: HttpRequest, error: Raised[AuthenticationError]) -> HttpResponse:
    del request, error
    detail = "Send a token that is in force as “Authorization: Bearer …”. Agents make them in their profile."
    return problem(HTTPStatus.UNAUTHORIZED, detail, {"WWW-Authenticate": "Bearer"})


def _too_many(request: HttpRequest, error: Raised[TooManyRequests]) -> HttpResponse:
    del request, error
    detail = "This token has made too many requests in this minute. Wait a minute."
    return problem(HTTPStatus.TOO_MANY_REQUESTS, detail, {"Retry-After": "60"})


def _invalid(request: HttpRequest, error: Raised[ValidationError]) -> HttpResponse:
    del request
    assert isinstance(error, ValidationError)
    said = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, said)


def _http(request: HttpRequest, error: Raised[HttpError]) -> HttpResponse:
    del request
    assert isinstance(error, HttpError)
    return problem(HTTPStatus(error.status_code), str(error))
