"""The product's addresses, and a page that lists the rows of the queue's first page and nothing else."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from tresen.routing.queues import first_page
from tresen.routing.views import View, ViewKind

LIST = """<!doctype html><title>Queue</title><ol>
{% for row in rows %}
<li><a href="/tickets/{{ row.ticket }}/">{{ row.subject }}</a> {{ row.excerpt }} {{ row.customer }}
{{ row.order_number }}
{{ row.order_total }} {{ row.currency }} {{ row.channel }} {{ row.store }} {{ row.tier }} {{ row.act_by }}
{{ row.own_due }} {{ row.platform_due }} {{ row.assignee }}</li>
{% endfor %}
</ol>"""


def bare(request: HttpRequest) -> HttpResponse:
    """The same fifty rows in a loop of Jinja2's."""
    seen: Any = request
    page = first_page(View(ViewKind.ALL), scope=seen.scope, agent_id=seen.agent.pk)
    return HttpResponse(_list().render({"rows": page.rows}))


@cache
def _list() -> Any:
    return engines["jinja2"].from_string(LIST)


urlpatterns = [path("bare/", bare), path("", include("tresen.config.urls"))]
