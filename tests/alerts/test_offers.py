"""What nobody has accepted yet."""

from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING
from tresen.alerts.handing_over import Receiver, accept, offer
from tresen.alerts.offers import open_offers
from tresen.tickets.models import Ticket
from tresen.tickets.solving import solve

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def handed_over(*, asked_at: int, offered_at: int) -> Ticket:
    ticket = a_ticket(at=MONDAY + asked_at * HOUR)
    giver, receiver = an_agent(ticket.team), an_agent(ticket.team)
    at = MONDAY + offered_at * HOUR
    offer(ticket.pk, to=Receiver(agent=receiver.pk), note="Bitte.", giver_id=giver.pk, at=at)
    return ticket


def test_what_must_be_acted_on_first_stands_first() -> None:
    later, sooner = handed_over(asked_at=5, offered_at=6), handed_over(asked_at=0, offered_at=7)
    found = open_offers(EVERYTHING)
    assert [one.made.ticket_id for one in found] == [sooner.pk, later.pk]
    assert all(one.act_by for one in found)


def test_only_what_waits_in_the_scope_is_listed() -> None:
    accepted, solved, waits = (handed_over(asked_at=0, offered_at=hour) for hour in (1, 2, 3))
    receiver = open_offers(EVERYTHING)[0].made.to_agent_id
    assert receiver is not None
    accept(accepted.pk, agent_id=_receiver(accepted), at=MONDAY + 4 * HOUR)
    solve(solved.pk, by=SYSTEM, at=MONDAY + 4 * HOUR)
    assert [one.made.ticket_id for one in open_offers(EVERYTHING)] == [waits.pk]
    assert open_offers(NOTHING) == []


def _receiver(ticket: Ticket) -> int:
    return next(one.made.to_agent_id or 0 for one in open_offers(EVERYTHING) if one.made.ticket_id == ticket.pk)
