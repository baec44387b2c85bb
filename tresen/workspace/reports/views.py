"""Reports: how many limits and targets were kept, and which tickets each number counts."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tresen.reports.attainment import By, Measure
from tresen.reports.counted import After, Which, counted
from tresen.reports.exporting import as_csv, as_workbook
from tresen.workspace.reports import words
from tresen.workspace.reports.asking import asked
from tresen.workspace.reports.filtering import choices
from tresen.workspace.reports.listing import listed
from tresen.workspace.reports.pages import page
from tresen.workspace.reports.showing import shown
from tresen.workspace.reports.tables import table_of
from tresen.workspace.requests import AgentRequest

FORMS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@require_GET
def show_attainment(request: AgentRequest) -> HttpResponse:
    """How many limits and targets were kept, by channel, store, team, agent or time."""
    question = asked(request)
    context = {
        "question": question,
        "parts": shown(question, scope=request.scope),
        "choices": choices(question, scope=request.scope),
        "by": By,
        "words": words,
    }
    return page(request, "reports/attainment.html", context)


@require_GET
def export(request: AgentRequest, form: str) -> HttpResponse:
    """The same report as a file for other programs."""
    if form not in FORMS:
        raise Http404
    write, content_type = FORMS[form]
    question = asked(request)
    response = HttpResponse(write(table_of(question, shown(question, scope=request.scope))), content_type=content_type)
    name = f"reports-{question.by}-{question.first}-{question.last}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
def show_counted(request: AgentRequest) -> HttpResponse:
    """The clocks that one number counts, each with its ticket."""
    question = asked(request)
    given = request.GET
    measure = Measure(given.get("kind", ""), given.get("of", ""), given.get("metric", ""))
    which = Which(given["which"]) if given.get("which") in set(Which) else Which.ALL
    found = counted(question.slice, measure, which, scope=request.scope, after=After.read(given.get("after", "")))
    lead = _("%(which)s, began %(first)s to %(last)s. One line for each clock; a ticket may have several.") % {
        "which": str(words.OUTCOMES[which]).capitalize(),
        "first": words.long_day(question.first),
        "last": words.long_day(question.last),
    }
    back = reverse("reports") + question.address()
    return listed(request, found, title=words.measure_title(measure), lead=lead, back=back)
