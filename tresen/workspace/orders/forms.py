"""What an agent writes first."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.replies.afterwards import Then
from tresen.replies.starting import FirstMessage
from tresen.workspace.ticket.forms import LONGEST_TEXT


class FirstMessageForm(forms.Form):
    """A first message to the buyer of an order. `submission` is this form's own number."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    opening = forms.CharField(max_length=60, error_messages={"required": _("Choose what kind of message it is.")})
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Your message"), max_length=LONGEST_TEXT, required=False, widget=forms.Textarea({"rows": 7})
    )
    note = forms.CharField(
        label=_("Why, for colleagues"),
        max_length=1000,
        required=False,
        help_text=_("It becomes a note of the ticket. The buyer never sees it."),
        widget=forms.Textarea({"rows": 2}),
    )
    solve = forms.BooleanField(
        label=_("No answer is expected: solve the ticket"),
        required=False,
        help_text=_("Else it waits for the buyer. An answer opens it again."),
    )

    def __init__(self, data: Any = None, *, subject: bool, language: str, **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["text"].widget.attrs |= {"lang": language, "dir": "auto"}
        if not subject:
            del self.fields["subject"]

    def first(self) -> FirstMessage:
        """What the operation takes."""
        given = self.cleaned_data
        return FirstMessage(
            opening=given["opening"],
            text=given["text"],
            subject=given.get("subject", ""),
            note=given["note"],
            then=Then.SOLVE if given["solve"] else Then.WAIT,
        )
