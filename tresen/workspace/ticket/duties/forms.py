"""What an agent can send about cases, promises and legal requests."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.channels.cases import CaseKind
from tresen.duties.models import PromiseKind, RequestKind

MOMENTS = ["iso-8601", "%Y-%m-%dT%H:%M"]
KEY = r"^(case|promise|legal):[0-9]{1,18}$"


class CaseForm(forms.Form):
    """A case to file: its kind, and what is known of it."""

    kind = forms.ChoiceField(choices=[(one.value, one.value) for one in CaseKind])
    due = forms.DateTimeField(input_formats=MOMENTS, required=False)
    external_id = forms.CharField(max_length=80, required=False)
    order_number = forms.CharField(max_length=80, required=False)
    notice = forms.IntegerField(required=False)


class PromiseForm(forms.Form):
    """What is promised, until when, and whether the next answer in a conversation keeps it."""

    kind = forms.ChoiceField(choices=PromiseKind.choices)
    due = forms.DateTimeField(input_formats=MOMENTS, required=False)
    what = forms.CharField(max_length=200, required=False)
    kept_in = forms.IntegerField(required=False)


class RequestForm(forms.Form):
    """What the customer asks by right."""

    kind = forms.ChoiceField(choices=RequestKind.choices)
    received_at = forms.DateTimeField(input_formats=MOMENTS, required=False)


class DutyForm(forms.Form):
    """Which duty it is about, as "case:7"."""

    duty = forms.RegexField(KEY)


class EndingForm(DutyForm):
    """How it ended; empty: it was answered, kept or fulfilled."""

    how = forms.ChoiceField(
        choices=[(one, one) for one in ("won", "lost", "settled", "withdrawn", "mistaken", "dropped", "refused")],
        required=False,
    )


class ChangeForm(DutyForm):
    """The other date; of a promise also its words. `_before`: what the form showed, only what differs counts."""

    due = forms.DateTimeField(input_formats=MOMENTS, error_messages={"required": _("Choose a date and time.")})
    due_before = forms.CharField(max_length=40, required=False)
    what = forms.CharField(max_length=200, required=False)
    what_before = forms.CharField(max_length=200, required=False)


class ChangeEndForm(DutyForm):
    """What a changed promise said before: until when, and the number of its former words."""

    due = forms.DateTimeField(input_formats=["iso-8601"], required=False)
    former = forms.IntegerField(required=False)


class ResumptionForm(DutyForm):
    """When it was said to have ended."""

    said_at = forms.DateTimeField(input_formats=["iso-8601"])
