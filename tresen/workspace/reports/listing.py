"""The page of clocks behind a number, wherever the number stands."""

from django.http import HttpResponse

from tresen.accounts.models import Agent
from tresen.reports.counted import After, Page
from tresen.workspace.reports import words
from tresen.workspace.reports.pages import page
from tresen.workspace.requests import AgentRequest


def listed(request: AgentRequest, found: Page, *, title: str, lead: str, back: str) -> HttpResponse:
    """One page of them, with a way back to the number and on to the next page."""
    context = {
        "title": title,
        "lead": lead,
        "back": back,
        "page": found,
        "agents": dict(Agent.objects.filter(pk__in=[one.agent for one in found.clocks]).values_list("pk", "name")),
        "further": _further(request, found.next) if found.next else "",
        "words": words,
    }
    return page(request, "reports/counted.html", context)


def _further(request: AgentRequest, after: After) -> str:
    query = request.GET.copy()
    query["after"] = after.token()
    return query.urlencode()
