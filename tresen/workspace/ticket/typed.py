"""What was typed into a form that comes back, because something in it is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from tresen.workspace.dates import local_input


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Which form comes back, what was typed, and what is wrong with which field."""

    form: str
    typed: Mapping[str, str]
    field: str
    wrong: str

    def of(self, name: str) -> str:
        """What was typed there."""
        return self.typed.get(name, "")

    def moment(self, name: str) -> str:
        """The same as a field for a date and time takes it: what a preset sends has a zone."""
        try:
            known = parse_datetime(self.of(name))
        except ValueError:
            return ""
        return local_input(known) if known and is_aware(known) else self.of(name)
