"""How an agent in a scene gets the next piece of work: by the product's own *next*, or in plain order of arrival."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from tresen.accounts.models import Agent
from tresen.routing.leasing import HELD_FOR, next_for
from tresen.stores.granting import scope_of

type Serve = Callable[[int, datetime], int | None]
"""Gives the agent of this id, at this time, a ticket to work on, or None when nothing waits."""


def by_next(agent_id: int, at: datetime) -> int | None:
    """What pressing *next* gives."""
    return next_for(agent_id, scope=scope_of(Agent.objects.get(pk=agent_id)), at=at)


@transaction.atomic
def by_arrival(agent_id: int, at: datetime) -> int | None:
    """What came first and nobody has in hand: as a shared mailbox is worked through."""
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, {"agent": agent_id, "at": at, "until": at + HELD_FOR})
        row = cursor.fetchone()
        return row[0] if row else None


SERVES: dict[str, Serve] = {"Tresen's next": by_next, "order of arrival": by_arrival}

_OLDEST = """
    WITH oldest AS (
        SELECT ticket.id FROM routing_queueplace place JOIN tickets_ticket ticket ON ticket.id = place.ticket_id
        WHERE NOT place.on_its_way AND place.actionable_from <= %(at)s
          AND NOT EXISTS (SELECT FROM routing_lease l WHERE l.ticket_id = place.ticket_id AND l.until > %(at)s)
        ORDER BY ticket.last_message_at, ticket.id LIMIT 1
    )
    INSERT INTO routing_lease (ticket_id, agent_id, until) SELECT id, %(agent)s, %(until)s FROM oldest
    ON CONFLICT (ticket_id) DO UPDATE SET agent_id = excluded.agent_id, until = excluded.until
    RETURNING ticket_id
"""
