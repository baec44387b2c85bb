"""A policy as a form: conditions that matter are filled in, and up to three promises."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tresen.sla.conditions import MOST_LINES
from tresen.sla.queries import ListedPolicy
from tresen.workspace.setup.choices import several
from tresen.workspace.setup.naming import Names, alphabetical, any_channel_title, marketplace_title, spoken
from tresen.workspace.setup.policies.entering import UNIT_MINUTES, initial_of, stated_conditions, stated_targets
from tresen.workspace.setup.policies.ladder_form import LadderForm
from tresen.workspace.setup.policies.phrases import FULFILLED_BY, METRICS, SEGMENTS

LONGEST_NAME = 80
VERBS = {
    "first_reply": _("answer the first time within"),
    "next_reply": _("answer each further time within"),
    "resolution": _("solve it within"),
}
LONGEST_NUMBER = 6
NO_WARNINGS = ("–", "-", "0")
SALES = [("", _("does not matter")), ("pre", _("before buying")), ("post", _("with an order"))]
TIERS = [
    (0, _("0 – claim, chargeback, threat")),
    (1, _("1 – raised")),
    (2, _("2 – normal")),
    (3, _("3 – low")),
]


_WARNING = re.compile(r"(\d{1,5}) ?(%|min|h)")


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


def _figure(label: Any, most: int, sentence: Any) -> forms.IntegerField:
    """A whole number up to `most`; `sentence` says so in a few words, for the column is narrow."""
    wrong = dict.fromkeys(("invalid", "min_value", "max_value"), sentence)
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, error_messages=wrong)


def _hours() -> forms.IntegerField:
    return _figure(_("Hours"), 366 * 24, _("At least 1 minute, at most 366 days."))


def _minutes() -> forms.IntegerField:
    return _figure(_("Minutes"), 59, _("Minutes: 0 to 59."))


def _lines(label: Any) -> forms.IntegerField:
    return _figure(label, MOST_LINES, _("A whole number up to 10,000."))


class NumbersField(forms.CharField):
    """Whole numbers, separated by commas."""

    def clean(self, value: Any) -> list[int]:
        """The numbers, in the order given."""
        parts = [part.strip() for part in super().clean(value).split(",") if part.strip()]
        if not all(part.isdecimal() and len(part) <= LONGEST_NUMBER for part in parts):
            raise forms.ValidationError(_("Write whole numbers, separated by commas."))
        return [int(part) for part in parts]


class WarningsField(forms.CharField):
    """Warnings of one target: "75 %, 30 min, 2 h", or "–" for none; None where left empty: as for all targets."""

    def clean(self, value: Any) -> dict[str, list[int]] | None:
        """As tresen/sla/targets.py reads them."""
        text = super().clean(value).strip()
        if text in {"", *NO_WARNINGS}:
            return {} if text else None
        found = [_WARNING.fullmatch(part.strip().lower()) for part in text.split(",")]
        if not all(found):
            raise forms.ValidationError(
                _("Write warnings like %(example)s, or – for none.") % {"example": "75 %, 30 min, 2 h"}
            )
        told = [(int(each[1]), each[2]) for each in found if each]
        percent = [number for number, unit in told if unit == "%"]
        before = [number * UNIT_MINUTES[unit] for number, unit in told if unit != "%"]
        return {key: numbers for key, numbers in (("percent", percent), ("before", before)) if numbers}


def _warn() -> WarningsField:
    shown = {"placeholder": _("as below"), "autocomplete": "off"}
    return WarningsField(label=_("Warn"), required=False, max_length=60, widget=forms.TextInput(attrs=shown))


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that state one condition together; `words` is what is chosen, empty where it does not matter."""

    title: Any
    fields: Sequence[BoundField]
    words: str

    @property
    def open(self) -> bool:
        """Whether there is something to see in it."""
        return bool(self.words) or any(field.errors for field in self.fields)


@dataclass(frozen=True, slots=True)
class Promise:
    """The fields of one target; `verb` is how the sentence about it begins."""

    title: Any
    verb: Any
    hours: BoundField
    minutes: BoundField
    counted: BoundField
    warn: BoundField

    @property
    def wrong(self) -> list[BoundField]:
        """Those that could not be read."""
        return [field for field in (self.hours, self.minutes, self.counted, self.warn) if field.errors]


def places(listed: Sequence[str]) -> list[tuple[Any, Any]]:
    """Where a new policy can stand among these."""
    above = [
        (place, gettext("%(place)s, above “%(name)s”") % {"place": place, "name": name})
        for place, name in enumerate(listed, start=1)
    ]
    last = (len(listed) + 1, gettext("%(place)s, at the end") % {"place": len(listed) + 1})
    return [("", _("By itself: above the first that would leave nothing for it")), *above, last]


