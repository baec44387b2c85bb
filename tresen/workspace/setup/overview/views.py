"""Where the set-up begins: the first three steps, and how everything does."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import ADMINISTERING, for_leads
from tresen.workspace.setup.overview.running import running
from tresen.workspace.setup.overview.standing import first_steps, needs_care, stores_shown, verdict
from tresen.workspace.setup.sections import page


@require_GET
@for_leads
def show(request: AgentRequest) -> HttpResponse:
    """What is done, what is missing, what is broken."""
    stores = stores_shown(request.scope)
    administering = request.agent.role in ADMINISTERING
    context = {
        "steps": first_steps() if administering else [],
        "care": needs_care(request.agent, at=request.at),
        "stores": stores,
        "verdict": verdict(stores),
        "running": running(request.at) if administering else None,
    }
    return page(request, "overview", "setup/overview/show.html", context)
