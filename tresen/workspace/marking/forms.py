"""What an agent can send from the list of what waits to be marked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.workspace.ticket.forms import MessagesForm


class MarksForm(MessagesForm):
    """The messages that are marked there now; one button marks one, another all that are chosen."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["messages"].error_messages["required"] = _("Choose what you have marked there.")


class TakingBackForm(forms.Form):
    """When it was said that they are marked, and in which tickets."""

    said_at = forms.DateTimeField(input_formats=["iso-8601"])
    tickets = forms.RegexField(r"^[0-9]{1,18}(,[0-9]{1,18}){0,99}$")
