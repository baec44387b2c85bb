"""Shows every piece in every state, with invented data: what the design is, and where to look after a change."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.styleguide.forms import SampleForm
from tresen.workspace.styleguide.samples import faces, samples
from tresen.workspace.styleguide.thread import thread
from tresen.workspace.telling import Lead, Undo, tell


@require_GET
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    """The whole sheet."""
    if "toast" in request.GET:
        tell(request, "Logged.", lead=Lead(address=reverse("styleguide"), label="Open the ticket"))
        tell(request, "Solved.", undo=Undo(address=reverse("styleguide"), values={}))
    wrong = SampleForm({"name": "", "address": "nobody", "language": "de"})
    wrong.full_clean()
    context = {
        "at": request.at,
        "form": wrong,
        "faces": faces(request.at),
        "rows": samples(request.at),
        "items": thread(request.at),
    }
    return render(request, "styleguide/show.html", context, using="jinja2")
