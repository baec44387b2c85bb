"""The addresses of the API: /api/v1/…, and its own description at /api/v1/openapi.json.

What version 1 promises stays as it is; what comes later is added beside it.
"""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, path, re_path

from tresen.api.describing import DescribedAPI
from tresen.api.entering import ByToken
from tresen.api.problems import add_problems, answering_in_problems, nothing_here
from tresen.api.v1 import board, tickets

v1 = DescribedAPI(
    title="Tresen",
    version="1",
    description="Tickets with their clocks explained, and the board’s figures. What you see is what your agent sees.",
    urls_namespace="api-v1",
    auth=ByToken(),
    docs_url=None,
)
v1.add_router("/tickets", tickets.router)
v1.add_router("/board", board.router)
add_problems(v1)


def _by_token_alone() -> tuple[list[URLPattern | URLResolver], str, str]:
    """The API's addresses; a browser that has not signed in is not sent to the sign-in from here."""
    patterns, app, namespace = v1.urls
    for pattern in patterns:
        assert pattern.callback is not None  # they are addresses, no includes
        pattern.callback = login_not_required(answering_in_problems(pattern.callback))
    return patterns, app, namespace


urlpatterns = [
    path("v1/", _by_token_alone()),
    re_path("", login_not_required(nothing_here), name="api-nothing-here"),
]
