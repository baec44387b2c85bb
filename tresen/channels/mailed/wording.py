"""Comparing a platform's set phrases: case, accents, spaces and the shape of apostrophes do not count."""

import re
import unicodedata
from collections.abc import Iterable

_SPACES = re.compile(r"\s+")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00b4": "'"})


def folded(text: str) -> str:
    """`text` as it is compared."""
    plain = text.translate(_APOSTROPHES).casefold()
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return _SPACES.sub(" ", plain).strip()


def contains_any(folded_text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the `phrases`, folded already, stands in a folded text."""
    return any(phrase in folded_text for phrase in phrases)


def value_after(labels: Iterable[str], text: str, *, longest: int = 300) -> str:
    """The rest of the line behind the first of the labels ("Label: value", or the value on the next line)."""
    words = "|".join(re.escape(label) for label in labels)
    if not words:
        return ""
    pattern = rf"(?:{words})[ \t\xa0]{{0,4}}:[^\S\n]{{0,9}}\n?[^\S\n]{{0,9}}(\S[^\n]{{0,{longest}}})"
    found = re.search(pattern, text)
    return found[1].strip() if found else ""
