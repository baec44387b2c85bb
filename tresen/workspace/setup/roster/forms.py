"""On call: who, from when until when."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.accounts.models import Agent


def moment_field(label: Any, **options: Any) -> forms.DateTimeField:
    """A day and a time of day, by the reader's clock."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M"], **options)


class OnCallForm(forms.Form):
    """One entry of the on-call list, by the lead's clock."""

    agent = forms.TypedChoiceField(label=_("Who"), coerce=int)
    starts = moment_field(_("From"))
    ends = moment_field(_("Until"))

    def __init__(self, data: Any = None, *, agents: Iterable[Agent]) -> None:
        super().__init__(data, auto_id="on_call_%s")
        field = self.fields["agent"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(agent.pk, agent.name) for agent in agents]

    def clean(self) -> dict[str, Any]:
        """Said at the end, which is the field to mend."""
        given = super().clean() or {}
        if "starts" in given and "ends" in given and given["ends"] <= given["starts"]:
            self.add_error("ends", _("The end lies before the beginning."))
        return given
