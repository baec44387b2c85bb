"""What a partner writes on the page behind our link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.partners.answering import LONGEST_TEXT, MOST_BYTES, MOST_FILES
from tresen.workspace.ticket.forms import FilesField, SeveralFiles


class AnswerForm(forms.Form):
    """Words, and files. `submission`: the page's own number, so that sending it twice is one answer."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 9, "dir": "auto"}),
        error_messages={"required": _("Write a few words.")},
    )
    attachments = FilesField(
        label=_("Files"), required=False, widget=SeveralFiles, help_text=_("At most ten, together up to 10 MB.")
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def clean_attachments(self) -> list[forms.FileField]:
        """As many and as large as we take."""
        files: list[forms.FileField] = self.cleaned_data["attachments"]
        if len(files) > MOST_FILES or sum(file.size for file in files) > MOST_BYTES:  # type: ignore[attr-defined]
            raise forms.ValidationError(_("These are too many files, or too large ones: at most ten, together 10 MB."))
        return files
