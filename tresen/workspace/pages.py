"""One answer for both ways of asking: a whole page, or the part of it that htmx puts in place."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tresen.workspace.requests import AgentRequest, wants_part


def show(request: AgentRequest, page: str, part: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """`page` is the whole screen's template, `part` the template of what changes in it (the page includes it)."""
    response = render(request, part if wants_part(request) else page, dict(context), status=status, using="jinja2")
    response.headers["Vary"] = "HX-Request"
    response.headers["Cache-Control"] = "no-store"
    return response