class PolicyForm(forms.Form):
    """Fill in what matters; an empty condition fits every ticket."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    place = forms.TypedChoiceField(label=_("Place in the list"), required=False, coerce=int, empty_value=None)
    channels = _several(_("Channel"))
    stores = several(_("Store"))
    brands = several(_("Brand"))
    marketplaces = _several(_("Marketplace"))
    languages = _several(_("Buyer’s language"))
    risk_tiers = several(_("Risk tier"))
    segments = _several(_("Customer"))
    value_from = forms.DecimalField(label=_("From"), required=False, min_value=0, max_digits=12, decimal_places=2)
    value_to = forms.DecimalField(label=_("Up to"), required=False, min_value=0, max_digits=12, decimal_places=2)
    currency = forms.CharField(label=_("Currency"), required=False, max_length=3, initial="EUR")
    lines_from = _lines(_("From"))
    lines_to = _lines(_("Up to"))
    fulfilled_by = _several(_("Shipped by"))
    sale = forms.ChoiceField(label=_("Sale"), required=False, choices=SALES, widget=forms.RadioSelect)
    tags = forms.CharField(label=_("Tags"), required=False, help_text=_("Separated by commas; one of them is enough."))
    first_reply_h = _hours()
    first_reply_min = _minutes()
    first_reply_in = forms.ChoiceField(label=_("Counted"), required=False)
    first_reply_warn = _warn()
    next_reply_h = _hours()
    next_reply_min = _minutes()
    next_reply_in = forms.ChoiceField(label=_("Counted"), required=False)
    next_reply_warn = _warn()
    resolution_h = _hours()
    resolution_min = _minutes()
    resolution_in = forms.ChoiceField(label=_("Counted"), required=False)
    resolution_warn = _warn()
    warn_percent = NumbersField(label=_("After so many per cent of the time"), required=False, initial="75")
    warn_before = NumbersField(label=_("So many minutes before the end"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        names: Names,
        marketplaces: Sequence[str] = (),
        policy: ListedPolicy | None = None,
        listed: Sequence[str] = (),
        teams: Sequence[tuple[int, str]] = (),
    ) -> None:
        """`listed`: the names of the policies in their order, among which a new one can be given its place."""
        super().__init__(data, initial=initial_of(policy) if policy else None)
        self.ladder = LadderForm(data, ladder=policy.targets.ladder if policy else None, teams=teams)
        said = policy.conditions if policy else None
        # Also those whose connectors are still to come: a condition that is not offered would be lost by saving.
        channels = names.channels | {key: any_channel_title(key) for key in (said.channels if said else ())}
        self._offer("channels", sorted(channels.items(), key=lambda channel: alphabetical(channel[1])))
        self._offer("place", places(listed))
        self._offer("stores", list(names.stores.items()))
        self._offer("brands", list(names.brands.items()))
        hosts = sorted({*marketplaces, *(said.marketplaces if said else ())})
        self._offer("marketplaces", [(host, marketplace_title(host)) for host in hosts])
        self._offer("languages", spoken(*(said.languages if said else ())))
        self._offer("risk_tiers", TIERS)
        self._offer("segments", list(SEGMENTS.items()))
        self._offer("fulfilled_by", list(FULFILLED_BY.items()))
        counted = [
            ("always", _("around the clock")),
            ("coverage", _("while the team works")),
            ("store", _("in the store’s hours")),
        ]
        for metric in METRICS:
            self._offer(f"{metric}_in", [*counted, *names.timetables.items()])

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def conditions(self) -> dict[str, object]:
        """As tresen/sla/conditions.py reads them."""
        return stated_conditions(self.cleaned_data)

    def targets(self) -> dict[str, object]:
        """As tresen/sla/targets.py reads them."""
        return stated_targets(self.cleaned_data) | self.ladder.stated()

    def clean(self) -> None:
        """What the ladder's rows found wrong stands there; here it is said that there is something."""
        if self.ladder.wrong:
            self.add_error(None, _("Look at the steps of the ladder: something there can’t be read."))
        for metric in METRICS:
            timed = [self.cleaned_data.get(f"{metric}_{part}") for part in ("h", "min")]
            if self.cleaned_data.get(f"{metric}_warn") is not None and timed == [None, None]:
                self.add_error(f"{metric}_warn", _("There is no time here to warn before the end of."))

    def groups(self) -> list[Group]:
        """The conditions, in the order in which people think of them."""
        return [
            *(self._group(name) for name in ("channels", "stores", "brands", "marketplaces", "risk_tiers")),
            self._group("sale", title=_("Before or after buying")),
            self._group("segments"),
            self._group("value_from", "value_to", "currency", title=_("Order value")),
            *(self._group(name) for name in ("languages", "tags", "fulfilled_by")),
            self._group("lines_from", "lines_to", title=_("Order lines")),
        ]

    def _group(self, *names: str, title: Any = "") -> Group:
        fields = [self[name] for name in names]
        return Group(title or fields[0].label, fields, self._chosen(fields))

    def promises(self) -> list[Promise]:
        """The targets."""
        return [
            Promise(METRICS[metric], VERBS[metric], *(self[f"{metric}_{part}"] for part in ("h", "min", "in", "warn")))
            for metric in METRICS
        ]

    @staticmethod
    def _chosen(fields: Sequence[BoundField]) -> str:
        first = fields[0]
        if isinstance(first.field, forms.ChoiceField):
            value = first.value()
            chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value])} - {"", "None"}
            offered = {str(option.data["value"]): str(option.choice_label) for option in first.subwidgets}
            return ", ".join(label for option, label in offered.items() if option in chosen)
        given = {field.name: field.value() for field in fields if field.value() not in {None, ""}}
        return "" if given.keys() <= {"currency"} else " – ".join(map(str, given.values()))


class OrderForm(forms.Form):
    """The ids of policies in the order in which they are to be asked."""

    order = NumbersField(required=False, max_length=10_000)

    def ids(self) -> list[int]:
        """The ids; none where what was sent are no numbers."""
        return self.cleaned_data["order"] if self.is_valid() else []
