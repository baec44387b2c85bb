"""A timetable as a form: a line of hours for each day of the week."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from tresen.clock.windows import Window
from tresen.staffing.holidays import countries, region_names
from tresen.staffing.models import TimetableVersion
from tresen.staffing.plans import WEEKDAYS, TimetablePlan
from tresen.staffing.timetables import LONGEST_NAME, plan_of
from tresen.workspace.setup.timetables.entering import (
    NotUnderstood,
    SpecialDays,
    days_in,
    days_out,
    special_days_in,
    special_days_out,
    windows_in,
    windows_out,
)
from tresen.workspace.setup.timetables.words import country_choices, weekday_titles

# Without scripts the page has a button for it.
ASKS_FOR_REGIONS = {
    "hx-post": "",
    "hx-target": "#desk",
    "hx-include": "closest form",
    "hx-vals": '{"show-regions": "1"}',
}
NO_HOURS = _("“%(part)s” are no hours. Write them like 08:30-12:00, 13:00-17:00.")
NO_DAY = _("“%(part)s” is no day. Write it like 2026-12-24.")


class ReadField[T](forms.CharField):
    """A text that is read by `read`; what it does not understand is said in `sentence`."""

    def __init__(self, *, read: Callable[[str], T], sentence: Any, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.read = read
        self.sentence = sentence

    def clean(self, value: Any) -> T:
        """What was read."""
        text: str = super().clean(value)
        try:
            return self.read(text)
        except NotUnderstood as part:
            raise forms.ValidationError(self.sentence % {"part": part}) from None


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})


class TimetableForm(forms.Form):
    """Hours of the week, whose holidays count, and days of one's own."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    zone = forms.CharField(label=_("Time zone"), widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}))
    country = forms.ChoiceField(
        label=_("Public holidays of"), required=False, widget=forms.Select(attrs=ASKS_FOR_REGIONS)
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    own_closed = ReadField[dict[date, str]](
        label=_("Further closed days"),
        help_text=_(
            "One a line, like 2026-12-31 (Stocktaking); a span like 2026-12-24 – 2027-01-01 or 24.12.2026 – 1.1.2027."
        ),
        read=days_in,
        sentence=NO_DAY,
        widget=_area(3),
    )
    special = ReadField[SpecialDays](
        label=_("Days with other hours"),
        help_text=_("One a line, like 2026-12-23 09:00-13:00 (Stocktaking). They win over holidays."),
        read=special_days_in,
        sentence=_("“%(part)s” is not understood. Write a line like 2026-12-23 09:00-13:00."),
        widget=_area(3),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        version: TimetableVersion | None = None,
        zone: str = "",
        typed: Mapping[str, object] | None = None,
    ) -> None:
        """`typed` is what was filled in so far, not yet to be judged."""
        super().__init__(data, initial={**(typed or (_initial(version) if version else {"zone": zone, **_USUAL}))})
        for day, title in weekday_titles().items():
            self.fields[f"day_{day}"] = ReadField[list[Window]](label=title, read=windows_in, sentence=NO_HOURS)
        country = str(self["country"].value() or "")
        self._offer("country", [("", _("none")), *country_choices(countries())])
        named = sorted(region_names(country).items(), key=lambda region: region[1])
        self._offer("region", [("", _("whole country")), *named])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def days(self) -> list[BoundField]:
        """Monday to Sunday."""
        return [self[f"day_{day}"] for day in WEEKDAYS]

    def plan(self) -> TimetablePlan:
        """What the operations take; as far as it was understood, where the form is wrong."""
        given = self.cleaned_data
        country = given.get("country", "")
        closed, special = given.get("own_closed", {}), given.get("special", SpecialDays({}, {}))
        return TimetablePlan(
            zone=given.get("zone", "").strip(),
            week={day: given[f"day_{day}"] for day in WEEKDAYS if given.get(f"day_{day}")},
            country=country,
            region=given.get("region", "") if country else "",
            own_closed=list(closed),
            special=special.hours,
            names={**closed, **special.names},
        )


_USUAL = {f"day_{day}": "09:00-17:00" for day in range(5)}


def _initial(version: TimetableVersion) -> dict[str, object]:
    plan = plan_of(version)
    return {
        "name": version.timetable.name,
        "zone": plan.zone,
        **{f"day_{day}": windows_out(plan.week[day]) for day in plan.week},
        "country": plan.country,
        "region": plan.region,
        "own_closed": days_out(plan.own_closed, plan.names),
        "special": special_days_out(plan.special, plan.names),
    }
