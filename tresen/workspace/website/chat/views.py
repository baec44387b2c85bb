"""The chat of a website, for pages of the seller's own: its script, how it looks, and what is written in it.

Waiting for news is answered by the front and not here: see `config.chat_front`. Nobody is signed in, and no cookie is
read: whose chat it is says a key in the body, which no address and no log keeps.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from tresen.chats.visiting import chat_by_key, leave
from tresen.stores.publishing import form_by_key
from tresen.workspace.website.answers import allowing
from tresen.workspace.website.chat.opening import NotAllowed, NotHere, OpenChat, opened
from tresen.workspace.website.chat.script import ETAG, SCRIPT
from tresen.workspace.website.chat.showing import look_of
from tresen.workspace.website.chat.taking import MOST_BYTES, GoesByMail, Kept, Wrong, take
from tresen.workspace.website.taking import TooMany

type Answer = Callable[[HttpRequest, OpenChat], HttpResponse]
SCRIPT_LASTS = 600
"""Seconds: its address stays the same, so browsers must ask for a newer one now and then."""
ANYBODY = "*"


@require_safe
@login_not_required
def script(request: HttpRequest, key: str) -> HttpResponse:
    """The widget. Its address says whose chat it is."""
    if form_by_key(key) is None:
        raise Http404
    answer = HttpResponse(SCRIPT, content_type="text/javascript; charset=utf-8")
    answer.headers["ETag"] = ETAG
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(answer, public=True, max_age=SCRIPT_LASTS)
    return get_conditional_response(request, etag=ETAG, response=answer) or answer


def _for_pages(answer: Answer) -> Callable[..., HttpResponse]:
    """Answers pages of the store's websites alone. Any other is told that it is none, so that it asks no more."""

    @wraps(answer)
    def guarded(request: HttpRequest, key: str) -> HttpResponse:
        origin = request.headers.get("Origin", "")
        try:
            open_chat = opened(key, origin=origin)
        except NotHere:
            return allowing(JsonResponse({"error": "no_chat"}, status=404), ANYBODY)
        except NotAllowed:
            return allowing(JsonResponse({"error": "origin_not_allowed"}, status=403), ANYBODY)
        if request.method == "OPTIONS":
            return allowing(HttpResponse(status=204), origin)
        return allowing(answer(request, open_chat), origin)

    return guarded


@require_http_methods(["GET", "OPTIONS"])
@login_not_required
@_for_pages
def show(request: HttpRequest, open_chat: OpenChat) -> HttpResponse:
    """How the chat looks."""
    return JsonResponse(look_of(open_chat, at=request.at))  # type: ignore[attr-defined]


@require_http_methods(["POST", "OPTIONS"])
@login_not_required
@csrf_exempt
@_for_pages
def create_message(request: HttpRequest, open_chat: OpenChat) -> HttpResponse:
    """Take in what a visitor wrote."""
    given = _given(request)
    if given is None:
        return JsonResponse({"error": "not_read"}, status=400)
    match take(open_chat, given, client=request.META.get("REMOTE_ADDR", ""), at=request.at):  # type: ignore[attr-defined]
        case Kept():
            return JsonResponse({"received": True}, status=201)
        case Wrong(fields=fields):
            return JsonResponse({"error": "wrong", "fields": list(fields)}, status=422)
        case GoesByMail():
            return JsonResponse({"error": "by_mail"}, status=409)
        case TooMany(after=after):
            return JsonResponse({"error": "too_many", "seconds": int(after.total_seconds()) + 1}, status=429)


@require_http_methods(["POST", "OPTIONS"])
@login_not_required
@csrf_exempt
@_for_pages
def create_end(request: HttpRequest, open_chat: OpenChat) -> HttpResponse:
    """The visitor goes."""
    given = _given(request) or {}
    key = given.get("key")
    chat = chat_by_key(open_chat.store.pk, key, at=request.at) if isinstance(key, str) else None  # type: ignore[attr-defined]
    if chat is not None:
        leave(chat, at=request.at)  # type: ignore[attr-defined]
    return HttpResponse(status=204)


def _given(request: HttpRequest) -> dict[str, Any] | None:
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return None
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None
