"""Where the set-up begins: the first three steps, and how everything does."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from tresen.outbox.models import DeliveryState
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import ADMINISTERING, for_admins, for_leads
from tresen.workspace.setup.overview.not_sent import FAILED, MOST, listed, title_of
from tresen.workspace.setup.overview.running import running
from tresen.workspace.setup.overview.standing import first_steps, needs_care, stores_shown, verdict
from tresen.workspace.setup.sections import page


@require_GET
@for_leads
def show(request: AgentRequest) -> HttpResponse:
    """What is done, what is missing, what is broken."""
    stores = stores_shown(request.scope, at=request.at)
    administering = request.agent.role in ADMINISTERING
    context = {
        "steps": first_steps() if administering else [],
        "care": needs_care(request.agent, at=request.at),
        "stores": stores,
        "verdict": verdict(stores),
        "running": running(request.scope, at=request.at) if administering else None,
    }
    return page(request, "overview", "setup/overview/show.html", context)


@require_GET
@for_admins
def show_not_sent(request: AgentRequest, state: str) -> HttpResponse:
    """The answers behind one of the numbers of those that did not leave."""
    if state not in FAILED:
        raise Http404
    chosen = DeliveryState(state)
    found = listed(chosen, request.scope, at=request.at)
    context = {"title": title_of(chosen), "found": found, "most": MOST}
    return page(request, "overview", "setup/overview/not_sent.html", context)
