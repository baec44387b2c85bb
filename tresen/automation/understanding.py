"""What a buyer's words say about how much is at stake. Pure: the words themselves are data.

Only the buyer's own new words may be given: quoted history would raise yesterday's threat again.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tresen.automation.wording import Lowering, Raising, Wording, wordings
from tresen.tickets.facts import Key

LOW_TIER = 3
LONGEST = 20_000
"""Characters that are read: who threatens does so early, and a text of megabytes must not hold up a batch."""


@dataclass(frozen=True, slots=True)
class Risk:
    """A tier (0 = most at stake … 3 = least) and the key of why."""

    tier: int
    reason: Key


def risk_in(text: str, language: str) -> Risk | None:
    """The most urgent thing these words say, or None when they say nothing out of the ordinary.

    `language` is a code such as "de"; one that we have no words for is read in all of those that we have.
    """
    plain = _plain(text[:LONGEST])
    known = wordings()
    spoken = [known[language]] if language in known else list(known.values())
    raised = [found for found in (_raised(plain, wording) for wording in spoken) if found]
    if raised:
        return min(raised, key=lambda risk: risk.tier)
    return next((found for found in (_low(plain, wording) for wording in spoken) if found), None)


def _raised(plain: str, wording: Wording) -> Risk | None:
    if not _hinted(plain, wording.hints):
        return None
    sentences = [wording.harmless.sub(" … ", sentence) for sentence in _sentences(plain)]
    found = [
        *(one for one in wording.despite if _says(one, sentences)),
        *(one for one in wording.raised if _means(one, sentences, wording)),
    ]
    # Of equal tiers the first in the file counts: it lists what is worse first.
    first = min(found, key=lambda one: one.tier, default=None)
    return Risk(first.tier, first.reason) if first else None


def _says(one: Raising, sentences: Iterable[str]) -> bool:
    return any(pattern.search(sentence) for sentence in sentences for pattern in one.words)


def _means(one: Raising, sentences: Sequence[str], wording: Wording) -> bool:
    return any(
        not _negated(sentence, match, wording)
        for sentence in sentences
        if _hinted(sentence, one.hints)
        for match in _matches(one.words, sentence)
    )


def _matches(patterns: Iterable[re.Pattern[str]], sentence: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(sentence)


def _negated(sentence: str, match: re.Match[str], wording: Wording) -> bool:
    before, after = sentence[: match.start()], sentence[match.end() :]
    return bool(wording.negated_before.search(before) or wording.negated_after.match(after))


def _low(plain: str, wording: Wording) -> Risk | None:
    fitting = (one for one in wording.low if _is_only(one, plain))
    first = next(fitting, None)
    return Risk(LOW_TIER, first.reason) if first else None


def _is_only(one: Lowering, plain: str) -> bool:
    if not _hinted(plain, one.hints) or len(plain.split()) > one.longest:
        return False
    return any(pattern.search(plain) for pattern in one.words) and not one.unless.search(plain)


def _hinted(plain: str, hints: Iterable[str]) -> bool:
    return any(map(plain.__contains__, hints))  # every message is asked for dozens: this asks them all from C


def _sentences(plain: str) -> list[str]:
    return [" ".join(sentence.split()) for sentence in _SENTENCE_ENDS.split(plain) if sentence.strip()]


def _plain(text: str) -> str:
    plain = text.casefold()
    if plain.isascii():
        return plain
    for typeset, spelled in _SPELLED.items():
        plain = plain.replace(typeset, spelled)
    return plain if plain.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))


_SPELLED = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    # Typographic apostrophes, accents used as such, and every dash that programs put for a hyphen.
    **dict.fromkeys("\u2018\u2019\u00b4", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    "\u00a0": " ",
}
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
# "zum 3. Mal" goes on after its full stop.
_SENTENCE_ENDS = re.compile(r"(?<!\d)\.(?=\s|$)|[!?;\n]+")
