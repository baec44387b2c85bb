"""Taking the next piece of work: fourteen people press at once and get fourteen tickets."""

from datetime import datetime, timedelta
from typing import cast

from django.db import connection, transaction

from tresen.accounts.scope import Scope
from tresen.routing.models import Lease, Skip
from tresen.routing.queues import within

HELD_FOR = timedelta(minutes=10)
SKIPPED_FOR = timedelta(hours=4)
MOST_TRIES = 50
"""A ticket that somebody leased between our reading and our writing is left to him, and the next one is tried."""


@transaction.atomic
def next_for(agent_id: int, *, scope: Scope, at: datetime, leaving: int | None = None) -> int | None:
    """Lease the most urgent ticket that nobody holds to this agent; None when nothing waits.

    The agent's own tickets and unassigned ones are served; what an answer is leaving for, what rests until later and
    what the agent skipped is not. The lease of the ticket that the agent is `leaving` is given back; others stay: a
    second browser of the same agent works on another ticket.
    """
    if leaving is not None:
        release(leaving, agent_id=agent_id)
    inside = within(scope)
    params = {**inside.params, "agent": agent_id, "at": at, "until": at + HELD_FOR}
    with connection.cursor() as cursor:
        for _ in range(MOST_TRIES):
            cursor.execute(_NEXT.format(in_scope=inside.clause), params)
            found, leased = cursor.fetchone()
            if leased is not None or not found:
                return cast("int | None", leased)
    return None


def hold(ticket_id: int, *, agent_id: int, at: datetime) -> datetime | None:
    """Lease a ticket the agent opened himself, where nobody else holds it; until when it is his now."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, {"ticket": ticket_id, "agent": agent_id, "at": at, "until": at + HELD_FOR})
        return at + HELD_FOR if cursor.fetchone() is not None else None


def release(ticket_id: int, *, agent_id: int) -> None:
    """Give the agent's lease of this ticket back."""
    Lease.objects.filter(ticket_id=ticket_id, agent_id=agent_id).delete()


@transaction.atomic
def skip(ticket_id: int, *, agent_id: int, reason: str, at: datetime) -> None:
    """Pass the ticket on, with a reason; it is not served to this agent again for SKIPPED_FOR."""
    release(ticket_id, agent_id=agent_id)
    Skip.objects.update_or_create(
        ticket_id=ticket_id, agent_id=agent_id, defaults={"reason": reason[:40], "until": at + SKIPPED_FOR}
    )


def holder_of(ticket_id: int, *, at: datetime) -> int | None:
    """Who holds the ticket now."""
    return Lease.objects.filter(ticket_id=ticket_id, until__gt=at).values_list("agent_id", flat=True).first()


# Each branch walks its team's order as far as the first places that nobody holds: more than others could lock at one
# instant. Of all of them the most urgent is leased, and nothing else is locked. SKIP LOCKED lets presses at the same
# instant pass each other; a lease that ran out is taken over.
_NEXT = """
    WITH free AS MATERIALIZED (
        SELECT first.ticket_id FROM unnest(%(teams)s::bigint[]) AS visible (team)
        CROSS JOIN LATERAL (
            SELECT place.ticket_id FROM routing_queueplace place
            WHERE place.team_id = visible.team {in_scope}
              AND (place.assignee_id IS NULL OR place.assignee_id = %(agent)s)
              AND place.actionable_from <= %(at)s
              AND NOT place.on_its_way
              AND NOT EXISTS (
                SELECT FROM routing_lease lease WHERE lease.ticket_id = place.ticket_id AND lease.until > %(at)s)
              AND NOT EXISTS (
                SELECT FROM routing_skip skip
                WHERE skip.ticket_id = place.ticket_id AND skip.agent_id = %(agent)s AND skip.until > %(at)s)
            ORDER BY place.queue_tier, place.sort_at, place.ticket_id LIMIT 64
        ) AS first
    ), served AS (
        SELECT place.ticket_id FROM routing_queueplace place JOIN free ON free.ticket_id = place.ticket_id
        ORDER BY place.queue_tier, place.sort_at, place.ticket_id
        LIMIT 1 FOR UPDATE OF place SKIP LOCKED
    )
    , leased AS (
        INSERT INTO routing_lease AS held (ticket_id, agent_id, until)
        SELECT ticket_id, %(agent)s, %(until)s FROM served
        ON CONFLICT (ticket_id) DO UPDATE SET agent_id = excluded.agent_id, until = excluded.until
        WHERE held.until <= %(at)s
        RETURNING ticket_id
    )
    SELECT EXISTS (SELECT FROM served), (SELECT ticket_id FROM leased)
"""
_HOLD = """
    INSERT INTO routing_lease AS held (ticket_id, agent_id, until) VALUES (%(ticket)s, %(agent)s, %(until)s)
    ON CONFLICT (ticket_id) DO UPDATE SET agent_id = excluded.agent_id, until = excluded.until
    WHERE held.until <= %(at)s OR held.agent_id = excluded.agent_id
    RETURNING ticket_id
"""
