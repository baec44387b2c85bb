"""The statements behind the board: each reads what needs us, and none of them the tickets that do not."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tresen.accounts.models import Team
from tresen.batches.cursors import batch_cursor
from tresen.board.figures import (
    HOURS,
    NONE_RUNNING,
    Answered,
    Assigned,
    Cell,
    Crewed,
    Figures,
    Held,
    Oldest,
    OpenCases,
    Running,
    Where,
)
from tresen.clock.crews import Crew
from tresen.staffing.on_duty import OnDuty, on_duty
from tresen.staffing.presence import TeamPlan, shared_crews
from tresen.staffing.queries import plans_with_shared

LATELY = timedelta(hours=3)
"""The answers of so long tell the pace, at most: those of a shift that has just begun, of as long as it lasts."""
HOUR = timedelta(hours=1)

type Sides = Mapping[tuple[str, Where], tuple[int, ...]]


def count(at: datetime) -> Figures:
    """Everything as it stands now; `at` is cut to whole seconds, which the board's links name."""
    at = at.replace(microsecond=0)
    plans = _plans(at)
    duty = on_duty(plans, at=at, earliest=at - LATELY)
    return Figures(
        at=at,
        cells=_cells(at),
        assigned=_assigned(),
        held=_held(at),
        answered=_answered(at, duty),
        crews=_crews(plans, duty, at),
        cases=_cases(),
    )


def _cells(at: datetime) -> tuple[Cell, ...]:
    hours = _hours(at)
    return tuple(_cell(row, hours) for row in _rows(_CELLS))


def _cell(row: tuple[Any, ...], hours: Sides) -> Cell:
    where = Where(*row[:3])
    channel, opened, unassigned, lost, danger, own, platform, duty, oldest = row[3:]
    return Cell(
        where,
        channel,
        opened,
        unassigned,
        lost,
        danger,
        Running(own, hours.get(("own", where), NONE_RUNNING.hours)),
        Running(platform, hours.get(("platform", where), NONE_RUNNING.hours)),
        Running(duty, hours.get(("duty", where), NONE_RUNNING.hours)),
        Oldest(datetime.fromtimestamp(oldest[0], UTC), oldest[1]) if oldest else None,
    )


def _hours(at: datetime) -> Sides:
    """How many run out in each hour from now; what is past and not yet recorded as missed is in the first."""
    found: defaultdict[tuple[str, Where], list[int]] = defaultdict(lambda: [0] * HOURS)
    for side, team, store, brand, hour, many in _rows(_HOURS, at=at, until=at + HOURS * HOUR):
        found[side, Where(team, store, brand)][max(0, hour)] += many
    return {key: tuple(many) for key, many in found.items()}


def _assigned() -> tuple[Assigned, ...]:
    return tuple(Assigned(Where(*row[:3]), *row[3:]) for row in _rows(_ASSIGNED))


def _held(at: datetime) -> tuple[Held, ...]:
    return tuple(Held(Where(*row[:3]), *row[3:]) for row in _rows(_HELD, at=at))


def duty_at(at: datetime) -> OnDuty:
    """Whose shift it was at this instant, as far as their answers tell its pace."""
    return on_duty(_plans(at), at=at, earliest=at - LATELY)


def _plans(at: datetime) -> Collection[TeamPlan]:
    teams = list(Team.objects.values_list("pk", flat=True))
    return plans_with_shared(teams, start=at - LATELY, end=at + HOURS * HOUR)


def _answered(at: datetime, duty: OnDuty) -> tuple[Answered, ...]:
    rows = _rows(
        _ANSWERED,
        at=at,
        lately=at - LATELY,
        hour=at - HOUR,
        agents=list(duty.since),
        came=list(duty.since.values()),
        teams=list(duty.covered),
        covered=list(duty.covered.values()),
    )
    return tuple(Answered(Where(*row[:3]), *row[3:]) for row in rows)


def _cases() -> tuple[OpenCases, ...]:
    return tuple(OpenCases(Where(*row[:3]), *row[3:]) for row in _rows(_OPEN_CASES))


def _crews(plans: Collection[TeamPlan], duty: OnDuty, at: datetime) -> tuple[Crewed, ...]:
    crews = shared_crews(plans, start=at, end=at + HOURS * HOUR)
    return tuple(_crewed(team, crew, at, shift=duty.worked[team]) for team, crew in crews.items())


