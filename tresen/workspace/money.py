"""Money in the agent's language. Amounts are integers of the currency's smallest unit."""

from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency, get_currency_precision
from django.utils import translation


def money(amount: int, currency: str) -> str:
    """8990 EUR is 89,90 € in German."""
    return _money(amount, currency, translation.get_language() or "en")


@lru_cache(maxsize=5000)
def _money(amount: int, currency: str, language: str) -> str:
    value = Decimal(amount).scaleb(-get_currency_precision(currency))
    return format_currency(value, currency, locale="en_GB" if language == "en" else language)
