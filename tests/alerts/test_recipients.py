"""Who is on which rung of the ladder for a ticket."""

from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent, Role, TeamMembership
from tresen.alerts.recipients import people_of
from tresen.sla.ladders import Rung
from tresen.staffing.on_call import put_on_call
from tresen.stores.granting import grant
from tresen.tickets.assigning import assign
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def told(ticket: Ticket, *rungs: Rung) -> tuple[int, ...]:
    return people_of([ticket.pk], at=MONDAY)[ticket.pk].told(rungs)


def a_lead(ticket: Ticket, *, everything: bool = True) -> Agent:
    lead = an_agent(role=Role.LEAD, everything=everything)
    TeamMembership.objects.create(team=ticket.team, agent=lead, leads=True)
    return lead


@pytest.fixture
def ticket() -> Ticket:
    return a_ticket()


@pytest.fixture
def assignee(ticket: Ticket) -> Agent:
    agent = an_agent(ticket.team)
    assign(ticket.pk, assignee_id=agent.pk, by=SYSTEM, at=MONDAY)
    return agent


def test_each_rung_has_its_people(ticket: Ticket, assignee: Agent) -> None:
    lead, admin = a_lead(ticket), an_agent(role=Role.ADMIN)
    assert told(ticket, Rung.ASSIGNEE) == (assignee.pk,)
    assert told(ticket, Rung.LEAD) == (lead.pk,)
    assert told(ticket, Rung.ADMIN) == (admin.pk,)
    assert told(ticket, Rung.ON_CALL) == ()
    assert told(ticket, Rung.ADMIN, Rung.ASSIGNEE) == (assignee.pk, admin.pk)


def test_a_lead_who_answers_himself_is_told_once(ticket: Ticket) -> None:
    lead = a_lead(ticket)
    assign(ticket.pk, assignee_id=lead.pk, by=SYSTEM, at=MONDAY)
    assert told(ticket, Rung.ASSIGNEE, Rung.LEAD) == (lead.pk,)


def test_what_nobody_answers_for_goes_to_the_leads_else_to_the_admins(ticket: Ticket) -> None:
    admin = an_agent(role=Role.ADMIN)
    assert told(ticket, Rung.ASSIGNEE) == (admin.pk,)
    lead = a_lead(ticket)
    assert told(ticket, Rung.ASSIGNEE) == (lead.pk,)


def test_who_cannot_sign_in_any_more_is_passed_over(ticket: Ticket, assignee: Agent) -> None:
    lead, admin = a_lead(ticket), an_agent(role=Role.ADMIN)
    Agent.objects.filter(pk__in=[assignee.pk, lead.pk]).update(is_active=False)
    assert told(ticket, Rung.ASSIGNEE, Rung.LEAD) == (admin.pk,)


def test_a_lead_who_may_not_see_the_ticket_is_not_told_of_it(ticket: Ticket) -> None:
    blind, granted = a_lead(ticket, everything=False), a_lead(ticket, everything=False)
    at = MONDAY + timedelta(hours=1)
    grant(granted.pk, stores=[ticket.store_id], brands=[], by=SYSTEM, at=at)
    assert told(ticket, Rung.LEAD) == (granted.pk,)
    grant(blind.pk, stores=[], brands=[ticket.brand_id], by=SYSTEM, at=at)
    assert told(ticket, Rung.LEAD) == (blind.pk, granted.pk)


def test_where_there_is_nobody_nobody_is_told(ticket: Ticket) -> None:
    assert told(ticket, *Rung) == ()


def test_who_is_on_call_stands_on_the_last_rung_if_they_may_see_the_ticket(ticket: Ticket) -> None:
    hour = timedelta(hours=1)
    called, blind, later = an_agent(ticket.team), an_agent(everything=False), an_agent(ticket.team)
    for agent, starts in ((called, MONDAY - hour), (blind, MONDAY - hour), (later, MONDAY + hour)):
        put_on_call(agent.pk, starts=starts, ends=MONDAY + 9 * hour, by=SYSTEM, at=MONDAY)
    assert told(ticket, Rung.ON_CALL) == (called.pk,)
