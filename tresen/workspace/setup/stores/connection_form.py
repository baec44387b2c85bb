"""What a channel asks for to let a store in, as a form: step by step, in the connector's order."""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tresen.channels.connections import Connection
from tresen.channels.feeds import Brings
from tresen.channels.setup_fields import SetupField
from tresen.intake.feeds.starting import USUAL_PAST
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store
from tresen.stores.platform_connecting import LONGEST_VALUE, Entered
from tresen.workspace.setup.stores.labels import label

PAST = "past"
SPANS = (30, 90, 365)
"""So many days of the past are offered."""
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}
_WIDGETS: Mapping[str, type[forms.Widget]] = {
    "url": forms.URLInput,
    "email": forms.EmailInput,
    "secret": forms.PasswordInput,
}


class ConnectionForm(forms.Form):
    """The fields of all steps, and how far back the past is read. Secrets that are kept may be left empty."""

    def __init__(
        self,
        data: Any = None,
        *,
        store: Store,
        connection: Connection,
        kept: Collection[str],
        settings: Mapping[str, str],
        read_back: timedelta | None,
    ) -> None:
        super().__init__(data, initial=dict(settings))
        self.steps = connection.steps
        self.consent = connection.consent
        self.kept = kept
        for asked in connection.fields():
            self.fields[asked.name] = _field(asked, kept=asked.name in kept)
        if self.consent and "sign-in" in self.data:
            self.fields[self.consent.secret].required = False
        spans = _spans(store, read_back)
        if spans:
            field = forms.TypedChoiceField(label=_("How far back it is read"), coerce=int)
            field.choices = [(days, _days(days)) for days in spans]
            field.initial = max(days for days in spans if days <= max(USUAL_PAST.days, spans[0]))
            field.help_text = _(
                "The newest come first; what is new is read beside it. More of the past can be chosen later."
            )
            self.fields[PAST] = field

    def entered(self) -> Entered:
        """What the operations take."""
        given = self.cleaned_data
        asked = [one for step in self.steps for one in step.fields]
        return Entered(
            settings={one.name: given.get(one.name, "") for one in asked if one.kind != "secret"},
            secrets={one.name: given.get(one.name, "") for one in asked if one.kind == "secret"},
        )

    def past(self) -> timedelta:
        """How far back."""
        return timedelta(days=self.cleaned_data.get(PAST) or USUAL_PAST.days)


def _field(asked: SetupField, *, kept: bool) -> forms.Field:
    field: forms.Field
    if asked.kind == "select":
        field = forms.ChoiceField(
            choices=[(key, label(title)) for key, title in asked.choices], required=asked.required
        )
    else:
        kind = forms.TextInput if asked.readable else _WIDGETS.get(asked.kind, forms.TextInput)
        widget = kind(attrs=_PLAIN)
        required = asked.required and not kept
        field = forms.CharField(widget=widget, required=required, max_length=LONGEST_VALUE)
    field.label, field.help_text = label(asked.label), label(asked.help_text)
    if kept and not asked.readable:
        field.help_text = _("It is kept, sealed. Enter it only to replace it.")
    return field


def _spans(store: Store, read_back: timedelta | None) -> list[int]:
    """No further than the feeds reach, and no less than is read already."""
    feeds = connector_of(store).feeds
    reach = max((feed.reach.days for feed in feeds if feed.brings is Brings.CHANGES), default=0)
    longest = min(reach, max(SPANS))
    least = read_back.days if read_back else 0
    return sorted({days for days in _offered(longest) if days >= least}) or ([longest] if longest else [])


def _offered(longest: int) -> Iterator[int]:
    yield from (days for days in SPANS if days <= longest)
    if longest and longest < SPANS[-1]:
        yield longest


def _days(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