def _crewed(team: int, crew: Crew, at: datetime, *, shift: timedelta) -> Crewed:
    hours = (crew.work_between(at + HOUR * number, at + HOUR * (number + 1)) / HOUR for number in range(HOURS))
    return Crewed(team, crew.people_at(at), round(shift / HOUR, 3), tuple(round(hour, 3) for hour in hours))


def _rows(statement: str, **params: datetime | list[int] | list[datetime]) -> list[tuple[Any, ...]]:
    with batch_cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor)


_CELLS = """
    SELECT place.team_id, place.store_id, place.brand_id, store.channel, place.many, place.unassigned, place.lost,
           place.danger, place.own_missed, place.platform_missed, place.duty_missed, place.oldest
    FROM (
        SELECT team_id, store_id, brand_id, count(*) AS many, count(*) FILTER (WHERE assignee_id IS NULL) AS unassigned,
               count(*) FILTER (WHERE queue_tier = 9) AS lost, count(*) FILTER (WHERE in_danger) AS danger,
               count(*) FILTER (WHERE own_missed) AS own_missed,
               count(*) FILTER (WHERE platform_missed) AS platform_missed,
               count(*) FILTER (WHERE duty_missed) AS duty_missed,
               min(ARRAY[extract(epoch FROM owed_since)::bigint, ticket_id]) FILTER (WHERE owed_since IS NOT NULL)
                   AS oldest
        FROM routing_queueplace WHERE NOT in_chat GROUP BY team_id, store_id, brand_id
    ) AS place
    JOIN stores_store store ON store.id = place.store_id
    ORDER BY place.team_id, place.store_id, place.brand_id
"""
_SIDE = """
    SELECT '{side}', team_id, store_id, brand_id, ceil(extract(epoch FROM {side}_due - %(at)s) / 3600)::int - 1,
           count(*)
    FROM routing_queueplace WHERE {side}_due <= %(until)s AND NOT in_chat GROUP BY 2, 3, 4, 5
"""
_HOURS = " UNION ALL ".join(_SIDE.format(side=side) for side in ("own", "platform", "duty"))
_ASSIGNED = """
    SELECT team_id, store_id, brand_id, assignee_id, count(*) FROM routing_queueplace
    WHERE assignee_id IS NOT NULL AND NOT in_chat GROUP BY team_id, store_id, brand_id, assignee_id
    ORDER BY assignee_id, team_id, store_id, brand_id
"""
_HELD = """
    SELECT ticket.team_id, ticket.store_id, ticket.brand_id, lease.agent_id, lease.ticket_id, lease.until
    FROM routing_lease lease JOIN tickets_ticket ticket ON ticket.id = lease.ticket_id
    WHERE lease.until > %(at)s ORDER BY lease.agent_id, lease.until DESC
"""
_OPEN_CASES = """
    SELECT ticket.team_id, ticket.store_id, ticket.brand_id, store.channel, count(DISTINCT ticket.id)
    FROM orders_case owing
    JOIN duties_casetie tie ON tie.case_id = owing.id
    JOIN tickets_ticket ticket ON ticket.id = tie.ticket_id
    JOIN stores_store store ON store.id = ticket.store_id
    WHERE owing.state <> 'closed'
    GROUP BY ticket.team_id, ticket.store_id, ticket.brand_id, store.channel
    ORDER BY ticket.team_id, ticket.store_id, ticket.brand_id
"""
_ANSWERED = """
    SELECT ticket.team_id, ticket.store_id, ticket.brand_id, message.agent_id,
           count(*) FILTER (WHERE delivery.accepted_at > %(hour)s), count(*),
           count(*) FILTER (WHERE message.agent_id IS NOT NULL AND delivery.accepted_at <= %(at)s
                            AND message.occurred_at >= least(duty.came, team.covered))
    FROM outbox_delivery delivery
    JOIN tickets_message message ON message.id = delivery.message_id
    JOIN tickets_ticket ticket ON ticket.id = message.ticket_id
    LEFT JOIN unnest(%(agents)b::bigint[], %(came)b::timestamptz[]) AS duty(agent, came)
        ON duty.agent = message.agent_id
    LEFT JOIN unnest(%(teams)b::bigint[], %(covered)b::timestamptz[]) AS team(id, covered) ON team.id = ticket.team_id
    WHERE delivery.state = 'accepted' AND delivery.accepted_at > %(lately)s AND message.kind <> 'third_party'
    GROUP BY ticket.team_id, ticket.store_id, ticket.brand_id, message.agent_id
    ORDER BY message.agent_id, ticket.team_id, ticket.store_id, ticket.brand_id
"""
