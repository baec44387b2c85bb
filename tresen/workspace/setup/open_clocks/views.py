"""How far recalculations have got: the part of a page that asks again by itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_leads
from tresen.workspace.setup.open_clocks.progress import shown_lately


@require_GET
@for_leads
def show_progress(request: AgentRequest) -> HttpResponse:
    """The recalculations that are underway, and those just finished."""
    context = {"recalculations": shown_lately(request.at), "at": request.at}
    response = render(request, "setup/open_clocks/progress.html", context, using="jinja2")
    response.headers["Cache-Control"] = "no-store"
    return response
