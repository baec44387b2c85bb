"""What an agent can send from the list of what waits to be marked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.workspace.ticket.forms import MessagesForm

MOST = 1000
"""As many as one form can hold (DATA_UPLOAD_MAX_NUMBER_FIELDS): what was marked at once is taken back at once."""


class MarksForm(MessagesForm):
    """The messages that are marked there now; one button marks one, another all that are chosen."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["messages"].error_messages["required"] = _("Choose what you have marked there.")


class TakingBackForm(forms.Form):
    """When it was said that they are marked, and in which tickets."""

    said_at = forms.DateTimeField(input_formats=["iso-8601"])
    tickets = forms.RegexField(rf"^[0-9]{{1,18}}(,[0-9]{{1,18}}){{0,{MOST - 1}}}$", max_length=20 * MOST)
