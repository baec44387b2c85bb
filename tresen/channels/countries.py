"""Countries as platforms spell them."""

from collections.abc import Sequence

from babel.core import get_global

_LETTERS = 3


def two_letters(code: str) -> str:
    """Two letters from two or three, ISO 3166; empty for a code that is none."""
    if len(code) == len("US"):
        return code.upper()
    known = get_global("territory_aliases").get(code.upper(), ())
    return known[0] if len(known) == 1 else ""


def three_letters() -> Sequence[str]:
    """All codes of three letters, ISO 3166."""
    known = get_global("territory_aliases")
    return sorted(code for code in known if len(code) == _LETTERS and code.isalpha() and two_letters(code))
