"""What the fold must know besides the facts: the platforms' limits and the hours that keys stand for."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from tresen.clock import zones
from tresen.clock.hours import ALWAYS, WorkingHours


class Cliff(msgspec.Struct, frozen=True, kw_only=True):
    """One limit of a platform, counted for each message that expects an answer."""

    key: str
    allowed: timedelta
    hours: str = "always"


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """A platform's reply rules for one conversation; `cliffs` in order, the earliest first.

    `marked_there`: "no response needed" must be said on the platform itself before its clocks end.
    """

    edition: str = ""
    cliffs: tuple[Cliff, ...] = ()
    marked_there: bool = False


NO_LIMIT = Pack()


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """`packs` by conversation (none: the platform sets no time); `hours` by key; `coverage`: when somebody works."""

    packs: Mapping[int, Pack] = msgspec.field(default_factory=dict)
    hours: Mapping[str, WorkingHours] = msgspec.field(default_factory=dict)
    coverage: WorkingHours = ALWAYS

    def hours_of(self, key: str) -> WorkingHours:
        """The hours a target names: "always", "coverage" or a key of `hours`. Raises `ValueError` for another."""
        if key == "always":
            return ALWAYS
        if key == "coverage":
            return self.coverage
        try:
            return self.hours[key]
        except KeyError:
            raise ValueError(f"A target counts in the hours “{key}”, which nobody has given.") from None


def months_later(at: datetime, months: int, zone: str = "UTC") -> datetime:
    """The same hour on the wall in `zone` so many months later, in UTC; where that day is none, the month's last."""
    where = zones.zone(zone)
    local = zones.in_utc(at).astimezone(where)
    years, month = divmod(local.month - 1 + months, 12)
    year, month = local.year + years, month + 1
    later = local.replace(year=year, month=month, day=min(local.day, monthrange(year, month)[1]))
    return zones.in_utc(later)
