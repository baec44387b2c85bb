"""The words by which people end being written to, and let it begin again. Pure.

The words are those that Twilio itself heeds by default, in English and French, and the first of them as Germans write
it. Only a message of such a word alone counts. What else a seller's service at Twilio heeds, Twilio tells with it.
Sources: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out, /docs/proxy/opt-out-keywords (read 2026-12).
"""

from enum import StrEnum
from unicodedata import normalize

STOPPING = frozenset(
    {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "ARRET", "ARRETE", "STOPP"}
)
STARTING = frozenset({"START", "YES", "UNSTOP"})
_ACCENTS = {0x300: None, 0x301: None, 0x302: None}
_AROUND = " \t\r\n.,;:!?\"'“”„«»()"


class Word(StrEnum):
    """What a message of one word means."""

    STOP = "stop"
    START = "start"


def word_in(text: str) -> Word | None:
    """The word that the whole text is, whatever its case, accents and the marks around it; None for any other text."""
    word = normalize("NFKD", text.strip(_AROUND)).upper().translate(_ACCENTS)
    if word in STOPPING:
        return Word.STOP
    return Word.START if word in STARTING else None
