"""Pictures of products, from our own cache: the browser asks no stranger, and nothing is fetched while it waits."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from tresen.files.sniffing import PICTURES
from tresen.orders.models import Picture, PictureState
from tresen.orders.picturing import looked_at
from tresen.workspace.attachments.views import FILE_POLICY
from tresen.workspace.requests import AgentRequest

KEPT_BY_BROWSERS = 86_400
"""Seconds."""


@require_GET
def send_picture(request: AgentRequest, picture_id: int) -> HttpResponse:
    """A picture that is kept here, of a store in this agent's scope."""
    found = Picture.objects.filter(pk=picture_id, state=PictureState.KEPT, content_type__in=PICTURES)
    picture = found.select_related("store").first()
    if picture is None or not request.scope.shows_store(picture.store_id, brand=picture.store.brand_id):
        raise Http404
    looked_at(picture, at=request.at)
    kind = picture.content_type
    response = HttpResponse(bytes(picture.content or b""), content_type=kind)
    response.headers["Content-Disposition"] = f'inline; filename="picture.{kind.partition("/")[2]}"'
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = f"private, max-age={KEPT_BY_BROWSERS}"
    return response
