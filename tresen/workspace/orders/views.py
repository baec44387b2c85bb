"""Orders looked up by their number, or the newest of all that this agent may see."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from tresen.orders.listing import Place, find_orders, newest_orders
from tresen.workspace.orders.rows import rows_shown
from tresen.workspace.pages import show as show_page
from tresen.workspace.requests import AgentRequest

PAGE = 25


@require_GET
def show(request: AgentRequest) -> HttpResponse:
    """A page of the list."""
    number = request.GET.get("number", "").strip()[:80]
    after = Place.read(request.GET.get("after", ""))
    if number:
        found = find_orders(number, scope=request.scope, after=after, most=PAGE + 1)
    else:
        found = newest_orders(scope=request.scope, after=after, most=PAGE + 1)
    page = found[:PAGE]
    following = {**({"number": number} if number else {}), "after": Place.of(page[-1]).written} if page else {}
    context = {
        "rows": rows_shown(page, scope=request.scope),
        "number": number,
        "more": f"{reverse('order-list')}?{urlencode(following)}" if len(found) > PAGE else "",
    }
    return show_page(request, "orders/show.html", "orders/list.html", context)
