"""More of the same product is offered after an answer, as far as the agent can take it."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.products import bought
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.abilities import Abilities, set_abilities
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING
from tresen.routing.leasing import hold, holder_of, next_for, skip
from tresen.routing.runs import MOST, run_after, take_run
from tresen.tickets.assigning import assign
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return a_store()


@pytest.fixture
def agent(store):
    return an_agent(store.default_team).pk


def asks(store, n: int, *, sku: str = "LAMP-1") -> int:
    message = a_message(sender=f"b{n}@marketplace.amazon.de", at=MONDAY + timedelta(minutes=n))
    ticket = filed(store, message)[0].ticket.id
    bought(ticket, sku=sku)
    return ticket


def offered(ticket: int, agent: int, *, scope=EVERYTHING):
    return run_after(ticket, agent_id=agent, scope=scope, at=MONDAY + timedelta(hours=1))


def test_what_is_free_about_the_same_product_is_offered_the_most_urgent_first(store, agent):
    answered, other, first, second = asks(store, 0), asks(store, 1, sku="SHADE"), asks(store, 2), asks(store, 3)
    run = offered(answered, agent)
    assert (run.product, run.tickets) == ("Mira table lamp", [first, second])
    assert offered(other, agent) is None


def test_what_others_hold_or_answer_for_and_what_the_agent_skipped_is_not_offered(store, agent):
    answered, held, assigned, skipped = (asks(store, n) for n in range(4))
    other = an_agent(store.default_team).pk
    hold(held, agent_id=other, at=MONDAY + timedelta(minutes=55))
    assign(assigned, assignee_id=other, by=SYSTEM, at=MONDAY)
    skip(skipped, agent_id=agent, reason="language", at=MONDAY)
    assert offered(answered, agent) is None


def test_no_more_is_offered_than_fits_and_nothing_that_the_agent_cannot_answer(store, agent):
    answered, *others = (asks(store, n) for n in range(MOST + 4))
    assert len(offered(answered, agent).tickets) == MOST
    set_abilities(agent, Abilities(capacity=2), by=SYSTEM, at=MONDAY)
    assert offered(answered, agent).tickets == others[:2]
    set_abilities(agent, Abilities(languages=["it"]), by=SYSTEM, at=MONDAY)
    assert offered(answered, agent) is None


def test_nothing_out_of_sight_is_offered(store, agent):
    answered, _other = asks(store, 0), asks(store, 1)
    assert offered(answered, agent, scope=NOTHING) is None


def test_what_is_taken_is_the_agents_and_next_gives_it_first_and_what_somebody_took_meanwhile_is_left(store, agent):
    urgent, lost, taken = asks(store, 0, sku="SHADE"), asks(store, 1), asks(store, 2)
    assign(lost, assignee_id=an_agent(store.default_team).pk, by=SYSTEM, at=MONDAY)
    assert take_run([lost, taken], agent_id=agent, by=SYSTEM, at=MONDAY) == [taken]
    assert Ticket.objects.get(pk=taken).assignee_id == agent
    served = [next_for(agent, scope=EVERYTHING, at=MONDAY) for _ in range(2)]
    assert served == [taken, urgent]


def test_what_somebody_else_was_served_since_it_was_offered_stays_with_them(store, agent):
    answered, served = asks(store, 0), asks(store, 1)
    run = offered(answered, agent)
    other = an_agent(store.default_team).pk
    later = MONDAY + timedelta(hours=1)
    hold(answered, agent_id=agent, at=later)
    assert next_for(other, scope=EVERYTHING, at=later) == served
    assert take_run(run.tickets, agent_id=agent, by=SYSTEM, at=later) == []
    assert Ticket.objects.get(pk=served).assignee_id is None
    assert holder_of(served, at=later) == other
