"""The clocks' statements: each takes a batch and is one round trip."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import connection

from tresen.clock.alarms import next_alarm
from tresen.clock.clocks import Clock
from tresen.clock.fold import TicketState
from tresen.clock.hours import WorkingHours
from tresen.sla.applying import version_in


def teams_of(tickets: Collection[int]) -> dict[int, int]:
    """The team of each ticket."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, team_id FROM tickets_ticket WHERE id = ANY(%s)", [list(tickets)])
        return dict(cursor.fetchall())


def store(states: Mapping[int, tuple[TicketState, WorkingHours]], *, at: datetime) -> None:
    """Make the rows of these tickets' clocks say what the states say; what has not changed is not written.

    Each state comes with its team's coverage.
    """
    rows = [
        clock_row(ticket, clock, coverage, at) for ticket, (state, coverage) in states.items() for clock in state.clocks
    ]
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [list(states), [row[0] for row in rows], [row[1] for row in rows]])
        if rows:
            cursor.execute(_STORE, [list(column) for column in zip(*rows, strict=True)])


def clock_row(ticket: int, clock: Clock, coverage: WorkingHours, at: datetime) -> tuple[object, ...]:
    """What the row of this clock holds, in the order of CLOCK_COLUMNS."""
    return (
        ticket,
        clock.key,
        clock.kind.value,
        clock.metric,
        clock.conversation,
        clock.message,
        clock.started_at,
        clock.due,
        clock.outcome.value,
        clock.met_at,
        clock.breached_at,
        clock.provisional_until,
        clock.policy_version,
        version_in(clock.hours),
        clock.pack,
        next_alarm(clock, coverage, at),
    )


CLOCK_COLUMNS = (
    "ticket_id, key, kind, metric, conversation_id, message_id, started_at, due, outcome, met_at, breached_at,"
    " provisional_until, policy_version_id, hours_version_id, pack, next_alarm_at"
)

# A clock whose turn has a new first message is another clock; the old row would be a ghost.
_FORGET = """
    DELETE FROM sla_clock clock
    WHERE clock.ticket_id = ANY(%s)
      AND NOT EXISTS (
        SELECT FROM unnest(%s::bigint[], %s::text[]) AS kept (ticket, key)
        WHERE kept.ticket = clock.ticket_id AND kept.key = clock.key
      )
"""
_STORE = f"""
    INSERT INTO sla_clock AS kept ({CLOCK_COLUMNS}, store_id, brand_id, team_id)
    SELECT given.*, ticket.store_id, ticket.brand_id, ticket.team_id
    FROM unnest(
        %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::timestamptz[],
        %s::timestamptz[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::bigint[],
        %s::bigint[], %s::text[], %s::timestamptz[]
    ) AS given (
        ticket, key, kind, metric, conversation, message, started_at, due, outcome, met_at, breached_at,
        provisional_until, policy_version, hours_version, pack, next_alarm_at
    )
    JOIN tickets_ticket ticket ON ticket.id = given.ticket
    ON CONFLICT (ticket_id, key) DO UPDATE SET (
        metric, conversation_id, message_id, started_at, due, outcome, met_at, breached_at, provisional_until,
        policy_version_id, hours_version_id, pack, next_alarm_at, team_id
    ) = (
        excluded.metric, excluded.conversation_id, excluded.message_id, excluded.started_at, excluded.due,
        excluded.outcome, excluded.met_at, excluded.breached_at, excluded.provisional_until,
        excluded.policy_version_id, excluded.hours_version_id, excluded.pack, excluded.next_alarm_at, excluded.team_id
    )
    WHERE (
        kept.metric, kept.conversation_id, kept.message_id, kept.started_at, kept.due, kept.outcome, kept.met_at,
        kept.breached_at, kept.provisional_until, kept.policy_version_id, kept.hours_version_id, kept.pack,
        kept.next_alarm_at, kept.team_id
    ) IS DISTINCT FROM (
        excluded.metric, excluded.conversation_id, excluded.message_id, excluded.started_at, excluded.due,
        excluded.outcome, excluded.met_at, excluded.breached_at, excluded.provisional_until,
        excluded.policy_version_id, excluded.hours_version_id, excluded.pack, excluded.next_alarm_at, excluded.team_id
    )
"""
