"""A fake OTTO's stock."""

from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from tresen.fakes.faults import as_told
from tresen.fakes.otto.answering import cursor_of, limit_of, link, parts_of, written

if TYPE_CHECKING:
    from tresen.fakes.otto import FakeOtto

type Json = dict[str, Any]
_PATH = "/v1/availability/quantities"
_MOST = 200


def listed(fake: "FakeOtto", request: Request) -> Json:
    """GET /v1/availability/quantities, in the order of our own numbers."""
    limit = limit_of(request, usual=_MOST, most=_MOST)
    (after,) = parts_of(request.args["cursor"]) if "cursor" in request.args else ("",)
    found = [level for sku, level in sorted(fake.world.stock.items()) if sku > after]
    page = found[:limit]
    more = len(found) > limit
    told = [
        {"sku": one.sku, "quantity": one.available, "lastModified": written(one.changed_at), "links": []}
        for one in as_told(request.environ, page)
    ]
    return {
        "resources": {"variations": told},
        "links": [link(_PATH, cursor=cursor_of(page[-1].sku), limit=limit)] if more else [],
    }
