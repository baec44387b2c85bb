"""Who can take a ticket over: asked of everybody at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Role
from tresen.alerts.recipients import people_of
from tresen.alerts.standing_in import successor
from tresen.sla.ladders import Reassign
from tresen.stores.granting import grant
from tresen.tickets import ledger
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket() -> Ticket:
    return a_ticket()


def found(ticket: Ticket) -> int | None:
    now = ledger.tickets_of([ticket.pk])[ticket.pk]
    return successor(Reassign.AVAILABLE, now, people_of([ticket.pk], at=MONDAY)[ticket.pk], at=MONDAY)


def test_only_who_may_see_the_ticket_takes_it_over(ticket: Ticket) -> None:
    an_agent(ticket.team, everything=False)
    assert found(ticket) is None
    of_store, of_brand = an_agent(ticket.team, everything=False), an_agent(ticket.team, everything=False)
    grant(of_brand.pk, stores=[], brands=[ticket.brand_id], by=SYSTEM, at=MONDAY)
    assert found(ticket) == of_brand.pk
    grant(of_store.pk, stores=[ticket.store_id], brands=[], by=SYSTEM, at=MONDAY)
    assert found(ticket) == of_store.pk
    grant(of_store.pk, stores=[], brands=[], by=SYSTEM, at=MONDAY)
    grant(of_brand.pk, stores=[], brands=[], by=SYSTEM, at=MONDAY)
    assert found(ticket) is None
    admin = an_agent(ticket.team, role=Role.ADMIN, everything=False)
    assert found(ticket) == admin.pk


def test_a_big_team_costs_no_more_questions_than_a_small_one(ticket: Ticket) -> None:
    an_agent(ticket.team)
    with CaptureQueriesContext(connection) as few:
        found(ticket)
    for _ in range(8):
        an_agent(ticket.team)
    with CaptureQueriesContext(connection) as many:
        found(ticket)
    assert len(many) == len(few)
