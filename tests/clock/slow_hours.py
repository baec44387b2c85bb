"""Working hours as one would explain them to a child: look at every minute, ask the clock on the wall.

A second opinion for the property tests. It shares no line with the engine, and knows whole minutes only.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class SlowHours:
    zone: str
    week: dict[int, list[tuple[str, str]]]
    closed: list[date] = field(default_factory=list)
    special: dict[date, list[tuple[str, str]]] = field(default_factory=dict)

    def counts(self, at):
        """Whether the minute that begins at this instant is working time."""
        wall = at.astimezone(ZoneInfo(self.zone))
        now = f"{wall:%H:%M}"
        today, yesterday = wall.date(), wall.date() - timedelta(days=1)
        return any(
            opens <= now < closes if opens <= closes else opens <= now for opens, closes in self.windows(today)
        ) or any(closes < opens and now < closes for opens, closes in self.windows(yesterday))

    def windows(self, day):
        if day in self.special:
            return self.special[day]
        return [] if day in self.closed else self.week.get(day.weekday(), [])

    def between(self, start, end):
        minutes = int((end - start) / MINUTE)
        return sum(self.counts(start + n * MINUTE) for n in range(minutes)) * MINUTE

    def add(self, start, worked, *, give_up):
        at = start
        while worked and at < give_up:
            worked -= MINUTE * self.counts(at)
            at += MINUTE
        return None if worked else at.astimezone(UTC)

    def last_open_before(self, at, *, give_up):
        while at > give_up and not self.counts(at - MINUTE):
            at -= MINUTE
        return None if at <= give_up else at.astimezone(UTC)

    def next_open(self, at, *, give_up):
        while at < give_up and not self.counts(at):
            at += MINUTE
        return None if at >= give_up else at.astimezone(UTC)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)
