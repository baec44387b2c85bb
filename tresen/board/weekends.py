"""What the coming weekend brings, by the same days and hours of the last weeks, against who is on duty then."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tresen.accounts.models import Team
from tresen.accounts.scope import Scope
from tresen.batches.cursors import batch_cursor
from tresen.board.earlier import Span, earlier, known_since, weeks_before
from tresen.board.figures import Where
from tresen.board.sharing import LASTS as SOON
from tresen.board.sharing import shared
from tresen.clock.backlog import STRETCH
from tresen.clock.hours import WorkingHours
from tresen.routing.handling import expected, handling_of_stores
from tresen.staffing.queries import coverage_of, crews_of

type Earlier = tuple[tuple[tuple[int, Span], ...], ...]
"""For each day the same hours of the weeks that tell what to expect, and how many weeks earlier; the last first."""

LASTS = timedelta(minutes=5)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SATURDAY, WEEK = 5, 7
BACK_WITHIN = timedelta(days=4)
"""A bank holiday may follow; who is not back by then is not waited for."""


class Expected(msgspec.Struct, frozen=True, array_like=True):
    """Of one team, store and brand on each day: messages and platform limits that run out, of all weeks together.

    `open` are limits of tickets that wait already; `effort` what one answer takes, in hours.
    """

    where: Where
    messages: tuple[int, ...]
    limits: tuple[int, ...]
    open: tuple[int, ...]
    effort: float


class OnDuty(msgspec.Struct, frozen=True, array_like=True):
    """A team's person-hours on each day."""

    team: int
    hours: tuple[float, ...]


class Weekend(msgspec.Struct, frozen=True):
    """From when the last of the teams goes home, or from now, until the first is back; `days` begin at midnight."""

    begins: datetime
    ends: datetime
    days: tuple[Span, ...]
    expected: tuple[Expected, ...]
    on_duty: tuple[OnDuty, ...]
    begun: bool
    earlier: Earlier

    def weeks(self, day: int) -> int:
        """So many weeks tell what to expect of a day; none where nothing is known of it yet."""
        return len(self.earlier[day])

    def seen(self, scope: Scope) -> "Weekend":
        """What of it may be seen."""
        return Weekend(
            begins=self.begins,
            ends=self.ends,
            days=self.days,
            expected=tuple(one for one in self.expected if one.where.seen_by(scope)),
            on_duty=() if scope.is_empty else tuple(one for one in self.on_duty if scope.shows_team(one.team)),
            begun=self.begun,
            earlier=self.earlier,
        )


class DayExposed(msgspec.Struct, frozen=True, kw_only=True):
    """One day: messages to expect, limits that run out on it, and the person-hours that takes, are there, and lack.

    `open` are limits of tickets that wait already. `left`: those of them that nobody can answer before the weekend, as
    it has begun.
    """

    begins: datetime
    ends: datetime
    messages: int
    limits: int
    open: int
    left: int
    needed: float
    on_duty: float

    @property
    def missing(self) -> float:
        """The shift it would need."""
        return max(0.0, self.needed - self.on_duty)


class Staffed(msgspec.Struct, frozen=True):
    """Who is on duty on these days."""

    days: tuple[Span, ...]
    on_duty: tuple[OnDuty, ...]


def coming_weekend(at: datetime) -> Weekend:
    """The weekend that comes, or is: what is expected not older than LASTS, who is on duty than the board itself."""
    weekend = shared("weekend", at=at, lasts=LASTS, kind=Weekend, make=look_ahead)
    staffed = shared("weekend-duty", at=at, lasts=SOON, kind=Staffed, make=lambda _: _staffed(weekend.days))
    if staffed.days != weekend.days:
        staffed = _staffed(weekend.days)
    return msgspec.structs.replace(weekend, on_duty=staffed.on_duty)


def look_ahead(at: datetime) -> Weekend:
    """Reckon it as of now, cut to whole seconds, which the board's links name."""
    at = at.replace(microsecond=0)
    teams = list(Team.objects.values_list("pk", flat=True))
    coverage = coverage_of(teams)
    zone = next((hours.zone for hours in coverage.values()), ZoneInfo("UTC"))
    begins, ends = span(at, zone, list(coverage.values()))
    days = _days(begins, ends, zone)
    known = _earlier(days, at, zone)
    return Weekend(
        begins=begins,
        ends=ends,
        days=tuple(days),
        expected=_expected(days, known),
        on_duty=_staffed(days).on_duty,
        begun=begins <= at,
        earlier=known,
    )


def _staffed(days: Sequence[Span]) -> Staffed:
    if not days:
        return Staffed((), ())
    teams = list(Team.objects.values_list("pk", flat=True))
    crews = crews_of(teams, start=days[0][0], end=days[-1][1])
    return Staffed(
        tuple(days),
        tuple(
            OnDuty(team, tuple(round(crew.work_between(*day) / HOUR, 3) for day in days))
            for team, crew in crews.items()
        ),
    )


def exposed(weekend: Weekend) -> Sequence[DayExposed]:
    """Day by day, for those whose work is seen: limits × what an answer takes × a break's share = person-hours."""
    return [_day(weekend, number) for number in range(len(weekend.days))]


def span(at: datetime, zone: ZoneInfo, coverage: Sequence[WorkingHours]) -> tuple[datetime, datetime]:
    """From the last covered minute before Saturday, or now, to the first from Monday on.

    On a Monday on which nobody is back yet, the weekend that is lasts.
    """
    today = at.astimezone(zone).date()
    saturday = today + DAY * ((SATURDAY - today.weekday()) % WEEK if today.weekday() <= SATURDAY else -1)
    begins, ends = _around(saturday - WEEK * DAY, zone, coverage)
    if ends <= at:
        begins, ends = _around(saturday, zone, coverage)
    return max(at, begins), ends


