"""Numbers as the reader's language writes them."""

from functools import lru_cache

from babel.numbers import format_decimal
from django.utils import translation


def whole(many: int) -> str:
    """1,234 in English, 1.234 in German."""
    return str(many) if many < 1000 else _formatted(many, "#,##0", translation.get_language() or "en")  # noqa: PLR2004 (three figures)


def tenths(value: float) -> str:
    """To one place behind the point, which is left out where it says nothing: 3, 2.5."""
    return _formatted(round(value, 1), "#,##0.#", translation.get_language() or "en")


@lru_cache(maxsize=5000)
def _formatted(value: float, pattern: str, language: str) -> str:
    return format_decimal(value, format=pattern, locale="en_GB" if language == "en" else language)
