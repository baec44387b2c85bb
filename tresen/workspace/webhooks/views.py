"""Where platforms tell by themselves: kept, and answered before anybody has understood it."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tresen.channels.webhooks import Webhook, WebhookAnswer
from tresen.intake.webhooks import (
    Kept,
    NoDoor,
    NotGenuine,
    NotNow,
    Outcome,
    answer_apps_challenge,
    answer_challenge,
    receive_of_app,
    receive_webhook,
)

# Nobody is signed in here: the platform's signature says who it is.


@require_http_methods(["GET", "POST"])
@login_not_required
@csrf_exempt
def take(request: HttpRequest, store_id: int) -> HttpResponse:
    """A platform's webhook, or its question whether this address is ours."""
    at = request.at  # type: ignore[attr-defined]
    if request.method == "GET":
        return _challenged(answer_challenge(store_id, request.GET.dict(), endpoint=_endpoint(request), at=at))
    return _told(request, lambda webhook: receive_webhook(store_id, webhook, at=at))


@require_http_methods(["GET", "POST"])
@login_not_required
@csrf_exempt
def take_of_app(request: HttpRequest, family: str, app: str) -> HttpResponse:
    """The same at the address of an app, which tells of all its stores."""
    at = request.at  # type: ignore[attr-defined]
    if request.method == "GET":
        query = request.GET.dict()
        return _challenged(answer_apps_challenge(family, app, query, endpoint=_endpoint(request), at=at))
    return _told(request, lambda webhook: receive_of_app(family, app, webhook, at=at))


def _endpoint(request: HttpRequest) -> str:
    return request.build_absolute_uri(request.path)


def _challenged(answer: WebhookAnswer | None) -> HttpResponse:
    """404 where nothing is expected here."""
    return HttpResponse(status=404) if answer is None else _said(answer)


def _told(request: HttpRequest, receive: Callable[[Webhook], Outcome]) -> HttpResponse:
    """200 once it is kept, also when it was kept before; 401 where it is not the platform's; 503: tell it again."""
    try:
        body = request.body
    except RequestDataTooBig:
        return HttpResponse(status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    match receive(Webhook(body=body, headers=headers, address=request.build_absolute_uri())):
        case Kept(answer=answer):
            return _said(answer)
        case NotGenuine():
            return HttpResponse(status=401)
        case NotNow():
            return HttpResponse(status=503)
        case NoDoor():
            return HttpResponse(status=404)


def _said(answer: WebhookAnswer) -> HttpResponse:
    return HttpResponse(answer.body, content_type=answer.content_type)
