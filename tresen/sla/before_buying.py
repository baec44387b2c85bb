"""Whether somebody asks before buying. Told by what they say, never by an order that we do not know. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tresen.channels.dated_data import DatedDataError, Entry, read_data

LONGEST = 1_000
"""Characters of a message that are read: what somebody wants stands at its beginning."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One language: what wondering buyers say, and what owners say."""

    asking: re.Pattern[str]
    bought: re.Pattern[str]


def asks_before_buying(texts: Sequence[str], language: str) -> bool:
    """Whether one of a customer's messages asks what one asks before buying, and none speaks of something bought.

    `language` is a code such as "de"; one that we have no words for is read in all of those that we have.
    """
    known = wordings()
    code = language.partition("-")[0]
    spoken = [known[code]] if code in known else list(known.values())
    plain = [_plain(text[:LONGEST]) for text in texts]
    asking = any(wording.asking.search(text) for text in plain for wording in spoken)
    return asking and not any(wording.bought.search(text) for text in plain for wording in spoken)


@cache
def wordings() -> Mapping[str, Wording]:
    """The words of every language we know. Raises DatedDataError."""
    root = read_data(files("tresen.sla") / "buying_words.yaml", known={"checked", "languages"})
    root.day("checked")
    languages = root.entries["languages"]
    assert isinstance(languages, Mapping)
    return {str(language): _wording(f"{root.where}, {language}", given) for language, given in languages.items()}


def _wording(where: str, given: object) -> Wording:
    entry = Entry(where=where, entries=given, known={"asking", "bought"})
    return Wording(asking=_pattern(entry, "asking"), bought=_pattern(entry, "bought"))


def _pattern(entry: Entry, key: str) -> re.Pattern[str]:
    try:
        return re.compile("|".join(entry.texts(key)))
    except re.error as trouble:
        raise DatedDataError(f"{entry.where}: {key} is not a pattern ({trouble}).") from trouble


def _plain(text: str) -> str:
    plain = " ".join(text.casefold().replace("\u2019", "'").split())
    return plain if plain.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))


_ACCENTS = re.compile(r"[\u0300-\u036f]+")
