"""Amounts of money as people type them: the point or comma of any language, whichever language the page has."""

import re
from decimal import Decimal

from django import forms

_BLANKS = re.compile(r"[\s'’]")
_TYPED = re.compile(
    r"(?P<whole>\d{1,3}(?:(?P<groups>[.,])\d{3}(?:(?P=groups)\d{3})*)|\d*)(?:(?P<mark>[.,])(?P<rest>\d*))?"
)


class AmountField(forms.DecimalField):
    """A `DecimalField` for which 10,50 and 10.50 are the same, and so are 1,050 and 1.050; `sums.js` reads alike.

    For at most two decimals: three digits behind a point or comma are thousands.
    """

    def to_python(self, value: str | None) -> Decimal | None:  # type: ignore[override]  # the stub says int
        """Raises ValidationError."""
        if value is None or not value.strip():
            return None
        plain = plain_amount(value)
        if plain is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(plain)


def plain_amount(typed: str) -> str | None:
    """As a computer writes it; None for what is no amount, or may be two."""
    found = _TYPED.fullmatch(_BLANKS.sub("", typed))
    if found is None or not (found["whole"] or found["rest"]) or (found["mark"] and found["mark"] == found["groups"]):
        return None
    whole = re.sub(r"[.,]", "", found["whole"]) or "0"
    return f"{whole}.{found['rest']}" if found["rest"] else whole
