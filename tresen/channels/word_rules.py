"""What a platform forbids in the words of an answer, as its rule pack says it. Pure.

A rule names what is found by machine beyond doubt, or it names nothing and is for people to heed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tresen.channels.dated_data import Mark
from tresen.channels.languages import language_of
from tresen.channels.ways_out import WayOut, found_in


class Broken(StrEnum):
    """How words break a rule: by a way out, by another language, or by a turn of phrase."""

    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    MARKUP = "markup"
    LANGUAGE = "language"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRule:
    """One thing that a platform does not want to read. `source` is where it is written, `sure` how sure we are.

    `forbids`: ways out of the platform, except links to `home`, its own hosts and those below them. `language`: the
    only one that it takes, as "en". `phrases`: turns that nobody uses who keeps to it, whatever their case.
    """

    key: str
    title: str
    sure: Mark = Mark.DOCUMENTED
    source: str = ""
    forbids: tuple[WayOut, ...] = ()
    home: tuple[str, ...] = ()
    language: str = ""
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A rule that words break, how, and by which piece of them; no piece where it is the whole."""

    rule: WordRule
    how: Broken
    piece: str = ""


def forbidden_in(text: str, rules: Iterable[WordRule]) -> Forbidden | None:
    """The first rule that these words break beyond doubt; None where none is broken, or nobody can tell."""
    return next((found for rule in rules if (found := _broken(text, rule))), None)


def _broken(text: str, rule: WordRule) -> Forbidden | None:
    if way := found_in(text, rule.forbids, at_home=_hosts(rule.home)):
        return Forbidden(rule, Broken(way[0]), way[1])
    if rule.language and language_of(text) not in ("", rule.language):
        return Forbidden(rule, Broken.LANGUAGE)
    said = " ".join(text.casefold().split())
    phrase = next((one for one in rule.phrases if re.search(rf"\b{re.escape(one.casefold())}\b", said)), "")
    return Forbidden(rule, Broken.PHRASE, phrase) if phrase else None


def _hosts(home: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(rf"(?:.+\.)?{re.escape(host)}" for host in home)) if home else None
