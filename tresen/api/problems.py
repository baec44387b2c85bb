"""What went wrong, in plain words, as application/problem+json (RFC 9457)."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus

import msgspec
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

MEDIA_TYPE = "application/problem+json"

type Raised[E: Exception] = E | type[E]
"""As ninja types what its handlers get; it is always the exception itself."""

type View = Callable[..., HttpResponseBase]


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
    api.add_exception_handler(Exception, _failed)


def answering_in_problems(view: View) -> View:
    """The view, whose answer to a method that it does not know is a problem too, and that it has nothing to show."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
        try:
            answer = view(request, *args, **named)
        except Http404:
            return nothing_here(request)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return answer
        allowed = answer.headers["Allow"]
        return problem(HTTPStatus.METHOD_NOT_ALLOWED, f"This address answers to {allowed} only.", {"Allow": allowed})

    return answered


def nothing_here(request: HttpRequest) -> HttpResponse:
    """For every address that the API does not have."""
    del request
    return problem(HTTPStatus.NOT_FOUND, "There is no such address. The description is at /api/v1/openapi.json.")


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


def _failed(request: HttpRequest, error: Raised[Exception]) -> HttpResponse:
    """A bug of ours, or a request that Django refuses: logged and counted as everywhere else, told in our own form."""
    assert isinstance(error, Exception)
    status = HTTPStatus(response_for_exception(request, error).status_code)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return problem(status, "Something went wrong here. It was noted, and asking again later may help.")
    return problem(status, "This request can't be read.")
