"""Taking closed and special days over from a calendar file: first they are shown, then they are kept."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tresen.sla.recalculations import Edit
from tresen.staffing.calendars import CalendarWrong, Taken, read_calendar
from tresen.staffing.models import Timetable, TimetableVersion
from tresen.staffing.plans import TimetablePlan, TimetableWrong
from tresen.staffing.timetables import change_timetable, current_version, plan_of, years_of
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_leads
from tresen.workspace.setup.naming import day_in_words
from tresen.workspace.setup.open_clocks.asking import Asking, settled
from tresen.workspace.setup.sections import page
from tresen.workspace.setup.timetables.entering import (
    NotUnderstood,
    days_in,
    days_out,
    special_days_in,
    special_days_out,
    windows_out,
)
from tresen.workspace.setup.timetables.saving import edit_to
from tresen.workspace.telling import tell, warn


class CalendarForm(forms.Form):
    """A file to look into."""

    file = forms.FileField(
        label=gettext_lazy("Calendar file"),
        help_text=gettext_lazy("An .ics file, as calendars export it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def taken(self, version: TimetableVersion) -> Taken | None:
        """What the file says; None where it is wrong, and the form says how."""
        if not self.is_valid():
            return None
        try:
            return read_calendar(self.cleaned_data["file"].read(), zone=version.zone, years=years_of(version))
        except CalendarWrong as wrong:
            self.add_error("file", str(wrong))
            return None


@require_http_methods(["GET", "POST"])
@for_leads
def take_over_calendar(request: AgentRequest, timetable_id: int) -> HttpResponse:
    """Upload, look at what would be taken, keep it. Nothing changes before the last step."""
    get_object_or_404(Timetable, pk=timetable_id, retired_at=None)
    version = current_version(timetable_id)
    if "closed" in request.POST:
        answer = _settled(request, version)
        if answer is not None:
            return answer
    form = CalendarForm(request.POST or None, request.FILES or None)
    taken = form.taken(version) if request.FILES or (request.POST and "closed" not in request.POST) else None
    context = {"form": form, "version": version, **(_preview(taken, version) if taken else {"taken": None})}
    status = 422 if form.errors else 200
    return page(request, "timetables", "setup/timetables/calendar.html", context, status=status)


def _preview(taken: Taken, version: TimetableVersion) -> dict[str, Any]:
    known = set(version.own_closed)
    return {
        "taken": taken,
        "closed": [(day_in_words(day), name, day in known) for day, name in taken.closed.items()],
        "special": [
            (day_in_words(day), taken.names[day], windows_out(windows).replace("-", "–"))
            for day, windows in taken.special.items()
        ],
        "closed_text": days_out(taken.closed),
        "special_text": special_days_out(taken.special),
    }


def _settled(request: AgentRequest, version: TimetableVersion) -> HttpResponse | None:
    """Keep the days, after asking what happens to open clocks; None where they are wrong, and the agent is told."""
    asking = Asking(section="timetables", title=version.timetable.name, leave=_address(version))
    try:
        plan = _added(request, version)

        def change() -> Edit | None:
            after = change_timetable(version.timetable_id, plan=plan, by=request.actor, at=request.at)
            return edit_to(after, before=version)

        question = settled(request, change, asking)
    except NotUnderstood as part:
        warn(request, _("“%(part)s” is no day. Write it like 2026-12-24.") % {"part": part})
        return None
    except TimetableWrong as wrong:
        warn(request, wrong.problems[0].sentence)
        return None
    if question is not None:
        return question
    tell(request, _("The days of the calendar are kept."))
    return redirect(_address(version))


def _added(request: AgentRequest, version: TimetableVersion) -> TimetablePlan:
    plan = plan_of(version)
    return TimetablePlan(
        zone=plan.zone,
        week=plan.week,
        country=plan.country,
        region=plan.region,
        own_closed=sorted({*plan.own_closed, *days_in(request.POST["closed"])}),
        special={**plan.special, **special_days_in(request.POST.get("special", ""))},
    )


def _address(version: TimetableVersion) -> str:
    return reverse("setup-timetable", args=[version.timetable_id])
