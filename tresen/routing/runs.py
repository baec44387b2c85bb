"""Runs: after an answer, more of the same product is offered, so that what was just looked up serves again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent
from tresen.accounts.scope import Scope
from tresen.batches.cursors import batch_cursor
from tresen.routing.choosing import may_take
from tresen.routing.leasing import hold, holder_of, release
from tresen.routing.queues import within
from tresen.routing.takers import takers_of, work_of
from tresen.tickets.assigning import CannotSee, Taken, take
from tresen.tickets.locking import TicketSettled

MOST = 5
"""So many are offered at once: more would keep them from others for too long."""
NEAR = 200
"""Looked for among so many of each team's most urgent: a run must not draw people away from what comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Free tickets about the product of the one that was answered, the most urgent first."""

    product: str
    tickets: Sequence[int]


def run_after(ticket_id: int, *, agent_id: int, scope: Scope, at: datetime) -> Run | None:
    """What else is free about the same product and this agent may take; None where nothing is."""
    inside = within(scope)
    params: dict[str, Any] = {
        **inside.params,
        "ticket": ticket_id,
        "at": at,
        "agent": agent_id,
        "most": 4 * MOST,
        "near": NEAR,
    }
    with batch_cursor() as cursor:
        cursor.execute(_ALIKE.format(in_scope=inside.clause), params | {"most": 4 * MOST, "near": NEAR})
        found = cursor.fetchall()
    taker = takers_of([agent_id], at=at).get(agent_id)
    if not found or taker is None:
        return None
    room = MOST if taker.capacity is None else min(MOST, taker.capacity - taker.held)
    work = work_of([ticket for ticket, _ in found])
    able = [ticket for ticket, _ in found if may_take(taker, work[ticket])][: max(room, 0)]
    return Run(product=found[0][1], tickets=able) if able else None


def take_run(tickets: Sequence[int], *, agent_id: int, by: Actor, at: datetime) -> list[int]:
    """Give these to the agent, as far as nobody was quicker; gives those that are the agent's now."""
    return [ticket for ticket in sorted(tickets) if _taken(ticket, agent_id=agent_id, by=by, at=at)]


def _taken(ticket: int, *, agent_id: int, by: Actor, at: datetime) -> bool:
    """Whether it is the agent's now. What somebody was served since it was offered stays with them.

    Leased first, and in a transaction of its own: a press of "next" locks place and lease in the other order.
    """
    works_on_it = holder_of(ticket, at=at) == agent_id
    if hold(ticket, agent_id=agent_id, at=at) is None:
        return False
    try:
        take(ticket, agent_id=agent_id, by=by, at=at)
    except (Taken, TicketSettled, CannotSee, Agent.DoesNotExist):
        return False
    finally:
        if not works_on_it:
            release(ticket, agent_id=agent_id)
    return True


_ALIKE = """
    WITH product AS (
        SELECT line.sku, line.title
        FROM tickets_ticketorder named JOIN orders_orderline line ON line.order_id = named.order_id
        WHERE named.ticket_id = %(ticket)b AND line.sku <> ''
        ORDER BY named."primary" DESC, named.id, line.position LIMIT 1
    ), near AS (
        SELECT first.* FROM unnest(%(teams)b::bigint[]) AS visible (team)
        CROSS JOIN LATERAL (
            SELECT place.ticket_id, place.queue_tier, place.sort_at FROM routing_queueplace place
            WHERE place.team_id = visible.team AND place.assignee_id IS NULL AND NOT place.on_its_way
              AND NOT place.in_chat
              AND place.ticket_id <> %(ticket)b AND place.actionable_from <= %(at)b {in_scope}
              AND NOT EXISTS (
                SELECT FROM routing_lease lease WHERE lease.ticket_id = place.ticket_id AND lease.until > %(at)b)
              AND NOT EXISTS (
                SELECT FROM routing_skip skip
                WHERE skip.ticket_id = place.ticket_id AND skip.agent_id = %(agent)b AND skip.until > %(at)b)
            ORDER BY place.queue_tier, place.sort_at, place.ticket_id LIMIT %(near)b
        ) AS first
    )
    SELECT near.ticket_id, product.title FROM product CROSS JOIN near
    WHERE EXISTS (
        SELECT FROM tickets_ticketorder named JOIN orders_orderline line ON line.order_id = named.order_id
        WHERE named.ticket_id = near.ticket_id AND line.sku = product.sku)
    ORDER BY near.queue_tier, near.sort_at, near.ticket_id LIMIT %(most)b
"""
