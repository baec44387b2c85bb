"""What an agent can send about a ticket, checked before any operation sees it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.channels.contract import Role
from tresen.replies.answering import Then
from tresen.sla.correcting import VoidReason
from tresen.tickets.models import WaitingOn
from tresen.tickets.tagging import LONGEST_TAG
from tresen.tickets.waiving import WaiveReason
from tresen.workspace import naming

NEXT = "next"
LONGEST_TEXT = 200_000


class SeveralFiles(forms.ClearableFileInput):
    """Takes any number of files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file checked for itself."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


READERS = [(role.value, role.value) for role in Role]


class ReadersChosen(forms.Form):
    """Whom an answer is for; `readers_of` is the conversation in which that was asked."""

    readers = forms.MultipleChoiceField(choices=READERS, required=False)
    readers_of = forms.IntegerField(required=False)

    def readers_chosen(self) -> list[Role] | None:
        """None where nobody was asked, or for another conversation than the one that is answered."""
        given = self.cleaned_data
        if given["readers_of"] is None or given["readers_of"] != given["conversation"]:
            return None
        return [Role(role) for role in given["readers"]]


class ReplyForm(ReadersChosen):
    """An answer, and what becomes of the ticket with it."""

    conversation = forms.IntegerField()
    answers_up_to = forms.IntegerField()
    seen = forms.IntegerField(required=False)
    text = forms.CharField(max_length=LONGEST_TEXT, error_messages={"required": _("The answer is empty.")})
    attachments = FilesField(required=False, widget=SeveralFiles)
    then = forms.ChoiceField(choices=[(one.value, one.value) for one in Then] + [(NEXT, NEXT)])
    submission = forms.UUIDField(required=False)
    way = forms.CharField(max_length=20, required=False)
    promise_due = forms.DateTimeField(input_formats=["iso-8601", "%Y-%m-%dT%H:%M"], required=False)
    promise_kept = forms.BooleanField(required=False)


class DraftForm(ReadersChosen):
    """What has been typed so far."""

    conversation = forms.IntegerField()
    text = forms.CharField(max_length=LONGEST_TEXT, required=False, strip=False)


class NoteForm(forms.Form):
    """A note for colleagues."""

    text = forms.CharField(max_length=LONGEST_TEXT, error_messages={"required": _("The note is empty.")})


class SolutionForm(forms.Form):
    """How the ticket ends; the reason where an answer is still owed and none is needed."""

    resolution = forms.ChoiceField(choices=list(naming.RESOLUTIONS.items()), required=False)
    reason = forms.ChoiceField(choices=WaiveReason.choices, required=False)
    up_to = forms.IntegerField(required=False)


class WaiverForm(forms.Form):
    """No response needed up to this message."""

    conversation = forms.IntegerField()
    up_to = forms.IntegerField()
    reason = forms.ChoiceField(choices=WaiveReason.choices)


class CaughtUpForm(forms.Form):
    """The newest message that was shown: the answer given stands for what had crossed it."""

    up_to = forms.IntegerField()


class SaidForm(forms.Form):
    """When it was said that nothing more is needed."""

    said_at = forms.DateTimeField(input_formats=["iso-8601"])


class StrikeForm(forms.Form):
    """The clock that should never have counted, and why."""

    clock = forms.RegexField(r"^[a-z_]{1,20}:[a-z0-9_:]{1,50}$")
    reason = forms.ChoiceField(choices=VoidReason.choices)
    sure = forms.BooleanField(error_messages={"required": _("Confirm that the clock is to be struck out.")})


class MessagesForm(forms.Form):
    """The messages that it is about: those marked on the platform now, or those of ours that came back."""

    messages = forms.TypedMultipleChoiceField(coerce=int, choices=())

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        given = data.getlist("messages") if hasattr(data, "getlist") else []
        self.fields["messages"].choices = [(one, one) for one in given if one.isdecimal()]  # type: ignore[attr-defined]


class SnoozeForm(forms.Form):
    """The time to come back at: a preset with its zone, or the agent's own local time.

    `anyway`: also where a limit that others have set runs out before.
    """

    until = forms.DateTimeField(
        input_formats=["iso-8601", "%Y-%m-%dT%H:%M"], error_messages={"required": _("Choose a time to come back at.")}
    )
    anyway = forms.BooleanField(required=False)


class WaitingForm(forms.Form):
    """Whom the ticket waits for, and until when at most; `anyway` as of a snooze."""

    on = forms.ChoiceField(choices=[(one.value, one.value) for one in WaitingOn if one.value])
    until = forms.DateTimeField(input_formats=["iso-8601", "%Y-%m-%dT%H:%M"], required=False)
    anyway = forms.BooleanField(required=False)


class AssignmentForm(forms.Form):
    """The agent who answers for it; empty for nobody."""

    assignee = forms.IntegerField(required=False)


class TeamForm(forms.Form):
    """The team that takes over."""

    team = forms.IntegerField()


class TagForm(forms.Form):
    """A word to find it by."""

    name = forms.CharField(max_length=LONGEST_TAG)


class UntagForm(forms.Form):
    """The tag to take off."""

    tag = forms.IntegerField()


class RiskForm(forms.Form):
    """How much is at stake."""

    tier = forms.TypedChoiceField(choices=[(tier, tier) for tier in range(4)], coerce=int)


class ReleaseForm(forms.Form):
    """Where to go from there; empty where the screen has gone already. `until`: when the lease ends that it had."""

    to = forms.ChoiceField(choices=[("list", "list")], required=False)
    until = forms.DateTimeField(input_formats=["iso-8601"], required=False)


class SkipForm(forms.Form):
    """Why somebody else should take it."""

    reason = forms.ChoiceField(choices=list(naming.SKIPS.items()))
