"""Who stands on which rung for a ticket: only people who may see it, so that a notice never leads nowhere."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from tresen.accounts.models import Agent, Role
from tresen.sla.ladders import Rung


@dataclass(frozen=True, slots=True)
class People:
    """Those who can be told about a ticket. `manages`: admins see all."""

    assignee: int | None
    leads: tuple[int, ...]
    admins: tuple[int, ...]

    def on(self, rung: Rung) -> tuple[int, ...]:
        """Who stands there; where nobody does, who stands above. The on-call address is no agent."""
        match rung:
            case Rung.ASSIGNEE:
                return (self.assignee,) if self.assignee is not None else self.on(Rung.LEAD)
            case Rung.LEAD:
                return self.leads or self.admins
            case Rung.ADMIN:
                return self.admins
            case Rung.ON_CALL:
                return ()

    def told(self, rungs: Collection[Rung]) -> tuple[int, ...]:
        """All who stand on these rungs, each once, in the order of the ladder."""
        return tuple(dict.fromkeys(agent for rung in Rung if rung in rungs for agent in self.on(rung)))


def people_of(tickets: Collection[int]) -> dict[int, People]:
    """Who can be told about each of these tickets. Two queries."""
    leads: dict[int, set[int]] = defaultdict(set)
    assignees: dict[int, int | None] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [list(tickets)])
        for ticket, assignee, lead in cursor:
            assignees[ticket] = assignee
            if lead is not None:
                leads[ticket].add(lead)
    managing = Agent.objects.filter(role=Role.ADMIN, is_active=True)
    admins = tuple(managing.order_by("pk").values_list("pk", flat=True))
    return {ticket: People(assignees.get(ticket), tuple(sorted(leads[ticket])), admins) for ticket in tickets}


_PEOPLE = """
    SELECT ticket.id, assignee.id, lead.id
    FROM tickets_ticket ticket
    LEFT JOIN accounts_agent assignee ON assignee.id = ticket.assignee_id AND assignee.is_active
    LEFT JOIN accounts_teammembership post ON post.team_id = ticket.team_id AND post.leads
    LEFT JOIN accounts_agent lead ON lead.id = post.agent_id AND lead.is_active AND (
        lead.everything OR lead.role = 'admin'
        OR EXISTS (SELECT FROM stores_storegrant g WHERE g.agent_id = lead.id AND g.store_id = ticket.store_id)
        OR EXISTS (SELECT FROM stores_brandgrant g WHERE g.agent_id = lead.id AND g.brand_id = ticket.brand_id)
    )
    WHERE ticket.id = ANY(%s)
"""
