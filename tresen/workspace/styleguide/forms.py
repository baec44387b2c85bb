"""A form that is filled in wrongly, to show how that looks."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As your colleagues know it."))
    address = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", "English"), ("de", "Deutsch"), ("it", "Italiano")]
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False)
    shadow = forms.BooleanField(required=False, label=_("Only watch"), help_text=_("Reads everything, sends nothing."))
