"""A store as a form: what every store has, and what its channel asks for."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.accounts.models import Team
from tresen.channels.contract import Connector, SetupField
from tresen.channels.sites import language_of, likely
from tresen.staffing.models import Timetable
from tresen.stores.adding import LONGEST_NAME, StoreDetails
from tresen.stores.models import Brand, Store
from tresen.stores.order_patterns import LONGEST_PATTERN
from tresen.stores.publishing import form_of
from tresen.stores.telling import LONGEST_SECRET
from tresen.workspace.setup.naming import spoken
from tresen.workspace.setup.stores.labels import label

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class LinesField(forms.CharField):
    """Several entries, one a line or separated by commas."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}), **options)

    def clean(self, value: Any) -> list[str]:
        """The entries."""
        return [part.strip() for part in super().clean(value).replace(",", "\n").splitlines() if part.strip()]


class StoreForm(forms.Form):
    """Fields that the channel does not ask for are left out."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, help_text=_("As your colleagues know it."))
    brand = forms.TypedChoiceField(label=_("Brand"), coerce=int, required=False, empty_value=None)
    new_brand = forms.CharField(label=_("or a new brand"), max_length=LONGEST_NAME, required=False)
    default_team = forms.TypedChoiceField(
        label=_("Team"), coerce=int, help_text=_("Its messages go to this team first.")
    )
    language = forms.ChoiceField(label=_("Language of its buyers"))
    timetable = forms.TypedChoiceField(
        label=_("The store’s hours"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Targets counted “in the store’s hours” go by them. Who works when stays the team’s."),
    )

    def __init__(
        self, data: Any = None, *, connector: Connector, store: Store | None = None, language: str = "en"
    ) -> None:
        super().__init__(data, initial=_initial(store) if store else _suggested(connector, language))
        self.connector = connector
        brands = list(Brand.objects.order_by("name").values_list("pk", "name"))
        self._offer("brand", [("", _("choose …")), *brands])
        teams = list(Team.objects.order_by("name").values_list("pk", "name"))
        self._offer("default_team", teams if len(teams) == 1 else [("", _("choose …")), *teams])
        in_use = Timetable.objects.filter(retired_at=None).order_by("name").values_list("pk", "name")
        self._offer("timetable", [("", _("none of its own: while the team works")), *in_use])
        self._offer("language", spoken(store.language if store else language))
        for asked in connector.setup_fields:
            if made := _FIELDS.get(asked.name):
                self.fields[asked.name] = made(asked)
        if not brands:
            del self.fields["brand"]
            self.fields["new_brand"].label = _("Brand")
            self.fields["new_brand"].required = True
            self.fields["new_brand"].help_text = _("The name under which you speak to buyers.")

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """One brand, the chosen or a new one."""
        given = super().clean() or self.cleaned_data
        if "brand" in self.fields and not given.get("brand") and not given.get("new_brand"):
            self.add_error("brand", _("Choose the brand that this store belongs to, or name a new one."))
        return given

    def details(self, brand: int) -> StoreDetails:
        """What the operations on stores take."""
        given = self.cleaned_data
        senders = [given["sender"]] if given.get("sender") else []
        return StoreDetails(
            name=given["name"],
            brand=brand,
            channel=self.connector.key,
            default_team=given["default_team"],
            marketplace=given.get("marketplace") or _only_site(self.connector),
            language=given["language"],
            addresses=[*senders, *given.get("addresses", [])],
            order_number_pattern=given.get("order_id_pattern", ""),
        )


def _only_site(connector: Connector) -> str:
    """The site of a channel that has but one, and does not ask for it."""
    sites = [site for site, _title in connector.marketplaces]
    return sites[0] if len(sites) == 1 else ""


def _suggested(connector: Connector, language: str) -> dict[str, str]:
    """What a new store begins with: the site that fits, and the language of its buyers."""
    sold_at = Store.objects.filter(retired_at=None).values_list("marketplace", flat=True)
    site = likely([host for host, _title in connector.marketplaces], sold_at=sold_at, language=language)
    return {"marketplace": site, "language": language_of(site) or language}


class FormForm(forms.Form):
    """What can be decided about the public contact form."""

    origins = LinesField(
        label=_("Websites that may show or send the form"),
        required=False,
        help_text=_("One a line, like https://shop.example. Its own page works without any."),
    )
    consent = forms.CharField(
        label=_("What the customer agrees to"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands beside a box to tick, in the language of the store. Empty: no box."),
    )

    follows_visitor = forms.BooleanField(
        label=_("Speak the visitor’s language"),
        required=False,
        help_text=_("As far as Tresen knows it; otherwise the language of the store."),
    )

    def __init__(self, data: Any = None, *, store: Store) -> None:
        published = form_of(store)
        initial = (
            {
                "origins": "\n".join(published.origins),
                "consent": published.consent,
                "follows_visitor": published.follows_visitor,
            }
            if published
            else None
        )
        super().__init__(data, initial=initial)


class SecretForm(forms.Form):
    """What the platform signs with. It is never shown again, unless it was made up here."""

    secret = forms.CharField(
        label=_("Signing secret"),
        max_length=LONGEST_SECRET,
        widget=forms.PasswordInput(attrs=_PLAIN),
    )

    def __init__(self, data: Any = None, *, asked: SetupField | None = None, shown: str = "") -> None:
        super().__init__(data, initial={"secret": shown})
        if asked is not None:
            field = self.fields["secret"]
            field.label, field.help_text = label(asked.label), label(asked.help_text)
            if asked.readable:
                field.widget = forms.TextInput(attrs=_PLAIN)


def _sender(asked: SetupField) -> forms.Field:
    return forms.EmailField(label=label(asked.label), help_text=label(asked.help_text), required=asked.required)


def _lines(asked: SetupField) -> forms.Field:
    return LinesField(label=label(asked.label), help_text=label(asked.help_text), required=asked.required)


def _choice(asked: SetupField) -> forms.Field:
    choices = [(key, label(title)) for key, title in asked.choices]
    if len(choices) > 1:
        choices = [("", str(_("choose …"))), *choices]
    languages = {key: language_of(key) for key, _title in asked.choices if language_of(key)}
    return forms.ChoiceField(
        label=label(asked.label),
        choices=choices,
        help_text=label(asked.help_text),
        widget=forms.Select(attrs={"data-languages": json.dumps(languages)}),
    )


def _pattern(asked: SetupField) -> forms.Field:
    return forms.CharField(
        label=label(asked.label),
        help_text=label(asked.help_text),
        required=False,
        max_length=LONGEST_PATTERN,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )


# The website's address is asked for where its form is published.
_FIELDS: dict[str, Callable[[SetupField], forms.Field]] = {
    "marketplace": _choice,
    "sender": _sender,
    "addresses": _lines,
    "order_id_pattern": _pattern,
}


def _initial(store: Store) -> dict[str, object]:
    return {
        "name": store.name,
        "brand": store.brand_id,
        "default_team": store.default_team_id,
        "timetable": store.timetable_id or "",
        "language": store.language,
        "marketplace": store.marketplace,
        "sender": store.addresses[0] if store.addresses else "",
        "addresses": "\n".join(store.addresses[1:]),
        "order_id_pattern": store.order_number_pattern,
    }


def field_of(where: str) -> str | None:
    """The form's field that a problem's path is about."""
    return {"addresses": "sender", "order_number_pattern": "order_id_pattern"}.get(where, where)
