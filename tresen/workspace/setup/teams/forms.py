"""A team as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.accounts.models import Team
from tresen.staffing.models import TeamCoverage, Timetable


class TeamForm(forms.Form):
    """Its name, and when somebody of it works."""

    name = forms.CharField(label=_("Name"), max_length=80)
    timetable = forms.TypedChoiceField(
        label=_("Somebody works"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Due times are moved before closing time by these hours."),
    )

    def __init__(self, data: Any = None, *, team: Team | None = None) -> None:
        covered = TeamCoverage.objects.filter(team=team).first() if team else None
        initial = {"name": team.name, "timetable": covered.timetable_id if covered else ""} if team else None
        super().__init__(data, initial=initial)
        in_use = Timetable.objects.filter(retired_at=None).order_by("name").values_list("pk", "name")
        field = self.fields["timetable"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("As the default working hours say")), *in_use]
