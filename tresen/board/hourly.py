"""How many messages come to a team in each hour of a week, by the last weeks."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import msgspec

from tresen.accounts.scope import Scope
from tresen.batches.cursors import batch_cursor
from tresen.board.earlier import Span, earlier, known_since, weeks_before
from tresen.board.figures import Where
from tresen.board.sharing import shared

DAYS, HOURS = 7, 24
DAY = timedelta(days=1)
LASTS = timedelta(minutes=5)


class Counted(msgspec.Struct, frozen=True, array_like=True):
    """Messages of one team, store and brand: for each hour from Monday 00:00 on, of all weeks together."""

    where: Where
    hours: tuple[int, ...]


class TeamWeek(msgspec.Struct, frozen=True, dict=True):
    """A team's week, Monday first. `earlier`: for each weekday the days of the last weeks that are known."""

    earlier: tuple[tuple[Span, ...], ...]
    counted: tuple[Counted, ...]

    def seen(self, scope: Scope) -> "TeamWeek":
        """What of it may be seen."""
        return TeamWeek(self.earlier, tuple(one for one in self.counted if one.where.seen_by(scope)))

    @property
    def weeks(self) -> int:
        """So many weeks tell what to expect, of the weekday that is known the longest."""
        return max(len(days) for days in self.earlier)

    @cached_property
    def expected(self) -> tuple[tuple[float, ...] | None, ...]:
        """For each weekday the mean of each hour; None for a weekday of which nothing is known yet."""
        return tuple(self._day(day) if days else None for day, days in enumerate(self.earlier))

    @property
    def highest(self) -> float:
        """The most that any hour expects."""
        return max((max(day) for day in self.expected if day is not None), default=0.0)

    def _day(self, day: int) -> tuple[float, ...]:
        weeks = len(self.earlier[day])
        hours = range(day * HOURS, (day + 1) * HOURS)
        return tuple(sum(one.hours[hour] for one in self.counted) / weeks for hour in hours)


def week_of_team(team: int, *, zone: ZoneInfo, at: datetime) -> TeamWeek:
    """The messages of a team by weekday and hour on the wall in `zone`; not older than LASTS."""
    return shared(f"week {team}", at=at, lasts=LASTS, kind=TeamWeek, make=lambda now: count_week(team, zone, now))


def count_week(team: int, zone: ZoneInfo, at: datetime) -> TeamWeek:
    """Count it as of now. One statement for the messages, however many stores the team has."""
    since, today = known_since(at), at.astimezone(zone).date()
    monday = today - DAY * today.weekday()
    spans = [_midnights(monday + DAY * day, zone) for day in range(DAYS)]
    known = tuple(
        tuple(span for _, span in earlier(one, weeks_before(one, at=at, zone=zone), zone=zone, since=since))
        for one in spans
    )
    return TeamWeek(known, _counted(team, _hours_of(known, zone)))


def _midnights(day: date, zone: ZoneInfo) -> Span:
    return datetime.combine(day, time(), zone), datetime.combine(day + DAY, time(), zone)


type Hours = dict[datetime, int | None]
"""When each hour began, in order, and which of the week's it is; None where nothing counts."""


def _hours_of(known: tuple[tuple[Span, ...], ...], zone: ZoneInfo) -> Hours:
    found: Hours = {ends.astimezone(UTC): None for days in known for _, ends in days}
    for weekday, days in enumerate(known):
        for begins, _ in days:
            on = begins.astimezone(zone).date()
            for hour in range(HOURS):
                # The hour that a night in spring leaves out begins with the next one, and holds nothing.
                found[datetime.combine(on, time(hour), zone).astimezone(UTC)] = weekday * HOURS + hour
    return dict(sorted(found.items()))


def _counted(team: int, hours: Hours) -> tuple[Counted, ...]:
    if not hours:
        return ()
    numbers = list(hours.values())
    found: defaultdict[Where, list[int]] = defaultdict(lambda: [0] * (DAYS * HOURS))
    with batch_cursor() as cursor:
        cursor.execute(_CAME, {"team": team, "starts": list(hours), "begins": min(hours), "ends": max(hours)})
        for bucket, store, brand, many in cursor.fetchall():
            number = numbers[bucket - 1]
            if number is not None:
                found[Where(team, store, brand)][number] += many
    ordered = sorted(found.items(), key=lambda one: (one[0].store, one[0].brand))
    return tuple(Counted(where, tuple(many)) for where, many in ordered)


_CAME = """
    SELECT width_bucket(message.occurred_at, %(starts)b::timestamptz[]),
           ticket.store_id, ticket.brand_id, count(*)
    FROM tickets_message message JOIN tickets_ticket ticket ON ticket.id = message.ticket_id
    WHERE message.occurred_at >= %(begins)b::timestamptz AND message.occurred_at < %(ends)b::timestamptz
      AND ticket.team_id = %(team)b::bigint AND message.direction = 'in' AND message.kind = 'message'
    GROUP BY 1, 2, 3
"""
