"""Verbs for several rows ask how a ticket stands when it is locked, not when its row was read."""

import pytest

from tests.factories.shops import an_agent
from tresen.accounts.actors import Actor
from tresen.tickets.assigning import assign
from tresen.tickets.solving import solve
from tresen.workspace.queue.selection_verbs import VERBS, Asked, Refused


@pytest.fixture
def asked(agent, later):
    return Asked(by=Actor.agent(agent.pk), at=later)


def test_what_a_colleague_took_since_the_row_was_read_stays_his(ticket, team, asked, later):
    colleague = an_agent(team)
    assign(ticket.pk, assignee_id=colleague.pk, by=asked.by, at=later)
    take, _way_back = VERBS["take"]

    with pytest.raises(Refused, match="somebody has them already"):
        take(ticket, asked)

    ticket.refresh_from_db()
    assert ticket.assignee == colleague


def test_what_was_solved_since_the_row_was_read_is_given_to_nobody(ticket, asked, later):
    solve(ticket.pk, by=asked.by, at=later)
    take, _way_back = VERBS["take"]

    with pytest.raises(Refused, match="they are solved"):
        take(ticket, asked)
