"""A partner as an admin enters it."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tresen.partners.entering import LONGEST_NAME, LONGEST_WAIT, Entered, mailboxes_that_ask
from tresen.partners.models import Counting, Partner, PartnerKind
from tresen.stores.models import Brand, Store
from tresen.workspace import naming
from tresen.workspace.setup.choices import several
from tresen.workspace.setup.stores.forms import LinesField

COUNTINGS = [
    (Counting.WORKING_DAYS.value, _("days on which the ticket’s team works")),
    (Counting.DAYS.value, _("days, whatever day it is")),
]


class PartnerForm(forms.Form):
    """Who it is, how it is written to, how long it takes, and from which tickets it is asked."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=list(naming.PARTNER_KINDS.items()),
        widget=forms.RadioSelect,
        initial=PartnerKind.WAREHOUSE.value,
        help_text=_("A question carries by itself only what this kind needs to answer it."),
    )
    address = forms.EmailField(label=_("E-mail address"), help_text=_("Questions go there."))
    also_from = LinesField(
        label=_("Answers also come from"),
        required=False,
        help_text=_("Further addresses, one a line, or @example.com for everybody at that domain."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("Of what stands in our mails, and of the page on which they answer."),
    )
    days = forms.IntegerField(
        label=_("Usual time until an answer, in days"), min_value=1, max_value=LONGEST_WAIT, initial=2
    )
    counting = forms.ChoiceField(label=_("Counted in"), choices=COUNTINGS, initial=Counting.WORKING_DAYS.value)
    mailbox = forms.TypedChoiceField(
        label=_("Mailbox that asks"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Their answers come in there."),
    )
    brands = several(_("Brands"), _("All stores of a brand."))
    stores = several(_("Single stores"))

    def __init__(self, data: Any = None, *, partner: Partner | None = None, language: str = "en") -> None:
        super().__init__(data, initial=_initial(partner) if partner else {"language": language})
        boxes = mailboxes_that_ask().values_list("pk", "name")
        self._offer("mailbox", [("", _("that of the ticket’s store")), *boxes])
        self._offer("brands", list(Brand.objects.order_by("name").values_list("pk", "name")))
        chosen = partner.stores.values("pk") if partner else []
        stores = Store.objects.filter(Q(retired_at=None) | Q(pk__in=chosen)).order_by("name").values_list("pk", "name")
        self._offer("stores", list(stores))

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def entered(self) -> Entered:
        """What the operations on partners take."""
        given = self.cleaned_data
        return Entered(
            name=given["name"],
            kind=PartnerKind(given["kind"]),
            address=given["address"],
            also_from=given["also_from"],
            language=given["language"],
            days=given["days"],
            counting=Counting(given["counting"]),
            mailbox=given["mailbox"],
            brands=given["brands"],
            stores=given["stores"],
        )


def _initial(partner: Partner) -> dict[str, object]:
    return {
        "name": partner.name,
        "kind": partner.kind,
        "address": partner.address,
        "also_from": partner.also_from,
        "language": partner.language,
        "days": partner.days,
        "counting": partner.counting,
        "mailbox": partner.mailbox_id or "",
        "brands": list(partner.brands.values_list("pk", flat=True)),
        "stores": list(partner.stores.values_list("pk", flat=True)),
    }
