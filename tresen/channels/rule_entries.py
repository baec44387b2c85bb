"""Rule packs as they are written: one edition, its limits and calendars. Wrong data is refused with file and key."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from enum import StrEnum

from tresen.channels.dated_data import Entry
from tresen.channels.limits import (
    ALWAYS,
    UNITS,
    Author,
    Average,
    Calendar,
    Limit,
    SendWindow,
    Until,
    Weekday,
    Within,
)
from tresen.channels.rule_packs import (
    AppliesTo,
    CaseKind,
    Cliff,
    Exclusion,
    NoResponse,
    Region,
    RulePack,
    Unit,
)
from tresen.channels.surfaces import Surface
from tresen.channels.ways_out import WayOut
from tresen.channels.word_rules import WordRule
from tresen.clock import zones

REGION_KEYS = {"key", "title", "marketplaces", "surfaces", "country"}
EDITION_KEYS = {
    "region",
    "valid_from",
    "checked",
    "sources",
    "cliffs",
    "counts_as_answer",
    "no_response",
    "unit",
    "exclusions",
    "calendars",
    "idle",
    "words",
}
_CLIFF_KEYS = {"key", "title", "limit", "sure", "source", "applies_to", "warn_before"}
_EXCLUSION_KEYS = {"key", "title", "sure", "source", "handled_by", "days", "zone"}
_WORD_KEYS = {"key", "title", "sure", "source", "forbids", "home", "language", "phrases"}
_APPLIES_KEYS = {"cases", "requests", "reasons", "intents"}
_KEY = re.compile(r"[a-z][a-z0-9_]{0,19}")
_SPAN = re.compile(r"(\d{1,4}) ?(min|h|d)")
_MONTHS = re.compile(r"(\d{1,2}) months?")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def region_in(entry: Entry) -> Region:
    """A region of a platform."""
    return Region(
        key=_key(entry),
        title=entry.text("title"),
        marketplaces=frozenset(name.casefold() for name in entry.texts("marketplaces", default=())),
        surfaces=_members(entry, "surfaces", Surface),
        country=entry.text("country", default=""),
    )


def edition_in(entry: Entry, platform: str, regions: Collection[str]) -> RulePack:
    """One edition; `regions` are those it may be for. Raises `DatedDataError`."""
    region = entry.text("region", default="")
    if region not in regions:
        raise entry.wrong("region", f"cannot be {region!r}; it is one of the regions above")
    sources = entry.texts("sources")
    if not sources:
        raise entry.wrong("sources", "must name at least one source")
    calendars = tuple(
        _calendar(part) for part in entry.parts("calendars", known={"key", "zone", "days", "country"}, default=())
    )
    exclusions = tuple(_exclusion(part) for part in entry.parts("exclusions", known=_EXCLUSION_KEYS, default=()))
    names = _Names({one.key for one in calendars} | {ALWAYS}, {one.key for one in exclusions})
    cliffs = tuple(_cliff(part, names) for part in entry.parts("cliffs", known=_CLIFF_KEYS))
    _in_order(entry, cliffs)
    unit = entry.one_of("unit", Unit, entry.entries.get("unit"))
    if (unit is Unit.CONVERSATION) != ("idle" in entry.entries):
        raise entry.wrong("idle", "says when a conversation begins anew: it goes with unit conversation alone")
    return RulePack(
        platform=platform,
        region=region,
        valid_from=entry.day("valid_from"),
        checked=entry.day("checked"),
        sources=sources,
        cliffs=cliffs,
        counts_as_answer=_members(entry, "counts_as_answer", Author),
        no_response=entry.one_of("no_response", NoResponse, entry.entries.get("no_response")),
        unit=unit,
        exclusions=exclusions,
        calendars=calendars,
        words=tuple(_word_rule(part) for part in entry.parts("words", known=_WORD_KEYS, default=())),
        idle=_span(entry, "idle") if "idle" in entry.entries else None,
        written={str(key): value for key, value in entry.entries.items()},
    )


def _in_order(entry: Entry, cliffs: tuple[Cliff, ...]) -> None:
    if len({cliff.key for cliff in cliffs}) != len(cliffs):
        raise entry.wrong("cliffs", "must each have their own key")
    comparable: dict[object, list[timedelta]] = {}
    for cliff in cliffs:
        if isinstance(cliff.limit, Within) and not cliff.limit.months:
            comparable.setdefault((cliff.applies_to, cliff.limit.calendar), []).append(cliff.limit.allowed)
    if any(spans != sorted(spans) for spans in comparable.values()):
        raise entry.wrong("cliffs", "must stand in order, the earliest first")


class _Names:
    """What an edition's limits may name."""

    def __init__(self, calendars: Collection[str], exclusions: Collection[str]) -> None:
        self.calendars = calendars
        self.exclusions = exclusions


