from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.duties.models import RequestKind
from tresen.duties.requesting import fulfil_request, move_request, note_request, withdraw_request
from tresen.duties.resuming import resume
from tresen.sla.duty_facts import request_key
from tresen.sla.models import Clock
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = MONDAY + HOUR


@pytest.fixture
def ticket() -> Ticket:
    return a_ticket(a_store())


def clock() -> Clock:
    return Clock.objects.get(kind="legal")


def test_an_access_request_is_due_a_month_after_it_came_by_the_legal_pack(ticket: Ticket) -> None:
    note_request(ticket.pk, kind=RequestKind.ACCESS, received_at=MONDAY, by=SYSTEM, at=LATER)
    assert (clock().started_at, clock().due) == (MONDAY, MONDAY.replace(month=12))
    assert clock().pack.startswith("legal")


def test_the_money_of_a_withdrawal_is_due_in_14_days(ticket: Ticket) -> None:
    note_request(ticket.pk, kind=RequestKind.WITHDRAWAL, by=SYSTEM, at=LATER)
    assert clock().due == LATER + 14 * DAY


def test_it_ends_when_somebody_says_it_is_fulfilled_which_can_be_taken_back(ticket: Ticket) -> None:
    noted = note_request(ticket.pk, kind=RequestKind.ACCESS, by=SYSTEM, at=LATER)
    fulfil_request(noted.pk, by=SYSTEM, at=LATER + DAY)
    assert (clock().outcome, clock().met_at) == ("met", LATER + DAY)
    resume(ticket.pk, request_key(noted.pk), ended_at=LATER + DAY, by=SYSTEM, at=LATER + 2 * DAY)
    assert clock().outcome == "running"
    withdraw_request(noted.pk, by=SYSTEM, at=LATER + 3 * DAY)
    assert clock().outcome == "waived"


def test_its_date_can_be_extended_and_it_cannot_have_come_later_than_now(ticket: Ticket) -> None:
    noted = note_request(ticket.pk, kind=RequestKind.ACCESS, by=SYSTEM, at=LATER)
    move_request(noted.pk, due=LATER + 90 * DAY, by=SYSTEM, at=LATER + DAY)
    assert clock().due == LATER + 90 * DAY
    with pytest.raises(ValueError, match="later than now"):
        note_request(ticket.pk, kind=RequestKind.ACCESS, received_at=LATER + DAY, by=SYSTEM, at=LATER)
