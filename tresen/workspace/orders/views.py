"""Orders looked up by a number or a name, the newest of all that this agent may see, and one of them."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from tresen.orders.listing import Place, newest_orders
from tresen.orders.queries import OrderHidden, order_in
from tresen.orders.searching import SHORTEST_START, is_short_number, search_orders
from tresen.workspace.orders.one import order_page
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
        found = search_orders(number, scope=request.scope, after=after, most=PAGE + 1)
    else:
        found = newest_orders(scope=request.scope, after=after, most=PAGE + 1)
    page = found[:PAGE]
    following = {**({"number": number} if number else {}), "after": Place.of(page[-1]).written} if page else {}
    context = {
        "rows": rows_shown(page, scope=request.scope),
        "number": number,
        "shortest": SHORTEST_START if is_short_number(number) else None,
        "more": f"{reverse('order-list')}?{urlencode(following)}" if len(found) > PAGE else "",
    }
    return show_page(request, "orders/show.html", "orders/list.html", context)


@require_GET
def show_order(request: AgentRequest, order_id: int) -> HttpResponse:
    """One order with all that is known of it."""
    try:
        order = order_in(request.scope, order_id)
    except OrderHidden as hidden:
        raise Http404(str(hidden)) from hidden
    context = {"page": order_page(order.pk, scope=request.scope, agent_id=request.agent.pk, at=request.at)}
    return show_page(request, "orders/order_page.html", "orders/order.html", context)
