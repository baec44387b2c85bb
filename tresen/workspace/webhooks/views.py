"""Where platforms tell by themselves: kept, and answered before anybody has understood it."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tresen.channels.webhooks import Webhook
from tresen.intake.webhooks import Kept, NoDoor, NotGenuine, receive_webhook

# Nobody is signed in here: the platform's signature says who it is.


@require_POST
@login_not_required
@csrf_exempt
def take(request: HttpRequest, store_id: int) -> HttpResponse:
    """A platform's webhook. 200 once it is kept, also when it was kept before; 401 where it is not the platform's."""
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
        case NoDoor():
            return HttpResponse(status=404)
