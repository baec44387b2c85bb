"""A form that is filled in wrongly, to show how that looks."""

from django import forms


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(help_text="As your colleagues know it.")
    address = forms.EmailField(label="E-mail address")
    language = forms.ChoiceField(choices=[("en", "English"), ("de", "Deutsch"), ("it", "Italiano")])
    note = forms.CharField(widget=forms.Textarea, required=False)
    shadow = forms.BooleanField(required=False, label="Only watch", help_text="Reads everything, sends nothing.")
