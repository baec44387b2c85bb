"""How much may be refunded alone, as a table: a row a currency, a column a role."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_name
from django import forms
from django.forms import BoundField
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.accounts.models import Role
from tresen.actions.limiting import ANY_OTHER, Limits
from tresen.workspace.setup.naming import reader

OFFERED = (
    "EUR",
    "GBP",
    "USD",
    "CHF",
    "SEK",
    "DKK",
    "NOK",
    "PLN",
    "CZK",
    "HUF",
    "RON",
    "BGN",
    "CAD",
    "AUD",
    "JPY",
    "TRY",
)
"""Currencies that can be given limits before the first order in them comes."""
ANOTHER = "another"
TITLES = {
    Role.AGENT.value: gettext_lazy("Agent"),
    Role.LEAD.value: gettext_lazy("Lead"),
    Role.ADMIN.value: gettext_lazy("Admin"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one role may give back in one currency: a sum, or no limit."""

    title: str
    most: BoundField
    free: BoundField


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A currency; `code` is empty for all others."""

    code: str
    title: str
    cells: Sequence[Cell]


class LimitsForm(forms.Form):
    """All limits at once, and room for one currency more."""

    def __init__(self, data: Any = None, *, known: Limits, in_use: Sequence[str]) -> None:
        given = {currency for _role, currency in known if currency}
        self.currencies = (ANY_OTHER, *sorted({*given, *in_use}))
        super().__init__(data, initial=_initial(known))
        for currency in (*self.currencies, ANOTHER):
            for role in Role:
                self.fields[_name(currency, role)] = _amount(_followed(known, role) if currency else "")
                self.fields[_name(currency, role, "free")] = forms.BooleanField(label=_("No limit"), required=False)
        left = [(code, currency_title(code)) for code in OFFERED if code not in self.currencies]
        self.fields["another"] = forms.ChoiceField(
            label=_("Another currency"), required=False, choices=[("", _("choose …")), *left]
        )

    def rows(self) -> Sequence[Row]:
        """Those that have limits or orders, all others last."""
        return [self._row(currency) for currency in (*self.currencies[1:], ANY_OTHER)]

    def another_row(self) -> Row:
        """The empty one for a currency more."""
        return self._row(ANOTHER)

    def clean(self) -> dict[str, Any]:
        """A sum and *no limit* contradict each other; what holds for all others is said for every role."""
        given = self.cleaned_data
        for role in Role:
            name = _name(ANY_OTHER, role)
            if name not in self.errors and given.get(name) is None and not given.get(_name(ANY_OTHER, role, "free")):
                self.add_error(name, _("Enter a sum, or choose “No limit”."))
        for name in [name for name in given if name.startswith("most-")]:
            if given[name] is not None and given.get(name.replace("most-", "free-", 1)):
                self.add_error(name, _("Either a sum or “No limit”."))
        if not given.get("another") and any(
            given.get(_name(ANOTHER, role)) is not None or given.get(_name(ANOTHER, role, "free")) for role in Role
        ):
            self.add_error("another", _("Choose the currency."))
        return given

    def limits(self) -> Limits:
        """What the operation takes: a currency without sums follows all others."""
        given = self.cleaned_data
        named = [(currency, currency) for currency in self.currencies]
        if given["another"]:
            named.append((ANOTHER, given["another"]))
        return {
            (role.value, currency): None if given[_name(row, role, "free")] else given[_name(row, role)]
            for row, currency in named
            for role in Role
            if given[_name(row, role, "free")] or given[_name(row, role)] is not None
        }

    def _row(self, currency: str) -> Row:
        cells = [
            Cell(
                title=str(TITLES[role.value]),
                most=self[_name(currency, role)],
                free=self[_name(currency, role, "free")],
            )
            for role in Role
        ]
        code = "" if currency == ANOTHER else currency
        return Row(code=code, title=currency_title(code) if code else _("All other currencies"), cells=cells)


def currency_title(code: str) -> str:
    """Euro."""
    return get_currency_name(code, locale=reader()) or code


def _followed(known: Limits, role: Role) -> str:
    """What counts where a currency says nothing, to be seen in its empty field."""
    most = known[role.value, ANY_OTHER]
    return "" if most is None else localize(most.normalize().quantize(Decimal(1)) if most == int(most) else most)


def _amount(followed: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=_("At most"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(
            {"inputmode": "decimal", "autocomplete": "off", "class": "input figures", "placeholder": followed}
        ),
    )


def _name(currency: str, role: Role, what: str = "most") -> str:
    return f"{what}-{currency or 'any'}-{role.value}"


def _initial(known: Limits) -> dict[str, Any]:
    return {
        _name(currency, Role(role), "free" if most is None else "most"): True if most is None else most
        for (role, currency), most in known.items()
    }
