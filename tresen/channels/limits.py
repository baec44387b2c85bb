"""What a platform's limit can be: within a time, until an hour of the week, on average, or while a window is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

ALWAYS = "always"
"""The calendar in which every instant counts."""

NOTHING = timedelta(0)


class Author(StrEnum):
    """Who wrote a reply, as far as platforms tell replies apart."""

    PERSON = "person"
    TEMPLATE = "template"
    BOT = "bot"
    AUTOMATIC = "automatic"


class Weekday(StrEnum):
    """The days of a week, as the files name them."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """0 for Monday to 6 for Sunday."""
        return list(Weekday).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """So long, in the hours of `calendar`. `months` are counted by the calendar on the wall, and only around the clock.

    A month later than 31 January is the last day of February, at the same hour in the calendar's zone.
    """

    allowed: timedelta = NOTHING
    months: int = 0
    calendar: str = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """The next `weekday` at `time` ("HH:MM") in `zone` after the message. Holds only for what `when` sets apart."""

    weekday: Weekday
    time: str
    zone: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """On average over `window`, answers take less than `below`. No single answer is late; `below` is what we aim at."""

    below: timedelta
    window: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class SendWindow:
    """So long after the customer's last message answers by these authors are taken; then they no longer are."""

    open_for: timedelta
    authors: frozenset[Author] = frozenset(Author)


type Limit = Within | Until | Average | SendWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The platform's own working days, each whole: `days` of the week in `zone`, without `country`'s holidays."""

    key: str
    zone: str
    days: frozenset[Weekday]
    country: str = ""


UNITS: Mapping[str, timedelta] = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
"""How a length of time is written: "90 min", "24 h", "7 d"."""


def written(span: timedelta) -> str:
    """A length of time as the files write it: "90 min", "24 h"; days from the third on."""
    minutes = span // UNITS["min"]
    if minutes % 1440 == 0 and minutes > 2880:  # noqa: PLR2004 - 48 hours are said in hours everywhere
        return f"{minutes // 1440} d"
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"


def as_said(limit: Limit, minutes: int) -> Limit:
    """The same kind of limit with another time; 0: as it is. An hour of the week has no other time."""
    if not minutes:
        return limit
    other = timedelta(minutes=minutes)
    match limit:
        case Within(calendar=calendar):
            return Within(allowed=other, calendar=calendar)
        case Average(window=window):
            return Average(below=other, window=window)
        case SendWindow(authors=authors):
            return SendWindow(open_for=other, authors=authors)
        case Until():
            return limit
