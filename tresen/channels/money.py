"""Sums of money as whole numbers of the currency's smallest unit."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from babel.numbers import get_currency_precision

MOST_DIGITS = 15
"""No order costs more; what is longer is no sum, and would not fit its column."""


def minor_units(amount: str | float | Decimal, currency: str) -> int:
    """49.90 EUR are 4990, 1200 JPY are 1200. A finer fraction is rounded half up; `amount` has a point.

    Raises `ValueError` for what is no sum.
    """
    try:
        value = Decimal(str(amount).strip())
    except InvalidOperation:
        raise ValueError(f"“{str(amount)[:40]}” is no sum of money.") from None
    if not value.is_finite() or value.adjusted() >= MOST_DIGITS:
        raise ValueError(f"“{str(amount)[:40]}” is no sum of money.")
    return int(value.scaleb(get_currency_precision(currency)).quantize(Decimal(1), ROUND_HALF_UP))


def in_decimals(amount: int, currency: str) -> Decimal:
    """4990 of EUR are 49.90: as platforms want sums told."""
    return Decimal(amount).scaleb(-get_currency_precision(currency))
