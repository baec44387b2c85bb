"""A mailbox as a form: two servers and one way to sign in."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tresen.stores.connecting import HIGHEST_PORT, LONGEST_NAME, MailboxDetails, Secrets
from tresen.stores.models import Mailbox, Security, SignInWith, Store
from tresen.workspace.setup.stores.forms import LinesField

SECURITIES = [
    (Security.TLS.value, _("TLS from the start")),
    (Security.STARTTLS.value, _("STARTTLS")),
    (Security.NONE.value, _("none, only on this machine")),
]
WAYS = [
    (SignInWith.PASSWORD.value, _("Password, or app password")),
    (SignInWith.XOAUTH2.value, _("OAuth 2, as Microsoft 365 and Google demand")),
]
SECRETS = ("password", "client_secret", "refresh_token")


def _host(label: Any, example: str) -> forms.CharField:
    attributes = {"spellcheck": "false", "autocomplete": "off", "placeholder": example}
    return forms.CharField(label=label, max_length=200, widget=forms.TextInput(attrs=attributes))


def _port(initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=_("Port"), min_value=1, max_value=HIGHEST_PORT, initial=initial)


def _security() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Encryption"), choices=SECURITIES, initial=Security.TLS.value)


def _secret(label: Any, help_text: Any = "") -> forms.CharField:
    # Shown again only after a test, so that what was just typed needs not be typed twice; never what is kept.
    widget = forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, help_text=help_text, required=False, strip=False, widget=widget)


class MailboxForm(forms.Form):
    """Secrets that are left empty stay as they are."""

    address = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, required=False, help_text=_("Empty: the address."))
    stores = forms.TypedMultipleChoiceField(
        label=_("Stores it serves"),
        coerce=int,
        required=False,
        empty_value=[],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Which of them a mail belongs to is told by its sender, its marketplace and its address."),
    )
    imap_host = _host(_("Server for receiving (IMAP)"), "imap.provider.example")
    imap_port = _port(993)
    imap_security = _security()
    smtp_host = _host(_("Server for sending (SMTP)"), "smtp.provider.example")
    smtp_port = _port(465)
    smtp_security = _security()
    username = forms.CharField(
        label=_("User name"), max_length=200, required=False, help_text=_("Empty: the e-mail address.")
    )
    sign_in_with = forms.ChoiceField(
        label=_("Sign in by"), choices=WAYS, widget=forms.RadioSelect, initial=SignInWith.PASSWORD.value
    )
    password = _secret(_("Password"))
    token_url = forms.URLField(
        label=_("Address for tokens"), required=False, assume_scheme="https",
        help_text=_("Google: https://oauth2.googleapis.com/token"),
    )  # fmt: skip
    client_id = forms.CharField(label=_("Client id"), max_length=200, required=False)
    client_secret = _secret(_("Client secret"))
    refresh_token = _secret(_("Refresh token"), _("What the provider gave when you agreed to the access."))
    folders = LinesField(label=_("Folders"), required=False, help_text=_("Empty: the inbox."))
    trusted_receivers = LinesField(
        label=_("Hosts of your mail provider"),
        required=False,
        help_text=_(
            "They are believed about when a mail came and whether its sender is genuine. Empty: the time at which the "
            "server took it, and no sender is checked."
        ),
    )

    def __init__(
        self, data: Any = None, *, mailbox: Mailbox | None = None, typed: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=typed or (_initial(mailbox) if mailbox else None))
        # What still comes in for a retired store is read, and its tickets answered: saving must not end that.
        served = mailbox.stores.values("pk") if mailbox else []
        offered = Store.objects.filter(Q(retired_at=None) | Q(pk__in=served)).order_by("name")
        stores = list(offered.values_list("pk", "name"))
        field = self.fields["stores"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = stores
        if mailbox is None and len(stores) == 1 and not typed:
            self.initial["stores"] = [stores[0][0]]

    def details(self) -> MailboxDetails:
        """What the operations on mailboxes take."""
        left_out = {"stores", *SECRETS}
        return MailboxDetails(**{name: value for name, value in self.cleaned_data.items() if name not in left_out})

    def secrets(self) -> Secrets:
        """What is to be sealed."""
        return Secrets(**{name: self.cleaned_data[name] for name in SECRETS})


class SecretsForm(forms.Form):
    """Only what a new sign-in needs."""

    password = _secret(_("Password"))
    client_secret = _secret(_("Client secret"), _("Empty: it stays."))
    refresh_token = _secret(_("Refresh token"), _("What the provider gave when you agreed to the access."))

    def __init__(self, data: Any = None, *, mailbox: Mailbox) -> None:
        super().__init__(data)
        by_password = mailbox.sign_in_with == SignInWith.PASSWORD.value
        for name in ("client_secret", "refresh_token") if by_password else ("password",):
            del self.fields[name]

    def secrets(self) -> Secrets:
        """What is to be sealed."""
        return Secrets(**{name: self.cleaned_data[name] for name in self.fields})


class StartForm(forms.Form):
    """How far back a mailbox is read: so many days, 0 from now on, or all of it."""

    days = forms.ChoiceField(label=_("How far back?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["days"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _initial(mailbox: Mailbox) -> dict[str, object]:
    plain = (
        "address", "name", "imap_host", "imap_port", "imap_security", "smtp_host", "smtp_port", "smtp_security",
        "username", "sign_in_with", "token_url", "client_id",
    )  # fmt: skip
    return {
        **{name: getattr(mailbox, name) for name in plain},
        "stores": list(mailbox.stores.values_list("pk", flat=True)),
        "folders": "\n".join(mailbox.folders),
        "trusted_receivers": "\n".join(mailbox.trusted_receivers),
    }
