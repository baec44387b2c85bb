"""What an agent sends about questions to partners."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.partners.asking import LONGEST_SUBJECT
from tresen.partners.mailing import LONGEST_TEXT, Wanted, outbound
from tresen.partners.proposing import Part, with_parts
from tresen.partners.waiting import REASONS
from tresen.workspace.ticket.forms import FilesField, SeveralFiles


def _chase_on() -> forms.DateField:
    return forms.DateField(
        label=_("Chase the answer on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("If nothing has come by then, this ticket comes up again that day."),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )


class MailForm(forms.Form):
    """The words of one mail, the day to chase its answer, and files."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 9, "dir": "auto"}),
        error_messages={"required": _("The question is empty.")},
    )
    attachments = FilesField(label=_("Files"), required=False, widget=SeveralFiles)
    chase_on = _chase_on()
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def wanted(self) -> Wanted:
        """What the operation takes."""
        given = self.cleaned_data
        return Wanted(
            text=self.words(),
            chase_on=given["chase_on"],
            submission=given["submission"],
            attachments=outbound(given["attachments"]),
        )

    def words(self) -> str:
        """The text as it leaves."""
        return str(self.cleaned_data["text"])


class AskForm(MailForm):
    """The first mail of a question: also what it is about, and what goes along of the order and the buyer's words."""

    field_order = ("subject", "text", "parts", "attachments", "chase_on", "submission")
    subject = forms.CharField(
        label=_("Subject"),
        max_length=LONGEST_SUBJECT,
        error_messages={"required": _("Say in the subject what it is about.")},
    )
    parts = forms.MultipleChoiceField(label=_("What goes along"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        known: Mapping[Part, str],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=dict(initial or {}))
        self.known = known
        field = self.fields["parts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(part.value, words) for part, words in known.items()]

    def words(self) -> str:
        """The agent's words, and below them what goes along."""
        chosen: Collection[str] = self.cleaned_data["parts"]
        return with_parts(self.cleaned_data["text"], self.known, chosen)


class DateForm(forms.Form):
    """Another day to chase the answer."""

    chase_on = _chase_on()


class WithdrawalForm(forms.Form):
    """Why no answer is needed any more."""

    reason = forms.ChoiceField(choices=[(str(one), str(one)) for one in REASONS])


class ReadForm(forms.Form):
    """The newest answer that was shown."""

    up_to = forms.IntegerField()
