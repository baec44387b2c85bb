"""What platforms judge sellers by, as dated, sourced data: `tresen/channels/<key>/health.yaml`.

Each measure says how the platform computes it and what it wants, so that a store's figure can be reckoned as it does.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from tresen.channels.dated_data import Entry, Mark, channel_file, read_data


class Tells(StrEnum):
    """How a measure is computed.

    `LATE`: the share that was answered late or not at all. `IN_TIME`: the share answered in time. `AVERAGE`: how many
    hours an answer took on average. `REPORTED`: from what only the platform knows; its own figure is entered.
    """

    LATE = "late"
    IN_TIME = "in_time"
    AVERAGE = "average"
    REPORTED = "reported"


class Side(StrEnum):
    """On which side of the bound a store does well."""

    BELOW = "below"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Bound:
    """What the platform wants: per cent, or hours for an average."""

    side: Side
    value: float

    def holds(self, value: float) -> bool:
        """Whether a figure, in per cent or hours, is as the platform wants it."""
        match self.side:
            case Side.BELOW:
                return value < self.value
            case Side.AT_MOST:
                return value <= self.value
            case Side.AT_LEAST:
                return value >= self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthMeasure:
    """One measure of one platform. `limit` is the limit in the platform's rule pack whose clocks it counts.

    It looks back over `window`, up to now. `region`: empty for everywhere.
    """

    platform: str
    key: str
    title: str
    tells: Tells
    window: timedelta
    wanted: Bound
    valid_from: date
    checked: date
    sources: tuple[str, ...]
    sure: Mark
    limit: str = ""
    region: str = ""


@cache
def health_measures(channel: str) -> tuple[HealthMeasure, ...]:
    """The measures of a channel in their order; none where its platform has none that we know."""
    try:
        path = channel_file(channel, "health.yaml")
        if not path.is_file():
            return ()
    except FileNotFoundError:
        return ()
    root = read_data(path, known={"platform", "measures"})
    if root.text("platform") != channel:
        raise root.wrong("platform", f"must be {channel!r}, the name of its folder")
    found = tuple(_measure(entry, channel) for entry in root.parts("measures", known=_KEYS))
    if len({(one.key, one.region) for one in found}) != len(found):
        raise root.wrong("measures", "must each have their own key")
    return found


def measures_in(channel: str, region: str, day: date) -> tuple[HealthMeasure, ...]:
    """The measures in force on a day in a region: its own ones, or else those for everywhere."""
    in_force = [one for one in health_measures(channel) if one.valid_from <= day]
    return tuple([one for one in in_force if region and one.region == region] or [o for o in in_force if not o.region])


_KEYS = {"key", "title", "tells", "limit", "window", "wanted", "region", "valid_from", "checked", "sources", "sure"}
_DAYS = re.compile(r"(\d{1,3}) ?d")


def _measure(entry: Entry, channel: str) -> HealthMeasure:
    tells = entry.one_of("tells", Tells, entry.entries.get("tells"))
    counting = tells in {Tells.LATE, Tells.IN_TIME}
    limit = entry.text("limit", default="")
    if counting != bool(limit):
        raise entry.wrong("limit", "names the limit that a share is counted over, and stands only there")
    sources = entry.texts("sources")
    if not sources:
        raise entry.wrong("sources", "must name at least one source")
    return HealthMeasure(
        platform=channel,
        key=entry.text("key"),
        title=entry.text("title"),
        tells=tells,
        limit=limit,
        window=_window(entry),
        wanted=_bound(entry),
        region=entry.text("region", default=""),
        valid_from=entry.day("valid_from"),
        checked=entry.day("checked"),
        sources=sources,
        sure=entry.one_of("sure", Mark, entry.entries.get("sure")),
    )


def _window(entry: Entry) -> timedelta:
    written = _DAYS.fullmatch(entry.text("window"))
    if written is None:
        raise entry.wrong("window", "must be days, such as 30 d")
    return timedelta(days=int(written[1]))


def _bound(entry: Entry) -> Bound:
    wanted = entry.entries.get("wanted")
    if not isinstance(wanted, dict) or len(wanted) != 1:
        raise entry.wrong("wanted", "must be one bound, such as {below: 10}")
    ((side, value),) = wanted.items()
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise entry.wrong("wanted", "must be a number of per cent or hours")
    return Bound(entry.one_of("wanted", Side, side), float(value))
