"""The public contact form."""

import re
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tresen.stores.publishing import PublicForm

MOST_TEXT = 10_000
MOST_LINKS = 3
_LINK = re.compile(r"https?://|www\.|\[url", re.IGNORECASE)


class ContactForm(forms.Form):
    """`homepage` is seen by nobody: who fills it in is a machine."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We answer there."),
    )
    order_number = forms.CharField(label=_("Order number"), max_length=40, required=False)
    message = forms.CharField(label=_("Your message"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 7}))
    consent = forms.BooleanField()
    homepage = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    token = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, public: PublicForm, token: str = "") -> None:
        super().__init__(data, initial={"token": token})
        self.public = public
        self.language = (get_language() if public.follows_visitor else None) or public.language
        if public.consent:
            self.fields["consent"].label = public.consent
        else:
            del self.fields["consent"]

    def fields_sent(self) -> dict[str, str]:
        """What goes into the payload: see `channels.website.form.form_payload`."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "email": given["email"],
            "order_number": given["order_number"],
            "message": given["message"],
            "language": self.language,
            "consent": self.public.consent,
            "suspect": why_suspect(given["message"], hidden=given["homepage"]),
        }


def why_suspect(text: str, *, hidden: str) -> str:
    """Why it may be spam, as a key; empty for what is none. `hidden`: what was filled in where nobody sees a field."""
    if hidden:
        return "hidden_field"
    return "many_links" if len(_LINK.findall(text)) > MOST_LINKS else ""
