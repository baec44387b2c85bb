"""Who works by which timetable, in one form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from tresen.accounts.models import Agent, Team
from tresen.staffing.models import Shift, TeamCoverage, Timetable


class CoverageForm(forms.Form):
    """A choice for each team and each agent; the empty one is the default timetable."""

    def __init__(self, data: Any = None, *, teams: Iterable[Team], agents: Iterable[Agent]) -> None:
        super().__init__(data)
        timetables = Timetable.objects.filter(retired_at=None).order_by("name").values_list("pk", "name")
        choices = [("", _("As the default working hours say")), *timetables]
        covered = dict(TeamCoverage.objects.values_list("team_id", "timetable_id"))
        shifts = dict(Shift.objects.values_list("agent_id", "timetable_id"))
        for team in teams:
            self.fields[f"team_{team.pk}"] = _choice(team.name, choices, covered.get(team.pk))
        for agent in agents:
            self.fields[f"agent_{agent.pk}"] = _choice(agent.name, choices, shifts.get(agent.pk))

    def teams(self) -> list[BoundField]:
        """The teams' choices."""
        return [self[name] for name in self.fields if name.startswith("team_")]

    def agents(self) -> list[BoundField]:
        """The agents' choices."""
        return [self[name] for name in self.fields if name.startswith("agent_")]

    def changed(self) -> list[tuple[str, int, int | None]]:
        """What was chosen anew, as ("team" or "agent", its id, the timetable's id or None for the default)."""
        names = [(name, name.partition("_")) for name in self.changed_data]
        return [(kind, int(number), self.cleaned_data[name]) for name, (kind, _line, number) in names]


def _choice(label: str, choices: list[tuple[Any, Any]], chosen: int | None) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=choices, initial=chosen or "", required=False, coerce=int, empty_value=None
    )
