from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.inviting import deactivate
from tresen.accounts.models import Agent, TeamMembership
from tresen.accounts.scope import EVERYTHING
from tresen.routing.leasing import next_for
from tresen.routing.models import QueuePlace
from tresen.stores.granting import grant
from tresen.tickets.assigning import CannotSee, Taken, assign, give_back_unseen, move, take
from tresen.tickets.locking import TicketSettled
from tresen.tickets.models import Ticket, TicketEvent
from tresen.tickets.solving import solve

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def test_who_is_assigned_stands_in_the_queue_too() -> None:
    ticket = a_ticket()
    agent = an_agent(ticket.team)
    assign(ticket.pk, assignee_id=agent.pk, by=SYSTEM, at=LATER)
    assert Ticket.objects.get().assignee == QueuePlace.objects.get().assignee == agent


def test_nobody_is_given_a_ticket_that_he_cannot_see() -> None:
    ticket = a_ticket()
    of_another_team = an_agent()
    of_another_store = an_agent(ticket.team, everything=False)
    grant(of_another_store.pk, stores=[a_store().pk], brands=[], by=SYSTEM, at=MONDAY)
    for agent in (of_another_team, of_another_store):
        with pytest.raises(CannotSee):
            assign(ticket.pk, assignee_id=agent.pk, by=SYSTEM, at=LATER)
    assert Ticket.objects.get().assignee is None


def test_nobody_is_given_a_ticket_who_is_not_there_any_more() -> None:
    ticket = a_ticket()
    agent = an_agent(ticket.team)
    deactivate(agent.pk, by=SYSTEM, at=MONDAY)
    with pytest.raises(Agent.DoesNotExist):
        assign(ticket.pk, assignee_id=agent.pk, by=SYSTEM, at=LATER)


def test_what_an_agent_sees_no_longer_is_given_back_and_served_to_others() -> None:
    store = a_store()
    kept, lost = a_ticket(store), a_ticket(a_store(), sender="b@marketplace.amazon.de")
    agent = an_agent(kept.team, lost.team)
    for ticket in (kept, lost):
        assign(ticket.pk, assignee_id=agent.pk, by=SYSTEM, at=LATER)
    TeamMembership.objects.filter(agent=agent, team=lost.team).delete()
    assert give_back_unseen(agent.pk, by=SYSTEM, at=LATER) == 1
    lost.refresh_from_db()
    kept.refresh_from_db()
    assert (kept.assignee, lost.assignee) == (agent, None)
    assert next_for(an_agent().pk, scope=EVERYTHING, at=LATER) == lost.pk


def test_giving_back_twice_records_it_once() -> None:
    ticket = a_ticket()
    agent = an_agent(ticket.team)
    assign(ticket.pk, assignee_id=agent.pk, by=SYSTEM, at=LATER)
    deactivate(agent.pk, by=SYSTEM, at=LATER)
    assert give_back_unseen(agent.pk, by=SYSTEM, at=LATER) == 1
    assert give_back_unseen(agent.pk, by=SYSTEM, at=LATER) == 0
    assert TicketEvent.objects.filter(kind="ticket_assigned").count() == 2


def test_what_somebody_has_is_not_taken_from_him() -> None:
    ticket = a_ticket()
    first, second = an_agent(ticket.team), an_agent(ticket.team)
    take(ticket.pk, agent_id=first.pk, by=SYSTEM, at=LATER)
    for agent in (first, second):
        with pytest.raises(Taken) as taken:
            take(ticket.pk, agent_id=agent.pk, by=SYSTEM, at=LATER)
        assert taken.value.by == first.pk
    assert Ticket.objects.get().assignee == first


@pytest.mark.django_db(transaction=True)
def test_of_four_who_take_one_ticket_at_once_one_gets_it_and_the_others_hear_who() -> None:
    ticket = a_ticket()
    agents = [an_agent(ticket.team).pk for _ in range(4)]
    together = Barrier(4)

    def pressed(agent: int) -> int:
        try:
            together.wait()
            take(ticket.pk, agent_id=agent, by=Actor.agent(agent), at=LATER)
        except Taken as taken:
            return taken.by
        finally:
            connection.close()
        return agent

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(pressed, agents)) == {Ticket.objects.get().assignee_id}
    assert TicketEvent.objects.filter(kind="ticket_assigned").count() == 1


def test_what_is_solved_is_given_to_nobody_but_goes_with_its_team() -> None:
    ticket = a_ticket()
    agent = an_agent(ticket.team)
    assign(ticket.pk, assignee_id=agent.pk, by=SYSTEM, at=LATER)
    solve(ticket.pk, by=SYSTEM, at=LATER)
    with pytest.raises(TicketSettled):
        assign(ticket.pk, assignee_id=None, by=SYSTEM, at=LATER)
    move(ticket.pk, team_id=a_team().pk, by=SYSTEM, at=LATER)
    assert Ticket.objects.get().assignee is None
