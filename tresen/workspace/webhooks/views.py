"""Where platforms tell by themselves: kept, and answered before anybody has understood it."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tresen.channels.webhooks import Webhook
from tresen.intake.webhooks import Kept, NoDoor, NotGenuine, NotNow, answer_challenge, receive_webhook

# Nobody is signed in here: the platform's signature says who it is.


@require_http_methods(["GET", "POST"])
@login_not_required
@csrf_exempt
def take(request: HttpRequest, store_id: int) -> HttpResponse:
    """A platform's webhook, or its question whether this address is ours."""
    return _challenged(request, store_id) if request.method == "GET" else _told(request, store_id)


def _challenged(request: HttpRequest, store_id: int) -> HttpResponse:
    """404 where nothing is expected here."""
    endpoint = request.build_absolute_uri(request.path)
    answer = answer_challenge(store_id, request.GET.dict(), endpoint=endpoint, at=request.at)  # type: ignore[attr-defined]
    return HttpResponse(status=404) if answer is None else HttpResponse(answer, content_type="application/json")


def _told(request: HttpRequest, store_id: int) -> HttpResponse:
    """200 once it is kept, also when it was kept before; 401 where it is not the platform's; 503: tell it again."""
    try:
        body = request.body
    except RequestDataTooBig:
        return HttpResponse(status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    match receive_webhook(store_id, Webhook(body=body, headers=headers), at=request.at):  # type: ignore[attr-defined]
        case Kept():
            return HttpResponse(status=200)
        case NotGenuine():
            return HttpResponse(status=401)
        case NotNow():
            return HttpResponse(status=503)
        case NoDoor():
            return HttpResponse(status=404)
