"""What the agent has promised and not kept yet, in the order in which it is due."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tresen.duties.queries import open_promises_of
from tresen.partners.queries import chased_by
from tresen.sla.duty_sentences import duty_names
from tresen.workspace.clocks import face
from tresen.workspace.dates import day_and_time
from tresen.workspace.pages import show as show_page
from tresen.workspace.requests import AgentRequest


@require_GET
def show(request: AgentRequest) -> HttpResponse:
    """My promises."""
    names = duty_names()
    mine = open_promises_of(request.agent.pk, scope=request.scope)
    asked = chased_by(one.promise.pk for one in mine)
    rows = [
        {
            "one": one,
            "asks": one.promise.pk in asked,
            "title": names[one.promise.kind][:1].upper() + names[one.promise.kind][1:],
            "face": face(due=one.due, started_at=one.started_at, at=request.at, outcome=one.outcome),
            "when": day_and_time(one.due, request.at) if one.due else "",
        }
        for one in mine
    ]
    return show_page(request, "promises/show.html", "promises/list.html", {"rows": rows})
