"""A ticket under a ladder, and who stands on its rungs."""

from collections.abc import Mapping
from datetime import timedelta

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent, Role, TeamMembership
from tresen.sla.defaults import create_defaults
from tresen.sla.editing import change_policy
from tresen.sla.models import Policy
from tresen.staffing.models import Timetable
from tresen.tickets.assigning import assign
from tresen.tickets.models import Ticket

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
OWN_DUE = MONDAY + 14 * HOUR


def standing(*ladder: Mapping[str, object] | None) -> Ticket:
    """A ticket under the standard policies; with steps given, under a ladder of these."""
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    # Everybody here works around the clock, unless a test says otherwise.
    Timetable.objects.update(is_default=False)
    if ladder:
        for policy in Policy.objects.filter(retired_at=None):
            version = policy.versions.latest("number")
            targets = {**version.targets, "ladder": list(ladder)}
            change_policy(policy.pk, conditions=version.conditions, targets=targets, by=SYSTEM, at=MONDAY - HOUR)
    return a_ticket()


def in_team(ticket: Ticket, *, leads: bool = False, **given: object) -> Agent:
    agent = an_agent(role=Role.LEAD if leads else Role.AGENT)
    Agent.objects.filter(pk=agent.pk).update(**given)
    TeamMembership.objects.create(team=ticket.team, agent=agent, leads=leads)
    return agent


def assigned(ticket: Ticket) -> Agent:
    agent = in_team(ticket)
    assign(ticket.pk, assignee_id=agent.pk, by=SYSTEM, at=MONDAY)
    return agent
