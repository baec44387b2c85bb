"""Countries as platforms spell them."""

from babel.core import get_global


def two_letters(code: str) -> str:
    """Two letters from two or three, ISO 3166; empty for a code that is none."""
    if len(code) == len("US"):
        return code.upper()
    known = get_global("territory_aliases").get(code.upper(), ())
    return known[0] if len(known) == 1 else ""
