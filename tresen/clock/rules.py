"""What the fold must know besides the facts: the platforms' limits and the hours that keys stand for."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

import msgspec

from tresen.clock import zones
from tresen.clock.facts import Counting
from tresen.clock.hours import ALWAYS, WorkingHours

DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a platform counts: each message, each unanswered run of them, or each conversation from its first."""

    MESSAGE = "message"
    TURN = "turn"
    CONVERSATION = "conversation"


class Measure(StrEnum):
    """What passing a limit means: too late, a worse average, or a window in which answers were taken has closed."""

    LIMIT = "limit"
    AVERAGE = "average"
    WINDOW = "window"


class WeekHour(NamedTuple):
    """An hour that comes every week: `weekday` is 0 for Monday, `at` the time on the wall in `zone`."""

    weekday: int
    at: time
    zone: str

    def after(self, start: datetime) -> datetime:
        """The first such hour after `start`, in UTC."""
        where = zones.zone(self.zone)
        local = zones.in_utc(start).astimezone(where)
        day = local.date() + (self.weekday - local.weekday()) % 7 * DAY
        found = zones.in_utc(datetime.combine(day, self.at, where))
        return found if found > start else zones.in_utc(datetime.combine(day + 7 * DAY, self.at, where))


class Cliff(msgspec.Struct, frozen=True, kw_only=True):
    """One limit of a platform: `allowed` in `hours`, or `until` an hour of the week.

    `when` names what is left out of all other limits and has this one instead. With `reasons` it holds only for what
    waits when the ticket's risk is raised for one of them, and counts from there. `warn_before`: early warnings.
    """

    key: str
    allowed: timedelta = timedelta(0)
    hours: str = "always"
    measure: Measure = Measure.LIMIT
    until: WeekHour | None = None
    when: str = ""
    reasons: frozenset[str] = frozenset()
    warn_before: tuple[timedelta, ...] = ()


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """What a platform does not count: messages of these `days` (none: of every day) in these stretches [from, to)."""

    key: str
    stretches: tuple[tuple[datetime, datetime | None], ...] = ()
    days: frozenset[int] = frozenset()
    zone: str = "UTC"

    def holds(self, at: datetime) -> bool:
        """Whether a message of that instant is left out."""
        if not any(begun <= at and (ended is None or at < ended) for begun, ended in self.stretches):
            return False
        return not self.days or at.astimezone(zones.zone(self.zone)).weekday() in self.days


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """A platform's reply rules for one conversation; `cliffs` in order, the earliest first.

    `marked_there`: "no response needed" must be said on the platform itself before its clocks end. `idle`: after so
    long without a message the conversation is counted as a new one. `hours` are the platform's own calendars, by key.
    """

    edition: str = ""
    cliffs: tuple[Cliff, ...] = ()
    marked_there: bool = False
    unit: Unit = Unit.MESSAGE
    idle: timedelta | None = None
    left_out: tuple[LeftOut, ...] = ()
    hours: tuple[tuple[str, WorkingHours], ...] = ()

    def cliffs_at(self, at: datetime) -> tuple[Cliff, ...]:
        """The limits of a message of that instant, as far as its time decides."""
        aside = {one.key for one in self.left_out if one.holds(at)}
        if not aside:
            return tuple(cliff for cliff in self.cliffs if not cliff.when)
        return tuple(cliff for cliff in self.cliffs if cliff.when in aside)


NO_LIMIT = Pack()


class PackSince(NamedTuple):
    """A pack, from when on it counts, and what it does to clocks of the platform that run by then."""

    since: datetime
    pack: Pack
    counting: Counting = Counting.NEW_CLOCKS


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """`packs` by conversation (none: the platform sets no time); `hours` by key; `coverage`: when somebody works.

    `team`: when somebody of the team works, where `coverage` holds the hours of the on-call list besides.

    Packs that follow each other stand in order: a message keeps the one that counted when it came, unless a later one
    says that it counts for what is open too.
    """

    packs: Mapping[int, Pack | tuple[PackSince, ...]] = msgspec.field(default_factory=dict)
    hours: Mapping[str, WorkingHours] = msgspec.field(default_factory=dict)
    coverage: WorkingHours = ALWAYS
    team: WorkingHours | None = None

    def pack_at(self, conversation: int, at: datetime) -> Pack:
        """The pack that counts for a message of that instant: the last that began, or else the first."""
        found = self.packs.get(conversation, NO_LIMIT)
        if isinstance(found, Pack):
            return found
        begun = [one.pack for one in found if one.since <= at]
        return begun[-1] if begun else found[0].pack

    def recounts_after(self, conversation: int, at: datetime) -> tuple[PackSince, ...]:
        """The packs that came after a message of that instant and count for it, too, as long as it is open."""
        found = self.packs.get(conversation, NO_LIMIT)
        if isinstance(found, Pack):
            return ()
        return tuple(one for one in found if one.since > at and one.counting is not Counting.NEW_CLOCKS)

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

    def hours_in(self, pack: Pack, key: str) -> WorkingHours:
        """The hours a limit of this pack names: the platform's own calendar, or as `hours_of`."""
        return dict(pack.hours).get(key) or self.hours_of(key)


def months_later(at: datetime, months: int, zone: str = "UTC") -> datetime:
    """The same hour on the wall in `zone` so many months later, in UTC; where that day is none, the month's last."""
    where = zones.zone(zone)
    local = zones.in_utc(at).astimezone(where)
    years, month = divmod(local.month - 1 + months, 12)
    year, month = local.year + years, month + 1
    later = local.replace(year=year, month=month, day=min(local.day, monthrange(year, month)[1]))
    return zones.in_utc(later)
