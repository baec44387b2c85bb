"""What an agent can send about their notices."""

from django import forms


class ReadingForm(forms.Form):
    """One notice, or all that were shown `up_to` then."""

    notice = forms.IntegerField(required=False)
    up_to = forms.DateTimeField(input_formats=["iso-8601"], required=False)
    unread = forms.BooleanField(required=False)
