"""What somebody enters of a platform's own figures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.reports.entering import Given, TableWrong, has_come, read_table, value_of
from tresen.reports.health import Standing

LARGEST = 1_000_000
"""Bytes of a table."""


class FigureForm(forms.Form):
    """One figure of one day."""

    value = forms.CharField(label=gettext_lazy("The platform’s figure"), max_length=20)
    as_of = forms.DateField(label=gettext_lazy("Of the day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, typed: Mapping[str, Any] | None = None, *, day: date | None = None) -> None:
        super().__init__(typed, initial={"as_of": day.isoformat() if day else ""})
        self._today = day

    def clean_value(self) -> Any:
        """The number that was written."""
        value = value_of(self.cleaned_data["value"])
        if value is None:
            raise forms.ValidationError(_("Write a number, such as 4.2."))
        return value

    def clean_as_of(self) -> date:
        """A day that has come: a later one would be taken for the newest for years."""
        day: date = self.cleaned_data["as_of"]
        if self._today is not None and not has_come(day, self._today):
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def given(self, standing: Standing) -> Given:
        """The figure, for this store and measure."""
        entered = self.cleaned_data
        return Given(
            store=standing.store.pk, measure=standing.measure.key, as_of=entered["as_of"], value=entered["value"]
        )


class FiguresForm(forms.Form):
    """A table of figures, as a file."""

    table = forms.FileField(label=gettext_lazy("A table (CSV)"))

    def __init__(
        self, typed: Any = None, files: Any = None, *, standings: Sequence[Standing] = (), today: date | None = None
    ) -> None:
        super().__init__(typed, files)
        self._today = today
        self.figures: list[Given] = []
        self._known: dict[str, dict[str, int]] = {}
        for one in standings:
            self._known.setdefault(one.store.name, {})[one.measure.key] = one.store.pk

    def clean_table(self) -> Any:
        """The file, whose figures then stand in `figures`."""
        table = self.cleaned_data["table"]
        if table.size > LARGEST:
            raise forms.ValidationError(_("The file is too large. A table of figures has less than 1 MB."))
        try:
            self.figures = read_table(table.read().decode("utf-8"), known=self._known, today=self._today or date.min)
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is no table in UTF-8. Save it as CSV (UTF-8).")) from None
        except TableWrong as wrong:
            raise forms.ValidationError([_sentence(line, problem) for line, problem in wrong.lines[:10]]) from None
        return table


def _sentence(line: int, problem: str) -> str:
    sentences = {
        "columns": _("The first line must name the columns store, measure, date and value."),
        "too_long": _("The table has more than 10,000 lines. Take it in parts."),
        "store": _("There is no such store in what you see."),
        "measure": _("This store’s platform has no such measure."),
        "date": _("Write the day as 2026-11-22."),
        "value": _("Write a number, such as 4.2."),
        "future": _("This day has not come yet."),
        "line": _("This cannot be read. Perhaps a quotation mark lacks its other half."),
    }
    return (
        _("Line %(line)d: %(problem)s") % {"line": line, "problem": sentences[problem]} if line else sentences[problem]
    )
