"""Who stands on which rung for a ticket: only people who may see it, so that a notice never leads nowhere."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from tresen.accounts.models import Agent, Role
from tresen.alerts.models import WaysOut
from tresen.sla.ladders import Rung
from tresen.staffing.on_call import on_call_at
from tresen.stores.granting import scope_of


@dataclass(frozen=True, slots=True)
class People:
    """Those who can be told about a ticket: admins see all; `on_call` are who can be called now."""

    assignee: int | None
    leads: tuple[int, ...]
    admins: tuple[int, ...]
    on_call: tuple[int, ...] = ()

    def on(self, rung: Rung) -> tuple[int, ...]:
        """Who stands there; where nobody does, who stands above. Beside those on call stands the on-call address."""
        match rung:
            case Rung.ASSIGNEE:
                return (self.assignee,) if self.assignee is not None else self.on(Rung.LEAD)
            case Rung.LEAD:
                return self.leads or self.admins
            case Rung.ADMIN:
                return self.admins
            case Rung.ON_CALL:
                return self.on_call

    def told(self, rungs: Collection[Rung]) -> tuple[int, ...]:
        """All who stand on these rungs, each once, in the order of the ladder."""
        return tuple(dict.fromkeys(agent for rung in Rung if rung in rungs for agent in self.on(rung)))


def people_of(tickets: Collection[int], *, at: datetime) -> dict[int, People]:
    """Who can be told about each of these tickets at `at`. Four queries, and some for each agent on call."""
    leads: dict[int, set[int]] = defaultdict(set)
    assignees: dict[int, int | None] = {}
    places: dict[int, Where] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [list(tickets)])
        for ticket, assignee, lead, *where in cursor:
            assignees[ticket], places[ticket] = assignee, Where(*where)
            if lead is not None:
                leads[ticket].add(lead)
    managing = Agent.objects.filter(role=Role.ADMIN, is_active=True)
    admins = tuple(managing.order_by("pk").values_list("pk", flat=True))
    called = _on_call(places, at)
    return {
        ticket: People(assignees.get(ticket), tuple(sorted(leads[ticket])), admins, called.get(ticket, ()))
        for ticket in tickets
    }


class Where(NamedTuple):
    """What decides who may see a ticket."""

    team: int
    store: int
    brand: int


def mail_leaves_to_on_call() -> bool:
    """Whether there is an on-call address, and a mailbox from which it is written to."""
    return WaysOut.objects.exclude(mailbox=None).exclude(on_call_email="").exists()


def _on_call(places: Mapping[int, Where], at: datetime) -> dict[int, tuple[int, ...]]:
    called = on_call_at(at)
    agents = Agent.objects.in_bulk(called)
    scopes = {agent: scope_of(agents[agent]) for agent in called}
    return {
        ticket: tuple(agent for agent, scope in scopes.items() if scope.shows(**where._asdict()))
        for ticket, where in places.items()
    }


_PEOPLE = """
    SELECT ticket.id, assignee.id, lead.id, ticket.team_id, ticket.store_id, ticket.brand_id
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
