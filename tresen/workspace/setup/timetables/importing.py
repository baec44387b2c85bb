"""Taking closed and special days over from a calendar file: first they are shown, then they are kept."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tresen.sla.recalculations import Edit
from tresen.staffing.calendar_days import Meaning, Taken, with_days
from tresen.staffing.calendars import CalendarRead, CalendarWrong, read_calendar
from tresen.staffing.models import Timetable, TimetableVersion
from tresen.staffing.plans import TimetableWrong
from tresen.staffing.timetables import TimetableChanged, change_timetable, current_version, plan_of, years_of
from tresen.workspace.requests import AgentRequest, number_given
from tresen.workspace.setup.access import for_leads
from tresen.workspace.setup.open_clocks.asking import Asking, settled
from tresen.workspace.setup.sections import page
from tresen.workspace.setup.timetables.calendar_preview import preview_of
from tresen.workspace.setup.timetables.entering import NotUnderstood, days_in, special_days_in
from tresen.workspace.setup.timetables.saving import BASED_ON, edit_to
from tresen.workspace.telling import tell, warn

MEANINGS = (
    (
        Meaning.CLOSED.value,
        gettext_lazy("We are closed then – whole days are closed, and of a day with times the other hours stay"),
    ),
    (
        Meaning.OPEN.value,
        gettext_lazy(
            "We work then – times are the hours of their day, and a whole day has its weekday’s, holiday or not"
        ),
    ),
)


class CalendarForm(forms.Form):
    """A file to look into, and what its events mean."""

    file = forms.FileField(
        label=gettext_lazy("Calendar file"),
        help_text=gettext_lazy("An .ics file, as calendars export it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    meaning = forms.ChoiceField(
        label=gettext_lazy("What its events mean"),
        choices=MEANINGS,
        widget=forms.RadioSelect,
        initial=Meaning.CLOSED.value,
    )

    def read(self, version: TimetableVersion) -> CalendarRead | None:
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
    uploaded = request.method == "POST" and "closed" not in request.POST
    if "closed" in request.POST:
        answer = _settled(request, version)
        if answer is not None:
            return answer
    form = CalendarForm(*((request.POST, request.FILES) if uploaded else ()))
    read = form.read(version) if uploaded else None
    preview = preview_of(read, Meaning(form.cleaned_data["meaning"]), version) if read else None
    context = {"form": form, "version": version, "preview": preview}
    status = 422 if form.errors else 200
    return page(request, "timetables", "setup/timetables/calendar.html", context, status=status)


def _settled(request: AgentRequest, version: TimetableVersion) -> HttpResponse | None:
    """Keep the days, after asking what happens to open clocks; None where they are wrong, and the agent is told."""
    asking = Asking(section="timetables", title=version.timetable.name, leave=_address(version))
    try:
        plan = with_days(plan_of(version), _shown_before(request))
        based_on = number_given(request.POST, BASED_ON)

        def change() -> Edit | None:
            after = change_timetable(
                version.timetable_id, plan=plan, by=request.actor, at=request.at, based_on=based_on
            )
            return edit_to(after, before=version)

        question = settled(request, change, asking)
    except NotUnderstood as part:
        warn(request, _("“%(part)s” is no day. Write it like 2026-12-24.") % {"part": part})
        return None
    except TimetableChanged:
        warn(request, _("Somebody changed this timetable since you looked into the file. Look into it again."))
        return None
    except TimetableWrong as wrong:
        warn(request, wrong.problems[0].sentence)
        return None
    if question is not None:
        return question
    tell(request, _("The days of the calendar are kept."))
    return redirect(_address(version))


def _shown_before(request: AgentRequest) -> Taken:
    closed, special = days_in(request.POST["closed"]), special_days_in(request.POST.get("special", ""))
    return Taken(
        closed=tuple(closed),
        special={day: tuple(windows) for day, windows in special.hours.items()},
        names={day: name for day, name in {**closed, **special.names}.items() if name},
    )


def _address(version: TimetableVersion) -> str:
    return reverse("setup-timetable", args=[version.timetable_id])
