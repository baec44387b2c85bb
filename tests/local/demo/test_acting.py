"""What agents do in the story, where two matters of one buyer came to the same ticket."""

from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.local.demo.acting import Course, act
from tresen.local.demo.tale.happenings import Assigned, Done, Plot, Snoozed, Waited
from tresen.tickets.solving import solve

pytestmark = pytest.mark.django_db
NOON = MONDAY + timedelta(hours=4)


@pytest.mark.parametrize(
    "done",
    [
        Assigned(at=NOON, agent="deniz"),
        Snoozed(at=NOON, agent="deniz", until=NOON + timedelta(days=1)),
        Waited(at=NOON, agent="deniz", until=NOON + timedelta(days=1)),
    ],
    ids=lambda done: type(done).__name__,
)
def test_nobody_works_on_what_the_other_matter_solved(done: Done) -> None:
    ticket = a_ticket()
    answered(ticket)
    solve(ticket.pk, by=SYSTEM, at=NOON - timedelta(hours=1))
    plot = Plot(thread=None, intent="", vip=False, happenings=())  # type: ignore[arg-type]
    act(Course(plot=plot, ticket=ticket.pk), done, by=Actor.agent(an_agent().pk))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee_id) == ("solved", None)