def _calendar(entry: Entry) -> Calendar:
    days = _members(entry, "days", Weekday)
    if not days:
        raise entry.wrong("days", "must name at least one day of the week")
    return Calendar(key=_key(entry), zone=_zone(entry), days=days, country=entry.text("country", default=""))


def _exclusion(entry: Entry) -> Exclusion:
    return Exclusion(
        key=_key(entry),
        title=entry.text("title"),
        sure=entry.mark("sure"),
        source=entry.text("source"),
        handled_by=_members(entry, "handled_by", Author),
        days=_members(entry, "days", Weekday),
        zone=_zone(entry) if "zone" in entry.entries else "UTC",
    )


def _word_rule(entry: Entry) -> WordRule:
    forbids = _members(entry, "forbids", WayOut)
    return WordRule(
        key=_key(entry),
        title=entry.text("title"),
        sure=entry.mark("sure"),
        source=entry.text("source"),
        forbids=tuple(way for way in WayOut if way in forbids),
        home=entry.texts("home", default=()),
        language=entry.text("language", default=""),
        phrases=entry.texts("phrases", default=()),
    )


def _cliff(entry: Entry, names: _Names) -> Cliff:
    kinds = {"within", "until", "average", "send_window"}
    limit = entry.part("limit", known=kinds | {"calendar", "time", "zone", "when", "window", "authors"})
    named = kinds & {str(key) for key in limit.entries}
    if len(named) != 1:
        raise limit.wrong("limit", f"must be one of {', '.join(sorted(kinds))}")
    return Cliff(
        key=_key(entry),
        title=entry.text("title"),
        limit=_LIMITS[named.pop()](limit, names),
        sure=entry.mark("sure"),
        source=entry.text("source"),
        applies_to=_applies_to(entry),
        warn_before=tuple(_span(entry, "warn_before", text) for text in entry.texts("warn_before", default=())),
    )


def _within(limit: Entry, names: _Names) -> Within:
    calendar = limit.text("calendar")
    if calendar not in names.calendars:
        raise limit.wrong("calendar", f"cannot be {calendar!r}; it is {ALWAYS} or one of this edition's calendars")
    months = _MONTHS.fullmatch(limit.text("within"))
    if not months:
        return Within(allowed=_span(limit, "within"), calendar=calendar)
    if calendar != ALWAYS or int(months[1]) == 0:
        raise limit.wrong("within", "can count months only around the clock, and at least one")
    return Within(months=int(months[1]))


def _until(limit: Entry, names: _Names) -> Until:
    time, when = limit.text("time"), limit.text("when")
    if not _TIME.fullmatch(time):
        raise limit.wrong("time", "must be a time of day such as 12:00")
    if when not in names.exclusions:
        raise limit.wrong("when", f"cannot be {when!r}; it is one of this edition's exclusions")
    return Until(
        weekday=limit.one_of("until", Weekday, limit.entries.get("until")), time=time, zone=_zone(limit), when=when
    )


def _average(limit: Entry, names: _Names) -> Average:
    del names
    return Average(below=_span(limit, "average"), window=_span(limit, "window"))


def _send_window(limit: Entry, names: _Names) -> SendWindow:
    del names
    authors = _members(limit, "authors", Author)
    if not authors:
        raise limit.wrong("authors", "must name at least one kind of author")
    return SendWindow(open_for=_span(limit, "send_window"), authors=authors)


_LIMITS: Mapping[str, Callable[[Entry, _Names], Limit]] = {
    "within": _within,
    "until": _until,
    "average": _average,
    "send_window": _send_window,
}


def _applies_to(entry: Entry) -> AppliesTo:
    if "applies_to" not in entry.entries:
        return AppliesTo()
    part = entry.part("applies_to", known=_APPLIES_KEYS)
    return AppliesTo(
        cases=_members(part, "cases", CaseKind),
        requests=frozenset(part.texts("requests", default=())),
        reasons=frozenset(part.texts("reasons", default=())),
        intents=frozenset(part.texts("intents", default=())),
    )


def _members[Choice: StrEnum](entry: Entry, key: str, choices: type[Choice]) -> frozenset[Choice]:
    return frozenset(entry.one_of(key, choices, value) for value in entry.items(key, default=()))


def _span(entry: Entry, key: str, text: str | None = None) -> timedelta:
    span = _SPAN.fullmatch(text or entry.text(key))
    if not span or int(span[1]) == 0:
        raise entry.wrong(key, "must be a time such as 24 h, 90 min or 2 d")
    return int(span[1]) * UNITS[span[2]]


def _zone(entry: Entry) -> str:
    zone = entry.text("zone")
    try:
        zones.zone(zone)
    except ValueError:
        raise entry.wrong("zone", f"cannot be {zone!r}; it is a time zone such as Europe/Berlin") from None
    return zone


def _key(entry: Entry) -> str:
    key = entry.text("key")
    if not _KEY.fullmatch(key):
        raise entry.wrong("key", "must be a short word of small letters, digits and _")
    return key
