"""What an agent wants by mail, as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.alerts.models import NoticeGroup, Preference, Rhythm

GROUPS = [
    (NoticeGroup.WARNINGS.value, _("Warnings before the time is up")),
    (NoticeGroup.MISSED.value, _("Missed targets and limits")),
    (NoticeGroup.ESCALATED.value, _("What is still unanswered after that")),
    (NoticeGroup.HANDED_OVER.value, _("Tickets handed over or assigned to me, and refunds to agree to")),
]
RHYTHMS = [
    (Rhythm.AT_ONCE.value, _("at once, in a flood together")),
    (Rhythm.HOURLY.value, _("every hour, together")),
    (Rhythm.DAILY.value, _("every morning at eight, together")),
]


class PreferenceForm(forms.Form):
    """Which kinds, how often, and whether outside of working time too."""

    mailed = forms.MultipleChoiceField(
        label=_("By e-mail"), choices=GROUPS, required=False, widget=forms.CheckboxSelectMultiple
    )
    rhythm = forms.ChoiceField(label=_("How often?"), choices=RHYTHMS, widget=forms.RadioSelect)
    most = forms.IntegerField(
        label=_("Single notices at most"), min_value=1, max_value=100, help_text=_("What is more comes as one mail.")
    )
    within = forms.IntegerField(label=_("within so many minutes"), min_value=1, max_value=240)
    quiet = forms.BooleanField(
        label=_("Quiet outside of my working time"),
        required=False,
        help_text=_("Unless a limit of the platform would pass before I am back."),
    )

    def __init__(self, data: Any = None, *, wanted: Preference) -> None:
        own = {
            "mailed": wanted.mailed,
            "rhythm": wanted.rhythm,
            "most": wanted.most,
            "within": wanted.within,
            "quiet": wanted.quiet,
        }
        super().__init__(data, initial=own)
