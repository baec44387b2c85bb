"""Working hours: the timetables, one of them, which one is the default, what newer data says."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.sla.models import EditReason
from tresen.sla.recalculations import Edit
from tresen.staffing.models import Timetable, TimetableVersion
from tresen.staffing.plans import TimetableWrong
from tresen.staffing.proposing import take_over
from tresen.staffing.timetables import TimetableChanged, current_version, make_default
from tresen.stores.hours import retire_timetable
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_leads
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.open_clocks.asking import Asking, settled, wants_to_edit_again
from tresen.workspace.setup.sections import page
from tresen.workspace.setup.timetables.entering import field_of
from tresen.workspace.setup.timetables.forms import TimetableForm
from tresen.workspace.setup.timetables.listing import details, shown
from tresen.workspace.setup.timetables.saving import BASED_ON, change_in, edit_to
from tresen.workspace.setup.timetables.year import pictures
from tresen.workspace.telling import tell, warn


@require_GET
@for_leads
def show_list(request: AgentRequest) -> HttpResponse:
    """All timetables in use."""
    return page(request, "timetables", "setup/timetables/list.html", {"timetables": shown()})


@require_http_methods(["GET", "POST"])
@for_leads
def add(request: AgentRequest) -> HttpResponse:
    """A new timetable."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@for_leads
def change(request: AgentRequest, timetable_id: int) -> HttpResponse:
    """A timetable's next version."""
    return _form(request, _current_or_404(timetable_id))


@require_POST
@for_leads
def choose_default(request: AgentRequest, timetable_id: int) -> HttpResponse:
    """Let a timetable count for everybody without one of their own."""
    name = _current_or_404(timetable_id).timetable.name

    def change() -> Edit:
        make_default(timetable_id, by=request.actor, at=request.at)
        return Edit(reason=EditReason.COVERAGE)

    return _settled(request, change, name, _("“%(name)s” is the default now.") % {"name": name})


@require_POST
@for_leads
def renew(request: AgentRequest, timetable_id: int) -> HttpResponse:
    """Count by today's holiday and time zone data."""
    version = _current_or_404(timetable_id)

    def change() -> Edit | None:
        return edit_to(take_over(version, by=request.actor, at=request.at), before=version)

    return _settled(request, change, version.timetable.name, _("The new data counts from now on."))


@require_POST
@for_leads
def retire(request: AgentRequest, timetable_id: int) -> HttpResponse:
    """Offer a timetable no longer."""
    version = _current_or_404(timetable_id)
    try:
        retire_timetable(timetable_id, by=request.actor, at=request.at)
    except TimetableWrong as wrong:
        warn(request, wrong.problems[0].sentence)
        return redirect("setup-timetable", timetable_id)
    tell(request, _("“%(name)s” is retired.") % {"name": version.timetable.name})
    return redirect("setup-timetables")


def _form(request: AgentRequest, version: TimetableVersion | None) -> HttpResponse:
    based_on = request.POST.get(BASED_ON) or (version.number if version else "")
    if "show-regions" in request.POST:
        return _form_page(request, TimetableForm(typed=request.POST.dict()), version, based_on)
    form = TimetableForm(request.POST or None, version=version, zone=request.agent.zone)
    if request.method == "POST" and not wants_to_edit_again(request):
        change = change_in(form, version, by=request.actor, at=request.at)
        if change is not None:
            name = form.cleaned_data["name"]
            try:
                return _settled(request, change, name, _("“%(name)s” is saved.") % {"name": name}, form=True)
            except TimetableWrong as wrong:
                show_problems(form, wrong.problems, field_of=field_of)
                if isinstance(wrong, TimetableChanged) and version:
                    based_on = version.number
    return _form_page(request, form, version, based_on)


def _settled(
    request: AgentRequest, change: Callable[[], Edit | None], title: str, done: str, *, form: bool = False
) -> HttpResponse:
    """Open clocks that count by it: what happens to them is asked before it is saved."""
    asking = Asking(section="timetables", title=title, leave=reverse("setup-timetables"), form=form)
    question = settled(request, change, asking)
    if question is not None:
        return question
    tell(request, done)
    return redirect("setup-timetables")


def _form_page(
    request: AgentRequest, form: TimetableForm, version: TimetableVersion | None, based_on: int | str
) -> HttpResponse:
    context = {
        "form": form,
        "based_on": based_on,
        "zones": sorted(available_timezones()),
        **details(version, at=request.at),
    }
    if version is not None:
        today = request.at.astimezone(ZoneInfo(version.zone)).date()
        context |= pictures(version, request.GET.dict(), today=today)
    status = 422 if form.errors else 200
    return page(request, "timetables", "setup/timetables/form.html", context, status=status)


def _current_or_404(timetable_id: int) -> TimetableVersion:
    get_object_or_404(Timetable, pk=timetable_id, retired_at=None)
    return current_version(timetable_id)
