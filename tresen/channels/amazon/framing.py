"""The buyer's words, taken out of Amazon's frame.

Words vary, positions do not: after a known start any line of dashes, words, dashes is an end, then the known footers.
All patterns are bounded, so that two megabytes of dashes cost no more than any other text.
"""

import re
import unicodedata
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from tresen.channels.amazon.knowledge import frame_words
from tresen.channels.mailed import quotes
from tresen.channels.mailed.footers import Footers
from tresen.channels.mailed.wording import contains_any, folded

_DASH = r"[-–—_=─]"
_HEAD_LENGTH = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """A framed text: Amazon's words above, the buyer's, Amazon's below. `mojibake`: the markers came garbled."""

    head: str
    words: str
    tail: str
    mojibake: bool = False


def _garbled(words: str) -> str:
    """UTF-8 read as Latin-1, as old French mails arrive."""
    return words.encode("utf-8").decode("latin-1")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    both = sorted({form for word in words for form in (word, _garbled(word))}, key=len, reverse=True)
    inner = "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in both)
    return re.compile(
        rf"(?<!{_DASH}){_DASH}{{3,40}}\s{{0,4}}(?P<words>{inner})\s{{0,2}}:?\s{{0,4}}{_DASH}{{3,40}}", re.IGNORECASE
    )


_START = _pattern(frame_words().starts)
_END = _pattern(frame_words().ends)
_ANY_END = re.compile(
    rf"^[ \t\xa0]{{0,4}}{_DASH}{{3,40}}[ \t\xa0]{{0,4}}\w[^\n\-–—_=─]{{1,60}}"
    rf"{_DASH}{{3,40}}[ \t\xa0]{{0,4}}$",
    re.MULTILINE,
)
FOOTERS = Footers(frame_words().footers)
_RECEIVED = tuple(folded(words) for words in frame_words().received)


def read_frame(text: str) -> Framed | None:
    """The frame around the newest message; None where there is none, or only one inside a quoted history."""
    text = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    start = _START.search(text)
    if start is None or quotes.split(text[: start.start()][-_HEAD_LENGTH:]).quoted:
        return None
    end, after = _end_of(text, start.end())
    mojibake = start["words"] != "" and _is_garbled(start["words"])
    return Framed(
        head=text[: start.start()],
        words=_mended(text[start.end() : end].strip(), mojibake=mojibake),
        tail=text[after:],
        mojibake=mojibake,
    )


def looks_framed(text: str) -> bool:
    """Whether Amazon's hand is seen at all: its first line, or one of its footers."""
    return contains_any(folded(text[:_HEAD_LENGTH]), _RECEIVED) or FOOTERS.start_in(text) is not None


def has_frame_above(text: str) -> bool:
    """Whether `text`, which stands above the buyer's block, is the frame's own beginning."""
    head = text[-_HEAD_LENGTH:]
    return bool(_START.search(head)) or contains_any(folded(head), _RECEIVED)


def _end_of(text: str, start: int) -> tuple[int, int]:
    """Where the buyer's words end and where Amazon's go on.

    The last end marker counts, so that one pasted by the buyer cannot cut his text or pass its links off as Amazon's.
    """
    for pattern in (_END, _ANY_END):
        last = deque(pattern.finditer(text, start), maxlen=1)
        if last:
            return last[0].start(), last[0].end()
    footer = FOOTERS.start_in(text, after=start)
    return (footer, footer) if footer is not None else (len(text), len(text))


def _is_garbled(words: str) -> bool:
    return any(words == _garbled(known) and words != known for known in frame_words().starts)


def _mended(words: str, *, mojibake: bool) -> str:
    if not mojibake:
        return words
    try:
        return words.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return words
