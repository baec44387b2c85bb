"""The words by which people end being written to, and let it begin again. Pure.

The words are those that Twilio itself heeds by default. Only a message of such a word alone counts.
"""

from enum import StrEnum

STOPPING = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"})
STARTING = frozenset({"START", "YES", "UNSTOP"})
_AROUND = " \t\r\n.,;:!?\"'“”„«»()"


class Word(StrEnum):
    """What a message of one word means."""

    STOP = "stop"
    START = "start"


def word_in(text: str) -> Word | None:
    """The word that the whole text is, whatever its case and the marks around it; None for any other text."""
    word = text.strip(_AROUND).upper()
    if word in STOPPING:
        return Word.STOP
    return Word.START if word in STARTING else None