def _around(saturday: date, zone: ZoneInfo, coverage: Sequence[WorkingHours]) -> tuple[datetime, datetime]:
    midnight = datetime.combine(saturday, time(), zone)
    monday = datetime.combine(saturday + 2 * DAY, time(), zone)
    closed = [until for hours in coverage if (until := hours.last_open_before(midnight))]
    again = [opens for hours in coverage if (opens := hours.next_open(monday))]
    begins = max(closed, default=midnight)
    return begins, min([*again, monday + BACK_WITHIN]) if again else monday


def _days(begins: datetime, ends: datetime, zone: ZoneInfo) -> list[Span]:
    found = []
    while begins < ends:
        following = datetime.combine(begins.astimezone(zone).date() + DAY, time(), zone)
        until = min(ends, following)
        found.append((begins, until))
        begins = until
    return found


def _earlier(days: Sequence[Span], at: datetime, zone: ZoneInfo) -> Earlier:
    """All days as many weeks earlier, so that a limit is told by the message of the weekend it came on."""
    since = known_since(at)
    weeks = weeks_before((days[0][0], days[-1][1]), at=at, zone=zone) if days else range(0)
    return tuple(tuple(earlier(day, weeks, zone=zone, since=since)) for day in days)


def _expected(days: Sequence[Span], known: Earlier) -> tuple[Expected, ...]:
    found: defaultdict[Where, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0] * len(days)))
    for what, *where, day, many in _rows(_CAME, **_windows(known)):
        found[Where(*where)][what][day] += many
    begins, ends = [each[0] for each in days], [each[1] for each in days]
    for *where, day, many in _rows(_OPEN, days=list(range(len(days))), begins=begins, ends=ends):
        found[Where(*where)]["open"][day] += many
    handling = handling_of_stores()
    return tuple(
        Expected(
            where,
            tuple(counts["messages"]),
            tuple(counts["limits"]),
            tuple(counts["open"]),
            expected(where.store, handling) * STRETCH / HOUR,
        )
        for where, counts in sorted(found.items(), key=lambda one: (one[0].team, one[0].store, one[0].brand))
    )


def _windows(known: Earlier) -> dict[str, list[Any]]:
    spans = [(week, day, begins, ends) for day, one in enumerate(known) for week, (begins, ends) in one]
    names = ("weeks", "days", "begins", "ends")
    return {name: [span[column] for span in spans] for column, name in enumerate(names)}


def _day(weekend: Weekend, number: int) -> DayExposed:
    begins, ends = weekend.days[number]
    every, waits, weeks = weekend.expected, int(weekend.begun), max(1, weekend.weeks(number))
    return DayExposed(
        begins=begins,
        ends=ends,
        messages=round(sum(one.messages[number] for one in every) / weeks),
        limits=round(sum(one.limits[number] for one in every) / weeks),
        open=sum(one.open[number] for one in every),
        left=sum(waits * one.open[number] for one in every),
        needed=sum((one.limits[number] / weeks + waits * one.open[number]) * one.effort for one in every),
        on_duty=sum(one.hours[number] for one in weekend.on_duty),
    )


def _rows(statement: str, **params: Any) -> list[tuple[Any, ...]]:
    with batch_cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor)


_CAME = """
    WITH windows AS MATERIALIZED (
        SELECT * FROM unnest(%(weeks)b::int[], %(days)b::int[], %(begins)b::timestamptz[], %(ends)b::timestamptz[])
            AS given (week, day, begins, ends)
    ), weeks AS (
        SELECT week, min(begins) AS begins, max(ends) AS ends FROM windows GROUP BY week
    ), came AS MATERIALIZED (
        SELECT weeks.week, message.id, message.occurred_at, ticket.team_id, ticket.store_id, ticket.brand_id
        FROM weeks
        JOIN tickets_message message ON message.occurred_at >= weeks.begins AND message.occurred_at < weeks.ends
        JOIN tickets_ticket ticket ON ticket.id = message.ticket_id
        WHERE message.direction = 'in' AND message.kind = 'message'
    ), due AS (
        SELECT came.week, came.team_id, came.store_id, came.brand_id, min(clock.due) AS due
        FROM came JOIN sla_clock clock ON clock.message_id = came.id AND clock.kind = 'platform'
        GROUP BY came.id, came.week, came.team_id, came.store_id, came.brand_id
    )
    SELECT 'messages', came.team_id, came.store_id, came.brand_id, windows.day, count(*)
    FROM came JOIN windows ON windows.week = came.week
      AND came.occurred_at >= windows.begins AND came.occurred_at < windows.ends
    GROUP BY 2, 3, 4, 5
    UNION ALL
    SELECT 'limits', due.team_id, due.store_id, due.brand_id, windows.day, count(*)
    FROM due JOIN windows ON windows.week = due.week AND due.due >= windows.begins AND due.due < windows.ends
    GROUP BY 2, 3, 4, 5
"""
_OPEN = """
    SELECT place.team_id, place.store_id, place.brand_id, windows.day, count(*)
    FROM unnest(%(days)b::int[], %(begins)b::timestamptz[], %(ends)b::timestamptz[]) AS windows (day, begins, ends)
    JOIN routing_queueplace place
      ON place.platform_due > windows.begins AND place.platform_due <= windows.ends
    GROUP BY 1, 2, 3, 4
"""
