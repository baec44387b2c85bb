"""A person's new words above the history his mail program copied below them."""

import re
from typing import NamedTuple

_QUOTE = re.compile(
    r"^(?:>|-{2,12} ?(?:Original Message|Original message|Ursprüngliche Nachricht|Messaggio originale)"
    r"|(?:On|Am|Il) [^\n]{5,200}(?:wrote|schrieb|ha scritto)[^\n]{0,80}:[ \t]{0,4}$)",
    re.MULTILINE,
)


class Split(NamedTuple):
    """The two halves of a mail's text."""

    new: str
    quoted: str


def split(text: str) -> Split:
    """New words and quoted history; a text without history is all new."""
    found = _QUOTE.search(text)
    return Split(text[: found.start()].strip(), text[found.start() :]) if found else Split(text.strip(), "")
