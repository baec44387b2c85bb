"""An absence: why, from when, until when."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.staffing.models import AbsenceKind


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, required=False)


class AbsenceForm(forms.Form):
    """Days, and times for part of one, by the clock of whoever is away."""

    kind = forms.ChoiceField(
        label=_("Why"),
        widget=forms.RadioSelect,
        choices=[
            (AbsenceKind.SICK, _("Sick")),
            (AbsenceKind.HOLIDAY, _("Holiday")),
            (AbsenceKind.OTHER, _("Something else")),
        ],
    )
    first_day = _day(_("First day"))
    first_time = _time(_("From"))
    last_day = _day(_("Last day"), required=False, help_text=_("Empty: until further notice."))
    last_time = _time(_("Until"))
    hand_over = forms.BooleanField(
        label=_("Give open tickets to colleagues"),
        help_text=_("Those that need an answer, when the absence begins. What comes back meanwhile goes on too."),
        required=False,
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        initial = {"kind": AbsenceKind.SICK, "first_day": today, "last_day": today, "hand_over": True}
        super().__init__(data, initial=initial)

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime | None]:
        """From when until when in that zone; a last day without a time is away whole, without a day there is no end."""
        given = self.cleaned_data
        starts = datetime.combine(given["first_day"], given["first_time"] or time.min, zone)
        last = given["last_day"]
        if last is None:
            return starts, None
        if given["last_time"]:
            return starts, datetime.combine(last, given["last_time"], zone)
        return starts, datetime.combine(last + timedelta(days=1), time.min, zone)
