"""The risk words as data: read once from `risk_words.yaml`, checked, and made into patterns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tresen.channels.dated_data import DatedDataError, Entry, read_data
from tresen.tickets.facts import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Raising:
    """What raises the tier. `words` are looked for only in texts that hold one of the `hints`."""

    reason: Key
    tier: int
    hints: tuple[str, ...]
    words: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowering:
    """What makes a whole short text of at most `longest` words a matter of low urgency, `unless` more is in it."""

    reason: Key
    longest: int
    hints: tuple[str, ...]
    words: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language."""

    harmless: re.Pattern[str]
    negated_before: re.Pattern[str]
    negated_after: re.Pattern[str]
    despite: tuple[Raising, ...]
    raised: tuple[Raising, ...]
    low: tuple[Lowering, ...]
    hints: tuple[str, ...]
    """All hints of what raises."""


LANGUAGE = {"parts", "harmless", "negated_before", "negated_after", "despite", "raised", "low"}
RAISED = {"reason", "tier", "hints", "words"}
LOW = {"reason", "longest", "hints", "words", "unless"}


@cache
def wordings() -> Mapping[str, Wording]:
    """The words of every language we know. Raises DatedDataError."""
    root = read_data(files("tresen.automation") / "risk_words.yaml", known={"checked", "languages"})
    root.day("checked")
    languages = root.entries["languages"]
    assert isinstance(languages, Mapping)
    return {str(language): _wording(root, str(language), entries) for language, entries in languages.items()}


def _wording(root: Entry, language: str, entries: object) -> Wording:
    entry = Entry(where=f"{root.where}, {language}", entries=entries, known=LANGUAGE)
    parts = _parts(entry)
    despite = tuple(_raising(one, parts) for one in entry.parts("despite", known=RAISED))
    raised = tuple(_raising(one, parts) for one in entry.parts("raised", known=RAISED))
    return Wording(
        harmless=_pattern(entry, "|".join(entry.texts("harmless")), parts),
        negated_before=_pattern(entry, rf"(?:{entry.text('negated_before')})[ ]*$", parts),
        negated_after=_pattern(entry, entry.text("negated_after"), parts),
        despite=despite,
        raised=raised,
        low=tuple(_lowering(one, parts) for one in entry.parts("low", known=LOW)),
        hints=tuple(sorted({hint for one in (*despite, *raised) for hint in one.hints})),
    )


def _parts(entry: Entry) -> dict[str, str]:
    found: dict[str, str] = {}
    given = entry.entries.get("parts", {})
    assert isinstance(given, Mapping)
    for name, words in given.items():
        found[str(name)] = f"(?:{_filled(entry, str(words), found)})"
    return found


def _raising(entry: Entry, parts: Mapping[str, str]) -> Raising:
    tier = entry.entries.get("tier")
    if tier not in {0, 1}:
        raise entry.wrong("tier", "must be 0 or 1")
    return Raising(
        reason=Key(entry.text("reason")),
        tier=int(str(tier)),
        hints=entry.texts("hints"),
        words=_patterns(entry, parts),
    )


def _lowering(entry: Entry, parts: Mapping[str, str]) -> Lowering:
    return Lowering(
        reason=Key(entry.text("reason")),
        longest=int(str(entry.entries["longest"])),
        hints=entry.texts("hints"),
        words=_patterns(entry, parts),
        unless=_pattern(entry, entry.text("unless"), parts),
    )


def _patterns(entry: Entry, parts: Mapping[str, str]) -> tuple[re.Pattern[str], ...]:
    words: Sequence[str] = entry.texts("words")
    return tuple(_pattern(entry, one, parts) for one in words)


def _pattern(entry: Entry, words: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    try:
        return re.compile(_filled(entry, words, parts))
    except re.error as trouble:
        raise DatedDataError(f"{entry.where}: “{words}” is not a pattern ({trouble}).") from trouble


def _filled(entry: Entry, words: str, parts: Mapping[str, str]) -> str:
    def part(found: re.Match[str]) -> str:
        if found[1] not in parts:
            raise entry.wrong("words", f"names the part {{{found[1]}}}, which is not defined above it")
        return parts[found[1]]

    return re.sub(r"\{([a-z]+)\}", part, words)
