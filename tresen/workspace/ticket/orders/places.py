"""Where an order goes, with its country as the reader calls it."""

from babel import Locale
from django.utils import translation

from tresen.channels.countries import two_letters
from tresen.orders.models import Order

_ENGLISH = Locale.parse("en")


def address_shown(order: Order) -> str:
    """The address as the platform tells it, a line each; a country's codes or English name by its name here."""
    *above, last = order.ship_to.splitlines() or [""]
    code = order.country.upper()
    told = last.strip()
    if code and (two_letters(told) == code or told.casefold() == _ENGLISH.territories.get(code, code).casefold()):
        last = Locale.parse(translation.get_language() or "en", sep="-").territories.get(code, last)
    return "\n".join([*above, last])
