"""The library's forms for signing in, with labels as the rest of the screens has them."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordKeyForm
from django import forms
from django.utils.translation import gettext_lazy as _

NEW = {"password1": _("New password"), "password2": _("New password, once more")}


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth is not typed
    """Who one is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call(self, login=_("E-mail address"), password=_("Password"), remember=_("Stay signed in"))


class ChosenPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]  # allauth is not typed
    """A password of one's own: the first, or another one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call(self, **NEW)


class OtherPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth is not typed
    """Another password, by somebody who knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call(self, oldpassword=_("Present password"), **NEW)


def _call(form: forms.Form, **labels: Any) -> None:
    """The library repeats its own labels within the fields; ours stand above them, once."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
