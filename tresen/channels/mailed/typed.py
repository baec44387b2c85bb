"""Figures and hyphens as a keyboard has them: numbers are copied from PDF files, set by phones, typed in Japan."""

import re
import unicodedata

_LEFT_OUT = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_HYPHEN = re.compile("[\u2010\u2011\ufe63\uff0d]")
# A dash that is typed for a hyphen stands between figures; elsewhere it may part two halves of a sentence.
_DASH = re.compile("(?<=[0-9])[\u2012\u2013\u2014\u2212\ufe58](?=[0-9])")
_FOREIGN_FIGURE = re.compile(r"(?![0-9])\d")
_FULL_WIDTH = {sign + 0xFEE0: sign for sign in range(0x21, 0x7F)}


def as_typed(text: str) -> str:
    """`text` in which order numbers are looked for: figures 0 to 9, plain hyphens, nothing of width zero."""
    if text.isascii():
        return text
    text = _LEFT_OUT.sub("", _HYPHEN.sub("-", text).translate(_FULL_WIDTH))
    text = _FOREIGN_FIGURE.sub(lambda found: str(unicodedata.decimal(found[0])), text)
    return _DASH.sub("-", text)
