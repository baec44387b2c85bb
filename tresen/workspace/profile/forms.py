"""What agents decide about themselves, as a form."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tresen.accounts.inviting import LONGEST_NAME
from tresen.accounts.models import Agent, Theme

THEMES = [
    (Theme.SYSTEM.value, _("As the device")),
    (Theme.LIGHT.value, _("Light")),
    (Theme.DARK.value, _("Dark")),
]


class ProfileForm(forms.Form):
    """Name, language, appearance, time zone."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, help_text=_("As colleagues see it."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Appearance"), choices=THEMES, widget=forms.RadioSelect)
    zone = forms.CharField(label=_("Time zone"), widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}))

    def __init__(self, data: Any = None, *, agent: Agent) -> None:
        own = {"name": agent.name, "language": agent.language, "theme": agent.theme, "zone": agent.zone}
        super().__init__(data, initial=own)
