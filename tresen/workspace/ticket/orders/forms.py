"""What an agent says about something to be done: for which lines, how much, why."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django import forms
from django.utils.translation import gettext as _

from tresen.actions.asking import LONGEST_WORDS, Wanted, left_to_refund
from tresen.channels.money import in_decimals, minor_units
from tresen.channels.order_door import ActionLine, ActionOffer, OrderAction
from tresen.orders.models import Order, OrderLine, Return
from tresen.workspace.setup.stores.labels import label


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
        self.kind, self.order, self.back, self.reasons = kind, order, back, reasons
        self.order_lines: Sequence[OrderLine] = list(order.lines.order_by("position"))
        if kind is OrderAction.REFUND:
            self._add_amounts()
        if kind is OrderAction.MARK_SHIPPED:
            self.fields["carrier"] = forms.CharField(label=_("Carrier"), max_length=60)
            self.fields["tracking"] = forms.CharField(label=_("Tracking number"), max_length=80)
        if reasons:
            choices = [("", _("choose …")), *((key, label(title)) for key, title in reasons.items())]
            self.fields["reason"] = forms.ChoiceField(label=_("Reason"), choices=choices)
        if offer.words:
            typed = forms.Textarea({"rows": 3})
            self.fields["words"] = forms.CharField(
                label=_("Words to the buyer"), max_length=LONGEST_WORDS, required=False, widget=typed
            )

    def _add_amounts(self) -> None:
        digits = get_currency_precision(self.order.currency)
        for line in self.order_lines:
            self.fields[f"amount-{line.pk}"] = forms.DecimalField(
                label=line.title,
                required=False,
                min_value=0,
                max_digits=12,
                decimal_places=digits,
                localize=True,
                widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "input figures"}),
            )

    def whole(self) -> Decimal:
        """All that is left of what was paid."""
        return in_decimals(left_to_refund(self.order), self.order.currency)

    def wanted(self) -> Wanted:
        """What the operation takes."""
        given = self.cleaned_data
        reason = given.get("reason", "")
        return Wanted(
            kind=self.kind,
            lines=self._lines() if self.kind is OrderAction.REFUND else (),
            reason=reason,
            reason_title=self.reasons.get(reason, ""),
            words=given.get("words", ""),
            return_id=self.back.external_id if self.back else "",
            carrier=given.get("carrier", ""),
            tracking=given.get("tracking", ""),
        )

    def _lines(self) -> list[ActionLine]:
        amounts = {line: self.cleaned_data.get(f"amount-{line.pk}") for line in self.order_lines}
        return [
            ActionLine(
                external_id=line.external_id,
                quantity=line.quantity if minor_units(amount, self.order.currency) >= line.price * line.quantity else 1,
                amount=minor_units(amount, self.order.currency),
            )
            for line, amount in amounts.items()
            if amount
        ]
