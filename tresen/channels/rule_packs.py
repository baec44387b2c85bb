"""A platform's reply rules as dated, sourced data: `tresen/channels/<key>/rules.yaml`.

Rules change and differ by year, so a file holds several editions, and a clock keeps the edition it was opened under.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from importlib.resources.abc import Traversable

from tresen.channels.dated_data import Entry, channel_file, read_data


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

    `calendar` is "always": around the clock.
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
    path = channel_file(channel, "rules.yaml")
    return read_rule_packs(path, platform=channel) if path.is_file() else RulePacks(platform=channel)


def read_rule_packs(path: Traversable, *, platform: str) -> RulePacks:
    """The editions in the file `path`. Raises `DatedDataError` with file and key."""
    root = read_data(path, known={"platform", "editions"})
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


def _edition(entry: Entry, platform: str) -> RulePack:
    sources = entry.texts("sources")
    if not sources:
        raise entry.wrong("sources", "must name at least one source")
    cliffs = tuple(_cliff(part) for part in entry.parts("cliffs", known=_CLIFF_KEYS))
    if len({cliff.key for cliff in cliffs}) != len(cliffs):
        raise entry.wrong("cliffs", "must each have their own key")
    if [cliff.within for cliff in cliffs] != sorted(cliff.within for cliff in cliffs):
        raise entry.wrong("cliffs", "must stand in order, the earliest first")
    unit = entry.one_of("unit", Unit, entry.entries.get("unit"))
    if cliffs and unit is not Unit.MESSAGE:
        raise entry.wrong("unit", "must be message: limits that count turns or conversations are not kept yet")
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
        unit=unit,
    )


def _cliff(entry: Entry) -> Cliff:
    if entry.text("calendar") != "always":
        raise entry.wrong("calendar", "must be always: limits in working hours are not kept yet")
    span = _SPAN.fullmatch(entry.text("within"))
    if not span or int(span[1]) == 0:
        raise entry.wrong("within", "must be a time such as 24 h, 90 min or 2 d")
    return Cliff(
        key=entry.text("key"),
        title=entry.text("title"),
        within=int(span[1]) * _SPAN_UNITS[span[2]],
        calendar=entry.text("calendar"),
    )
