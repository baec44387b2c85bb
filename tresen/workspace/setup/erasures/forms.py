"""Carrying out a request to forget, as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.channels.erasure import ErasureKind

CONFIRMATIONS = {
    ErasureKind.STORE.value: _("Erase it. I know that it can’t be undone."),
    ErasureKind.BUYER.value: _("Erase it. I know that it can’t be undone."),
    ErasureKind.ACCESS.value: _("The buyer was told what is known."),
}


class CarryOutForm(forms.Form):
    """One box to tick: nothing is erased by a click that slipped."""

    sure = forms.BooleanField(error_messages={"required": _("Tick this first.")})

    def __init__(self, data: Any = None, *, kind: str) -> None:
        super().__init__(data)
        self.fields["sure"].label = CONFIRMATIONS[kind]
