"""A platform's reply rules as dated, sourced data: `tresen/channels/<key>/rules.yaml`.

Rules change and differ by year, so a file holds several editions, and a clock keeps the edition it was opened under.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable

import yaml

type Entries = Mapping[str, object]


class RulePackError(ValueError):
    """A rules file that cannot be believed. Its text names the file, the key and what is wrong."""


class Author(StrEnum):
    """Who wrote a reply, as far as platforms tell replies apart."""

    PERSON = "person"
    TEMPLATE = "template"
    BOT = "bot"
    AUTOMATIC = "automatic"


class NoResponse(StrEnum):
    """What "no response needed" does to the platform clock: end it, or leave it until it is marked there."""

    WAIVES = "waives"
    AT_PLATFORM = "at_platform"


class Unit(StrEnum):
    """What the platform counts: each message, each unanswered run of messages, or each conversation."""

    MESSAGE = "message"
    TURN = "turn"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cliff:
    """One limit of the platform: what is lost when no counting answer left `within` that time.

    `calendar` is "always" (around the clock) or the name of working hours.
    """

    key: str
    title: str
    within: timedelta
    calendar: str = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """One edition of a platform's reply rules. No cliffs means: this platform sets no time."""

    platform: str
    valid_from: date
    checked: date
    sources: tuple[str, ...] = ()
    cliffs: tuple[Cliff, ...] = ()
    counts_as_answer: frozenset[Author] = frozenset({Author.PERSON})
    no_response: NoResponse = NoResponse.WAIVES
    unit: Unit = Unit.TURN


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePacks:
    """All editions of one platform, oldest first."""

    platform: str
    editions: tuple[RulePack, ...] = ()

    def at(self, instant: datetime) -> RulePack:
        """The edition in force at `instant`; before the first one: a pack without a platform clock."""
        day = instant.astimezone(UTC).date()
        in_force = [pack for pack in self.editions if pack.valid_from <= day]
        return in_force[-1] if in_force else RulePack(platform=self.platform, valid_from=date.min, checked=date.min)


def pack_at(packs: RulePacks, instant: datetime) -> RulePack:
    """The edition of `packs` in force at `instant`."""
    return packs.at(instant)


def load_rule_packs(channel: str) -> RulePacks:
    """The editions in `tresen/channels/<channel>/rules.yaml`. No file: the platform sets no reply time."""
    path = files("tresen.channels") / channel / "rules.yaml"
    return read_rule_packs(path, platform=channel) if path.is_file() else RulePacks(platform=channel)


def read_rule_packs(path: Traversable, *, platform: str) -> RulePacks:
    """The editions in the file `path`. Raises `RulePackError` with file and key."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as trouble:
        raise RulePackError(f"{path}: this is not readable YAML ({trouble}).") from trouble
    root = _Entry(where=str(path), entries=content, known={"platform", "editions"})
    if root.text("platform") != platform:
        raise root.wrong("platform", f"must be {platform!r}, the name of its folder")
    editions = tuple(_edition(entry, platform) for entry in root.parts("editions", known=_EDITION_KEYS))
    days = [edition.valid_from for edition in editions]
    if days != sorted(set(days)):
        raise root.wrong("editions", "must stand oldest first, each with its own valid_from")
    return RulePacks(platform=platform, editions=editions)


_EDITION_KEYS = {"valid_from", "checked", "sources", "cliffs", "counts_as_answer", "no_response", "unit"}
_CLIFF_KEYS = {"key", "title", "within", "calendar"}
_SPAN = re.compile(r"(\d{1,4}) ?(min|h|d)")
_SPAN_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


class _Entry:
    """One mapping of the file, read key by key so that each error can say where it stands."""

    def __init__(self, *, where: str, entries: object, known: Collection[str]) -> None:
        self.where = where
        if not isinstance(entries, Mapping):
            raise RulePackError(f"{where}: expected keys with values, found {type(entries).__name__}.")
        self.entries: Entries = entries
        for key in self.entries:
            if key not in known:
                raise self.wrong(str(key), f"is not known here; known are {', '.join(sorted(known))}")

    def wrong(self, key: str, sentence: str) -> RulePackError:
        return RulePackError(f"{self.where}: {key} {sentence}.")

    def text(self, key: str) -> str:
        value = self.entries.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "is missing or not a text")
        return value

    def day(self, key: str) -> date:
        value = self.entries.get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, "must be a day such as 2026-11-22")
        return value

    def span(self, key: str) -> timedelta:
        found = _SPAN.fullmatch(self.text(key))
        if not found or int(found[1]) == 0:
            raise self.wrong(key, "must be a time such as 24 h, 90 min or 2 d")
        return int(found[1]) * _SPAN_UNITS[found[2]]

    def items(self, key: str) -> Sequence[object]:
        value = self.entries.get(key)
        if not isinstance(value, list):
            raise self.wrong(key, "must be a list")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = tuple(value for value in self.items(key) if isinstance(value, str))
        if len(values) != len(self.items(key)):
            raise self.wrong(key, "must be a list of texts")
        return values

    def one_of[Choice: StrEnum](self, key: str, choices: type[Choice], value: object) -> Choice:
        try:
            return choices(str(value))
        except ValueError:
            raise self.wrong(key, f"cannot be {value!r}; it is one of {', '.join(choices)}") from None

    def parts(self, key: str, *, known: Collection[str]) -> list["_Entry"]:
        return [
            _Entry(where=f"{self.where}, {key} {number}", entries=entries, known=known)
            for number, entries in enumerate(self.items(key), start=1)
        ]


def _edition(entry: _Entry, platform: str) -> RulePack:
    sources = entry.texts("sources")
    if not sources:
        raise entry.wrong("sources", "must name at least one source")
    cliffs = tuple(_cliff(part) for part in entry.parts("cliffs", known=_CLIFF_KEYS))
    if len({cliff.key for cliff in cliffs}) != len(cliffs):
        raise entry.wrong("cliffs", "must each have their own key")
    if [cliff.within for cliff in cliffs] != sorted(cliff.within for cliff in cliffs):
        raise entry.wrong("cliffs", "must stand in order, the earliest first")
    return RulePack(
        platform=platform,
        valid_from=entry.day("valid_from"),
        checked=entry.day("checked"),
        sources=sources,
        cliffs=cliffs,
        counts_as_answer=frozenset(
            entry.one_of("counts_as_answer", Author, value) for value in entry.items("counts_as_answer")
        ),
        no_response=entry.one_of("no_response", NoResponse, entry.entries.get("no_response")),
        unit=entry.one_of("unit", Unit, entry.entries.get("unit")),
    )


def _cliff(entry: _Entry) -> Cliff:
    return Cliff(
        key=entry.text("key"),
        title=entry.text("title"),
        within=entry.span("within"),
        calendar=entry.text("calendar"),
    )
