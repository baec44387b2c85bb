"""What leads a buyer away from a platform: e-mail addresses, telephone numbers, links and HTML in a text.

Order numbers, tracking numbers, dates and times look like telephone numbers, and are none.
"""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum


class WayOut(StrEnum):
    """What a platform may forbid in a text."""

    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    MARKUP = "markup"


def found_in(
    text: str, kinds: Sequence[WayOut], *, at_home: re.Pattern[str] | None = None
) -> tuple[WayOut, str] | None:
    """The first piece of these kinds, the kinds in the order given; links to hosts `at_home` lead nowhere else."""
    for kind in kinds:
        pieces = _FINDERS[kind](text)
        if kind is WayOut.LINK and at_home is not None:
            pieces = [piece for piece in pieces if not at_home.fullmatch(_host(piece))]
        if pieces:
            return kind, pieces[0]
    return None


def _emails(text: str) -> list[str]:
    return [match[0] for match in _EMAIL.finditer(text)]


def _links(text: str) -> list[str]:
    return [match[0].rstrip(".,;:!?)\"'") for match in _LINK.finditer(_EMAIL.sub(" ", text))]


def _markup(text: str) -> list[str]:
    return [match[0] for match in _MARKUP.finditer(text)]


def _phones(text: str) -> list[str]:
    return [match[0] for match in _DIGITS.finditer(text) if _is_phone(match[0], before=text[: match.start()][-_NEAR:])]


def _is_phone(piece: str, *, before: str) -> bool:
    """Whether digits are a number to call: by how they are written, and by the word before them."""
    digits = re.sub(r"\D", "", piece)
    if any(known.fullmatch(piece) for known in _NO_PHONES) or not _FEWEST <= len(digits) <= _MOST:
        return False
    named = _last(_CALL_WORDS, before) > _last(_NUMBER_WORDS, before)
    if named or _INTERNATIONAL.match(piece):
        return True
    if _last(_NUMBER_WORDS, before) >= 0:
        return False
    return bool(_AMERICAN.fullmatch(piece)) or (bool(_NATIONAL.match(piece)) and len(digits) <= _MOST_NATIONAL)


def _last(words: re.Pattern[str], before: str) -> int:
    """Where the last of these words begins; -1 without one."""
    return max((match.start() for match in words.finditer(before)), default=-1)


def _host(link: str) -> str:
    return re.sub(r"^(https?:)?//", "", link, flags=re.IGNORECASE).split("/")[0].split(":")[0].lower()


_NEAR = 32
"""So far before a number stands the word that says what it is."""
_FEWEST, _MOST, _MOST_NATIONAL = 7, 15, 12
"""E.164 ends at 15 digits; a number within a country, its leading nought included, at 12."""

_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[a-z]{2,}", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_LINK = re.compile(
    r"\b(?:(?i:https?://|www\.)[^\s<>]+"
    r"|(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.)+(?:com|net|org|info|shop|store|online|biz|eu|de|at|ch|it|fr|es|nl|be|pl|co\.uk|io|app|me)"
    r"(?![\w.-]*\w)(?:/[^\s<>]*)?)"
)

_DIGITS = re.compile(r"(?<![\w+#-])(?:\+|\(\+?)?\d(?:[ \t./()-]{0,3}\d)+(?![\w-])")
_INTERNATIONAL = re.compile(r"\(?(?:\+\s?|00[ \t(/-]{0,2})[1-9]")
_NATIONAL = re.compile(r"\(?0[1-9]")
_AMERICAN = re.compile(r"\(?[2-9]\d{2}(?:\)\s?|[ .-])[2-9]\d{2}[ .-]\d{4}")
_NO_PHONES = (
    re.compile(r"\d{3}-\d{7}-\d{7}"),  # an order at Amazon
    re.compile(r"\d{2}-\d{5}-\d{5}"),  # an order at eBay
    re.compile(r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}(?:[ \t-]+\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4})?"),
    re.compile(r"\d{4}-\d{2}-\d{2}"),
    re.compile(r"\d{1,2}(?:\.\d{2})?\s?-\s?\d{1,2}(?:\.\d{2})?"),  # from when till when
)
_CALL_WORDS = re.compile(
    r"tel\b|telefon|phone|\bcall|\bring\b|anruf|\bruf|mobil|handy|whatsapp|chiam|cellulare|appele|portable|llam|móvil",
    re.IGNORECASE,
)
_NUMBER_WORDS = re.compile(
    r"bestell|auftrag|sendung|paket|artikel|rechnung|kunden|tracking|order|parcel|shipment|item|invoice|\bean\b|gtin|"
    r"\bupc\b|isbn|ordine|spedizion|pacco|articolo|commande|colis|suivi|pedido|envío|\bnr\b|\bdhl\b|\bdpd\b|\bgls\b|"
    r"\bups\b|hermes|serien|serial",
    re.IGNORECASE,
)
_FINDERS: dict[WayOut, Callable[[str], list[str]]] = {
    WayOut.EMAIL: _emails,
    WayOut.PHONE: _phones,
    WayOut.LINK: _links,
    WayOut.MARKUP: _markup,
}
