"""“Next”: each press gets another ticket."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING
from tresen.routing.leasing import HELD_FOR, hold, holder_of, next_for, release, skip
from tresen.tickets.assigning import assign


def _open(store, count: int) -> list[int]:
    return [
        filed(store, a_message(sender=f"b{n}@marketplace.amazon.de", at=MONDAY + timedelta(minutes=n)))[0].ticket.id
        for n in range(count)
    ]


@pytest.mark.django_db(transaction=True)
def test_fourteen_presses_at_once_get_fourteen_tickets() -> None:
    store = a_store()
    tickets = _open(store, 16)
    agents = [an_agent(store.default_team).pk for _ in range(14)]

    def press(agent: int) -> int | None:
        try:
            return next_for(agent, scope=EVERYTHING, at=MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(14) as pool:
        served = list(pool.map(press, agents))
    assert sorted(served) == sorted(set(served))
    assert set(served) <= set(tickets)


@pytest.mark.django_db(transaction=True)
def test_presses_at_once_over_several_teams_leave_nobody_without_work() -> None:
    tickets = [number for _ in range(7) for number in _open(a_store(), 2)]
    agents = [an_agent().pk for _ in range(14)]
    together = Barrier(14)

    def press(agent: int) -> int | None:
        try:
            together.wait()
            return next_for(agent, scope=EVERYTHING, at=MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(14) as pool:
        assert sorted(pool.map(press, agents), key=str) == sorted(tickets, key=str)


@pytest.mark.django_db
def test_the_most_urgent_of_all_teams_is_served() -> None:
    later, sooner = a_store(), a_store()
    filed(later, a_message(sender="late@marketplace.amazon.de", at=MONDAY + timedelta(hours=1)))
    filing, *_ = filed(sooner, a_message(sender="soon@marketplace.amazon.de", at=MONDAY))
    assert next_for(an_agent().pk, scope=EVERYTHING, at=MONDAY + timedelta(hours=2)) == filing.ticket.id


@pytest.mark.django_db
def test_the_most_urgent_free_ticket_is_served_and_the_lease_of_the_one_left_is_given_back() -> None:
    store = a_store()
    first, second = _open(store, 2)
    one, other = an_agent().pk, an_agent().pk
    assert next_for(one, scope=EVERYTHING, at=MONDAY) == first
    assert next_for(other, scope=EVERYTHING, at=MONDAY) == second
    assert next_for(an_agent().pk, scope=EVERYTHING, at=MONDAY) is None
    release(first, agent_id=one)
    assert next_for(other, scope=EVERYTHING, at=MONDAY, leaving=second) == first
    assert holder_of(second, at=MONDAY) is None


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_taken_over() -> None:
    (ticket,) = _open(a_store(), 1)
    assert hold(ticket, agent_id=an_agent().pk, at=MONDAY)
    assert not hold(ticket, agent_id=an_agent().pk, at=MONDAY + timedelta(minutes=1))
    assert next_for(an_agent().pk, scope=EVERYTHING, at=MONDAY + HELD_FOR) == ticket


@pytest.mark.django_db
def test_what_was_skipped_is_not_served_again_soon() -> None:
    (ticket,) = _open(a_store(), 1)
    agent = an_agent().pk
    skip(ticket, agent_id=agent, reason="language", at=MONDAY)
    assert next_for(agent, scope=EVERYTHING, at=MONDAY) is None
    assert next_for(an_agent().pk, scope=EVERYTHING, at=MONDAY) == ticket


@pytest.mark.django_db
@pytest.mark.parametrize(("reason", "served"), [("needs_expert", True), ("waiting_for_fact", False)])
def test_what_was_ones_own_and_is_passed_on_to_others_is_free_for_them(reason: str, *, served: bool) -> None:
    store = a_store()
    (ticket,) = _open(store, 1)
    agent, other = an_agent(store.default_team).pk, an_agent(store.default_team).pk
    assign(ticket, assignee_id=agent, by=SYSTEM, at=MONDAY)
    skip(ticket, agent_id=agent, reason=reason, at=MONDAY)
    assert (next_for(other, scope=EVERYTHING, at=MONDAY) == ticket) is served


@pytest.mark.django_db
def test_an_empty_scope_is_served_nothing() -> None:
    _open(a_store(), 1)
    assert next_for(an_agent().pk, scope=NOTHING, at=MONDAY) is None


@pytest.mark.django_db
def test_two_browsers_of_one_agent_never_get_the_same() -> None:
    first, second = _open(a_store(), 2)
    agent = an_agent().pk
    assert next_for(agent, scope=EVERYTHING, at=MONDAY) == first
    assert next_for(agent, scope=EVERYTHING, at=MONDAY) == second
    assert next_for(agent, scope=EVERYTHING, at=MONDAY) is None
    assert holder_of(first, at=MONDAY) == holder_of(second, at=MONDAY) == agent


@pytest.mark.django_db
def test_pressing_again_without_having_done_anything_passes_nothing_on() -> None:
    first, _second = _open(a_store(), 2)
    agent = an_agent().pk
    assert next_for(agent, scope=EVERYTHING, at=MONDAY) == first
    assert next_for(agent, scope=EVERYTHING, at=MONDAY, leaving=first) == first
