"""What an agent says about something to be done: for which lines, how much, why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from babel.numbers import get_currency_precision
from django import forms
from django.utils.translation import gettext as _

from tresen.actions.asking import LONGEST_DETAIL, LONGEST_WORDS, Wanted
from tresen.actions.remaining import left_to_ship
from tresen.channels.money import minor_units
from tresen.channels.order_door import ActionLine, ActionOffer, Detail, OrderAction
from tresen.orders.models import Order, OrderLine, Return
from tresen.workspace.amount_field import AmountField
from tresen.workspace.setup.stores.labels import label

_DETAIL = "detail-"


class ActionForm(forms.Form):
    """The fields that an action needs, of what its platform offers for it. `key` is this form's own number."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        kind: OrderAction,
        offer: ActionOffer,
        reasons: Mapping[str, str],
        order: Order,
        back: Return | None,
        key: Any = None,
    ) -> None:
        super().__init__(data, initial={"key": key})
        self.kind, self.offer, self.order, self.back, self.reasons = kind, offer, order, back, reasons
        self.order_lines: Sequence[OrderLine] = list(order.lines.order_by("position"))
        if kind is OrderAction.REFUND:
            self._add_amounts()
        if kind is OrderAction.MARK_SHIPPED:
            if not offer.whole:
                self._add_pieces()
            self.fields["carrier"] = _carrier(offer)
            self.fields["tracking"] = forms.CharField(label=_("Tracking number"), max_length=80)
        if reasons:
            choices = [("", _("choose …")), *((key, label(title)) for key, title in reasons.items())]
            self.fields["reason"] = forms.ChoiceField(label=_("Reason"), choices=choices)
        for asked in offer.details:
            self.fields[f"{_DETAIL}{asked.name}"] = _detail(asked, data.get("carrier") if data else None)
        if offer.words:
            typed = forms.Textarea({"rows": 3})
            self.fields["words"] = forms.CharField(
                label=_("Words to the buyer"), max_length=LONGEST_WORDS, required=offer.needs_words, widget=typed
            )

    def _add_amounts(self) -> None:
        digits = get_currency_precision(self.order.currency)
        for line in self.order_lines:
            self.fields[f"amount-{line.pk}"] = AmountField(
                label=line.title,
                required=False,
                min_value=0,
                max_digits=12,
                decimal_places=digits,
                widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "input figures"}),
            )

    def _add_pieces(self) -> None:
        """How many of each line are in the parcel; usually all that wait."""
        left = left_to_ship(self.order)
        for line in self.order_lines:
            most = left.get(line.external_id, 0)
            if most:
                self.fields[f"pieces-{line.pk}"] = forms.IntegerField(
                    label=line.title, required=False, min_value=0, max_value=most, initial=most, widget=_pieces(most)
                )

    def pieces_fields(self) -> list[tuple[OrderLine, forms.BoundField]]:
        """The lines of which pieces can be in the parcel, with what is typed for each."""
        return [(line, self[name]) for line in self.order_lines if (name := f"pieces-{line.pk}") in self.fields]

    def wanted(self) -> Wanted:
        """What the operation takes."""
        given = self.cleaned_data
        reason = given.get("reason", "")
        return Wanted(
            kind=self.kind,
            lines=self._lines(),
            reason=reason,
            reason_title=self.reasons.get(reason, ""),
            words=given.get("words", ""),
            return_id=self.back.external_id if self.back else "",
            carrier=given.get("carrier", ""),
            tracking=given.get("tracking", ""),
            details={asked.name: given.get(f"{_DETAIL}{asked.name}", "") for asked in self.offer.details},
        )

    def clean(self) -> dict[str, Any]:
        """An empty parcel is none."""
        given = super().clean() or self.cleaned_data
        asked = [name for name in self.fields if name.startswith("pieces-")]
        if asked and not self.errors and not any(given.get(name) for name in asked):
            raise forms.ValidationError(_("Say how many pieces are in the parcel."))
        return given

    def _lines(self) -> list[ActionLine]:
        match self.kind:
            case OrderAction.REFUND:
                return [*self._lines_refunded()]
            case OrderAction.MARK_SHIPPED:
                pieces = {line: self.cleaned_data.get(f"pieces-{line.pk}") for line in self.order_lines}
                return [
                    ActionLine(external_id=line.external_id, quantity=many) for line, many in pieces.items() if many
                ]
        return []

    def _lines_refunded(self) -> Iterator[ActionLine]:
        for line in self.order_lines:
            if given := self.cleaned_data.get(f"amount-{line.pk}"):
                amount = minor_units(given, self.order.currency)
                yield ActionLine(external_id=line.external_id, quantity=_paid_for(line, amount), amount=amount)


def _carrier(offer: ActionOffer) -> forms.Field:
    """One of the platform's carriers, where it takes no other."""
    if not offer.carriers:
        return forms.CharField(label=_("Carrier"), max_length=60)
    choices = [("", _("choose …")), *((key, label(title)) for key, title in offer.carriers.items())]
    return forms.ChoiceField(label=_("Carrier"), choices=choices)


def _detail(asked: Detail, carrier: str | None) -> forms.Field:
    """What the platform wants to know besides; whether it is needed may depend on the carrier, once one is chosen."""
    required = not asked.with_carriers or carrier is None or carrier in asked.with_carriers
    if not asked.choices:
        return forms.CharField(
            label=label(asked.label), help_text=label(asked.help_text), max_length=LONGEST_DETAIL, required=required
        )
    choices = [("", _("choose …")), *((key, label(title)) for key, title in asked.choices.items())]
    return forms.ChoiceField(
        label=label(asked.label), help_text=label(asked.help_text), choices=choices, required=required
    )


def _paid_for(line: OrderLine, amount: int) -> int:
    """Whole pieces that this is the price of: less than one is a part of the price of what the buyer keeps."""
    return min(line.quantity, amount // line.price) if line.price else 0


def _pieces(most: int) -> forms.NumberInput:
    return forms.NumberInput({"inputmode": "numeric", "autocomplete": "off", "class": "input figures", "max": most})
