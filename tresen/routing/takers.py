"""Agents and tickets as the choice of who takes what sees them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import connection

from tresen.accounts.models import Experience
from tresen.routing.choosing import Taker, Work
from tresen.stores.connectors import connectors

URGENT_TIER = 1


def takers_of(agents: Collection[int], *, at: datetime) -> dict[int, Taker]:
    """These agents, with what each holds at `at`: assigned tickets that need us, and leases. Those locked out left out.

    One statement, whatever their number.
    """
    channels = channel_keys()
    with connection.cursor() as cursor:
        cursor.execute(_TAKERS, {"agents": list(agents), "at": at})
        return {
            agent: Taker(
                agent=agent,
                languages=frozenset(languages),
                channels=channels & frozenset(skills),
                skills=frozenset(skills) - channels,
                experience=Experience(experience),
                held=held,
                capacity=capacity,
            )
            for agent, languages, skills, experience, capacity, held in cursor
        }


def work_of(tickets: Collection[int]) -> Mapping[int, Work]:
    """These tickets as work. A ticket needs a skill when it has a tag that is called as a skill some agent has."""
    channels = channel_keys()
    with connection.cursor() as cursor:
        cursor.execute(_WORK, [list(tickets)])
        return {
            ticket: Work(
                language=language, channel=channel, needs=frozenset(needs) - channels, urgent=tier <= URGENT_TIER
            )
            for ticket, language, channel, tier, needs in cursor
        }


def channel_keys() -> frozenset[str]:
    """The skills that say for which channels an agent was trained: no tag asks for one of these."""
    return frozenset(one.key for one in connectors())


HELD = """
    SELECT count(*) FROM (
        SELECT place.ticket_id FROM routing_queueplace place
        WHERE place.assignee_id = agent.id AND NOT place.on_its_way AND NOT place.in_chat
          AND place.actionable_from <= %(at)s
        UNION
        SELECT lease.ticket_id FROM routing_lease lease
        JOIN routing_queueplace place ON place.ticket_id = lease.ticket_id
        WHERE lease.agent_id = agent.id AND lease.until > %(at)s AND place.assignee_id IS NULL
    ) AS held
"""
_TAKERS = f"""
    SELECT agent.id, agent.languages, agent.skills, agent.experience, agent.capacity, ({HELD})
    FROM accounts_agent agent WHERE agent.id = ANY(%(agents)s) AND agent.is_active ORDER BY agent.id
"""
_WORK = """
    SELECT ticket.id, ticket.language, store.channel, coalesce(place.queue_tier, ticket.risk_tier), ARRAY(
        SELECT DISTINCT lower(tag.name) FROM tickets_tickettag tagged JOIN tickets_tag tag ON tag.id = tagged.tag_id
        WHERE tagged.ticket_id = ticket.id
          AND lower(tag.name) IN (SELECT unnest(skills) FROM accounts_agent WHERE is_active)
    )
    FROM tickets_ticket ticket JOIN stores_store store ON store.id = ticket.store_id
    LEFT JOIN routing_queueplace place ON place.ticket_id = ticket.id
    WHERE ticket.id = ANY(%s)
"""
