"""The queue's screen: a list in its order, the next piece of work, and how much there is."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tresen.routing.queues import counts
from tresen.routing.views import UnknownView, View
from tresen.workspace.pages import show as show_page
from tresen.workspace.queue.listing import MOST_KEPT, listing
from tresen.workspace.queue.offered import offer
from tresen.workspace.queue.troubles import troubles
from tresen.workspace.requests import AgentRequest, number_given, wants_part
from tresen.workspace.ticket.going import on_to_next

DEFAULT = "all"
BESIDE = "view_beside"
"""In the session: the view that stands beside a ticket."""


@require_GET
def start(request: AgentRequest) -> HttpResponse:
    """The queue begins with everything."""
    del request
    return redirect("queue-view", DEFAULT)


@require_GET
def show(request: AgentRequest, view: str) -> HttpResponse:
    """One view: the whole screen, its list, or more rows of it."""
    shown = listing(request, view_or_404(view), after=request.GET.get("after", ""), most=_most(request))
    part = "queue/rows.html" if "after" in request.GET or "most" in request.GET else "queue/list.html"
    return show_page(request, "queue/show.html", part, {"listing": shown})


@require_GET
def show_counts(request: AgentRequest) -> HttpResponse:
    """The column of views with its numbers, and what is in trouble; asked for after the page, which must be quick."""
    offered = offer(request)
    found = counts([one.view for one in offered.all], scope=request.scope, agent_id=request.agent.pk)
    here = view_or_404(request.GET.get("at", DEFAULT))
    context = {"offer": offered, "here": here, "counts": found, "troubles": troubles(request.scope)}
    return render(request, "queue/views.html", context, using="jinja2")


@require_GET
def show_empty_desk(request: AgentRequest) -> HttpResponse:
    """Nothing is open: what the desk shows after the last piece of work."""
    if not wants_part(request):
        return redirect("queue")
    return render(request, "queue/desk.html", {}, using="jinja2")


@require_POST
def take_next(request: AgentRequest) -> HttpResponse:
    """The most urgent ticket that nobody holds is this agent's now."""
    return on_to_next(request, leaving=number_given(request.POST, "leaving"))


def view_or_404(text: str) -> View:
    """The view that an address names."""
    try:
        return View.parse(text)
    except UnknownView as unknown:
        raise Http404(str(unknown)) from unknown


def view_beside(request: AgentRequest) -> View:
    """The view from which the agent came to a ticket; after something that they did there it is still the same."""
    if "in" in request.GET:
        view = view_or_404(request.GET["in"])
        if request.session.get(BESIDE) != str(view):
            request.session[BESIDE] = str(view)
        return view
    try:
        return View.parse(request.session.get(BESIDE, DEFAULT))
    except UnknownView:  # of an earlier release
        return View.parse(DEFAULT)


def _most(request: AgentRequest) -> int | None:
    given = number_given(request.GET, "most")
    return min(given, MOST_KEPT) if given else None
