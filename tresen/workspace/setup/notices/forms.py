"""How notices leave the house, as forms."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tresen.alerts.models import NoticeGroup, WaysOut, Webhook
from tresen.stores.models import Mailbox
from tresen.workspace.alerts.preference_form import GROUPS

STANDARD = [NoticeGroup.MISSED.value, NoticeGroup.ESCALATED.value]


class WaysForm(forms.Form):
    """The mailbox that notices leave through, and the address at the ladder's end."""

    mailbox = forms.TypedChoiceField(
        label=_("Notices leave through"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Each agent chooses what comes by mail. No words of a customer are in it."),
    )
    on_call_email = forms.EmailField(
        label=_("On-call address"),
        required=False,
        help_text=_("Told at any hour when the ladder’s last step is reached and nobody has answered."),
    )

    def __init__(self, data: Any = None, *, ways: WaysOut | None) -> None:
        own = {"mailbox": ways.mailbox_id or "", "on_call_email": ways.on_call_email} if ways else None
        super().__init__(data, initial=own)
        field = self.fields["mailbox"]
        assert isinstance(field, forms.ChoiceField)
        mailboxes = Mailbox.objects.filter(retired_at=None).order_by("name").values_list("pk", "name")
        field.choices = [("", _("No mail leaves")), *mailboxes]


class WebhookForm(forms.Form):
    """A chat: where it is, and what it is told."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As “#support” or “On call”."))
    url = forms.URLField(
        label=_("Address of the incoming webhook"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Slack, Mattermost and Rocket.Chat give you one."),
    )
    groups = forms.MultipleChoiceField(
        label=_("What is told there"), choices=GROUPS, initial=STANDARD, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    allows_private = forms.BooleanField(
        label=_("It lies in our own network"),
        required=False,
        help_text=_("Without this, only addresses on the public web are called."),
    )

    def __init__(self, data: Any = None, *, webhook: Webhook | None = None, language: str = "en") -> None:
        names = ("name", "url", "groups", "language", "allows_private")
        own = {name: getattr(webhook, name) for name in names} if webhook else {"language": language}
        super().__init__(data, initial=own)
