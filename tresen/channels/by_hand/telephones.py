"""Telephone numbers as people type them, in the one form that means the same everywhere (E.164)."""

import re

import phonenumbers

COUNTRIES = {"en": "GB", "da": "DK", "cs": "CZ", "sv": "SE", "el": "GR", "uk": "UA", "ja": "JP", "zh": "CN"}
"""Where a language's own two letters name no country, or another one."""
_LOOKS_LIKE_ONE = re.compile(r"[+(]?[\d\s()/.+-]{3,40}")


def looks_like_a_number(text: str) -> bool:
    """Whether somebody meant a telephone number, right or wrong."""
    return _LOOKS_LIKE_ONE.fullmatch(text.strip()) is not None and sum(letter.isdigit() for letter in text) > 3  # noqa: PLR2004


def e164(text: str, *, language: str) -> str | None:
    """The number as "+49301234567"; None where it is none. `language` is the store's: whose numbers are bare."""
    try:
        number = phonenumbers.parse(text, COUNTRIES.get(language, language.upper()))
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
