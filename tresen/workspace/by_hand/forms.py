"""What an agent types while somebody is at the telephone: who, what, and how it ended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tresen.channels.by_hand.log import LONGEST, Ended, Kind
from tresen.replies.permitting import MOST_BYTES
from tresen.stores.models import Store
from tresen.workspace.ticket.forms import FilesField, SeveralFiles

KINDS = ((Kind.PHONE.value, lazy("Call")), (Kind.LETTER.value, lazy("Letter")), (Kind.WALK_IN.value, lazy("Visit")))
ENDS = (
    (Ended.OPEN.value, lazy("Still open: an answer is owed")),
    (Ended.ANSWERED.value, lazy("Answered already: nothing is owed")),
    (Ended.PROMISED.value, lazy("Answered for now, and something promised")),
)
GIVEN = (Ended.GIVEN.value, lazy("This is our answer to what was said before"))
LONGEST_WHO = 254
MOMENT = ["iso-8601", "%Y-%m-%dT%H:%M"]


class Moment(forms.DateTimeInput):
    """A browser's own field for day and time, in the agent's zone."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class LogForm(forms.Form):
    """A call, letter or visit. `about`: it is logged about a ticket, whose customer and store are known."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    who = forms.CharField(
        label=lazy("Who: name, number or e-mail address"),
        max_length=LONGEST_WHO,
        widget=forms.TextInput({"autocomplete": "off", "autofocus": True, "dir": "auto"}),
        error_messages={"required": lazy("Who was it? A name is enough.")},
    )
    known = forms.IntegerField(required=False)
    """Who of those who are known was chosen; they are asked for while the agent types."""
    text = forms.CharField(
        label=lazy("What was said"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5, "dir": "auto"}),
        error_messages={"required": lazy("What was said? A sentence is enough.")},
    )
    ended = forms.ChoiceField(label=lazy("How it ended"), choices=ENDS, initial=Ended.OPEN, widget=forms.RadioSelect)
    promise_due = forms.DateTimeField(label=lazy("Promised by"), input_formats=MOMENT, required=False, widget=Moment())
    promise = forms.CharField(label=lazy("What was promised"), max_length=200, required=False)
    name = forms.CharField(
        label=lazy("Name, where a number or an address stands above"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    store = forms.ModelChoiceField(label=lazy("About which store"), queryset=Store.objects.none(), empty_label=None)
    order_number = forms.CharField(label=lazy("Order number"), max_length=80, required=False)
    kind = forms.ChoiceField(label=lazy("Kind"), choices=KINDS)
    at = forms.DateTimeField(
        label=lazy("When"), input_formats=MOMENT, required=False, widget=Moment(), help_text=lazy("Empty: now.")
    )
    attachments = FilesField(label=lazy("Scan or recording"), required=False, widget=SeveralFiles())

    def __init__(
        self, data: Any = None, files: Any = None, *, stores: Sequence[Store], about: bool, now: datetime, **given: Any
    ) -> None:
        super().__init__(data, files, **given)
        self.now = now
        if about:
            for name in ("who", "known", "name", "store", "order_number"):
                del self.fields[name]
            self.fields["ended"].choices = (*ENDS, GIVEN)  # type: ignore[attr-defined]  # a choice field's
            self.fields["text"].widget.attrs["autofocus"] = True
        else:
            self.fields["store"].queryset = Store.objects.filter(pk__in=[one.pk for one in stores])  # type: ignore[attr-defined]

    def clean_at(self) -> datetime:
        """When it was said; now where nothing was chosen."""
        at: datetime | None = self.cleaned_data["at"]
        if at is not None and at > self.now:
            raise forms.ValidationError(_("This lies in the future."))
        return at or self.now

    def clean(self) -> dict[str, Any]:
        """A promise has a date to come, all files together can be kept."""
        given = super().clean() or self.cleaned_data
        due = given.get("promise_due")
        if given.get("ended") == Ended.PROMISED and due is None and "promise_due" not in self.errors:
            self.add_error("promise_due", _("Until when was it promised?"))
        elif given.get("ended") == Ended.PROMISED and due is not None and due <= self.now:
            self.add_error("promise_due", _("Choose a time to come."))
        if sum(file.size for file in given.get("attachments", ())) > MOST_BYTES:
            self.add_error("attachments", _("The files are too large: together they may have 20 MB."))
        return given
