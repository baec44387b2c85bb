"""Texts that a pattern of order numbers takes longest to search: what a stranger would write to hold up the mail.

Pure, and run in a child process: see `order_patterns`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

# Doubled with every sign that is tried again in each grouping: this many take hours.
_FEW = 40
# Tried from each beginning for each end: a second would not do for a third power.
_MANY = 2000
# Longer ones are seldom in each other's way.
_STRETCH = 8
_LIKELY = "1aA -#_/.é"
# What a search is tricked by: everything fits but for the end.
_UNFIT = ("\0", "\n\0")
_TOKEN = re.compile(
    r"(?P<sign>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\\[(){}|^$*+?])"
    r"|\(\?(?:P?<\w+>|<?[=!]|[:>]|[a-zA-Z-]+[:)])|[*+?]|\{[\d,]*\}|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """The search came to an end. `texts`: how many there were."""

    texts: int


def search_worst(pattern: str) -> Searched:
    """Look for a pattern that can be compiled in all of its `samples`, as an arriving mail's text is searched."""
    compiled = re.compile(pattern)
    count = 0
    for text in samples(pattern):
        for _ in compiled.finditer(text):
            pass
        count += 1
    return Searched(texts=count)


def samples(pattern: str) -> Iterator[str]:
    """Each stretch of signs that fit the pattern, repeated after what comes before it, and an end that fits nothing."""
    signs = [sign for token in _TOKEN.finditer(pattern) if token["sign"] and (sign := _fitting(token["sign"]))]
    for unfit in _UNFIT:
        for first, end in combinations(range(len(signs) + 1), 2):
            if end - first <= _STRETCH:
                yield "".join(signs[:first]) + "".join(signs[first:end]) * _FEW + unfit
        for place, sign in enumerate(signs):
            yield "".join(signs[:place]) + sign * _MANY + unfit


def _fitting(token: str) -> str:
    """A sign that this piece of a pattern fits; one that other pieces fit too where there is a choice."""
    sign = re.compile(token)
    return next((each for each in (*_LIKELY, *token) if sign.fullmatch(each)), "")
