"""Seller health: how each store stands by its platform's own measures, and what can explain a difference."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tresen.reports.comparing import Compared, compared
from tresen.reports.counted import After, Which, counted
from tresen.reports.differences import MOST, Difference, differences
from tresen.reports.entering import enter_figures
from tresen.reports.health import Standing, standings
from tresen.reports.slices import looking_back
from tresen.tickets.queries import has_messages
from tresen.workspace.reports import health_words, words
from tresen.workspace.reports.difference_words import difference_lines
from tresen.workspace.reports.figure_forms import FigureForm, FiguresForm
from tresen.workspace.reports.listing import listed
from tresen.workspace.reports.pages import page
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_leads
from tresen.workspace.telling import tell


@require_GET
@for_leads
def show_health(request: AgentRequest) -> HttpResponse:
    """Every store with every measure of its platform."""
    return _overview(request, FiguresForm())


@require_POST
@for_leads
def take_table(request: AgentRequest) -> HttpResponse:
    """Take a table of the platforms' own figures."""
    seen = standings(scope=request.scope, at=request.at)
    form = FiguresForm(request.POST, request.FILES, standings=seen, today=request.at.date())
    if not form.is_valid():
        return _overview(request, form)
    enter_figures(form.figures, by=request.actor, at=request.at)
    tell(request, _("%(count)d figures are taken.") % {"count": len(form.figures)})
    return redirect("reports-health")


@require_GET
@for_leads
def show_measure(request: AgentRequest, store_id: int, measure: str) -> HttpResponse:
    """One measure of one store: its sum, what is open, what was missed, what explains a difference."""
    return _detail(request, _standing_or_404(request, store_id, measure), FigureForm(day=request.at.date()))


@require_POST
@for_leads
def take_figure(request: AgentRequest, store_id: int, measure: str) -> HttpResponse:
    """Take the platform's own figure of one day."""
    standing = _standing_or_404(request, store_id, measure)
    form = FigureForm(request.POST, day=request.at.date())
    if not form.is_valid():
        return _detail(request, standing, form)
    enter_figures([form.given(standing)], by=request.actor, at=request.at)
    tell(request, _("The platform’s figure is kept."))
    return redirect("reports-measure", store_id, measure)


@require_GET
@for_leads
def show_messages(request: AgentRequest, store_id: int, measure: str, which: str) -> HttpResponse:
    """The messages that one number of a measure counts."""
    standing = _standing_or_404(request, store_id, measure)
    if standing.held is None or which not in set(Which):
        raise Http404
    window = looking_back(standing.measure.window, at=request.at, store=store_id)
    after = After.read(request.GET.get("after", ""))
    found = counted(window, health_words.counting(standing), Which(which), scope=request.scope, after=after)
    title = f"{standing.store.name}: {health_words.measure_name(standing.measure)}"
    back = reverse("reports-measure", args=[store_id, measure])
    return listed(request, found, title=title, lead=health_words.which_title(which), back=back)


def _overview(request: AgentRequest, form: FiguresForm) -> HttpResponse:
    context = {"standings": standings(scope=request.scope, at=request.at), "form": form}
    return page(request, "reports/health.html", context | _words(), status=422 if form.errors else 200)


def _detail(request: AgentRequest, standing: Standing, form: FigureForm) -> HttpResponse:
    beside = compared(standing, scope=request.scope, at=request.at)
    context = {
        "standing": standing,
        "form": form,
        "compared": beside,
        "lines": list(difference_lines(beside, standing.measure)) if beside else [],
        "differences": _explaining(request, standing, beside) if standing.held else [],
        "has_messages": has_messages(standing.store.pk),
        "most": MOST,
    }
    return page(request, "reports/measure.html", context | _words(), status=422 if form.errors else 200)


def _explaining(request: AgentRequest, standing: Standing, beside: Compared | None) -> Sequence[Difference]:
    """What can make up the difference; before one is known, whatever may count otherwise there."""
    if beside is None:
        return differences(standing.store.pk, standing.measure, scope=request.scope, at=request.at)
    if beside.same:
        return []
    store, measure = standing.store.pk, standing.measure
    return differences(store, measure, scope=request.scope, at=beside.then, whys=beside.whys)


def _words() -> dict[str, object]:
    return {"words": words, "health_words": health_words}


def _standing_or_404(request: AgentRequest, store_id: int, measure: str) -> Standing:
    for standing in standings(scope=request.scope, at=request.at, store=store_id):
        if standing.measure.key == measure:
            return standing
    raise Http404
