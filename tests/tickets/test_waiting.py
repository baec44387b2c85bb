"""Waiting for somebody, with a chase date or without."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.tickets.locking import TicketSettled
from tresen.tickets.models import Status, Ticket, TicketEvent, WaitingOn
from tresen.tickets.replaying import differences
from tresen.tickets.solving import solve
from tresen.tickets.waiting import stop_waiting, wait

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
FRIDAY = MONDAY + timedelta(days=4)


def test_a_ticket_says_whom_it_waits_for_and_until_when() -> None:
    ticket = a_ticket()
    wait(ticket.pk, on=WaitingOn.THIRD_PARTY, until=FRIDAY, by=SYSTEM, at=LATER)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_on, ticket.snoozed_until) == ("waiting", "third_party", FRIDAY)
    assert differences([ticket.pk]) == []


def test_a_wait_without_a_date_ends_when_the_customer_writes() -> None:
    ticket = a_ticket()
    wait(ticket.pk, on=WaitingOn.CUSTOMER, by=SYSTEM, at=LATER)
    assert Ticket.objects.get().snoozed_until is None
    filed(ticket.store, a_message(at=LATER + timedelta(hours=1)))
    waiting = Ticket.objects.get()
    assert (waiting.status, waiting.waiting_on) == (Status.OPEN, WaitingOn.NOBODY)


def test_a_wait_can_be_ended_by_hand_and_only_once() -> None:
    ticket = a_ticket()
    wait(ticket.pk, on=WaitingOn.CUSTOMER, until=FRIDAY, by=SYSTEM, at=LATER)
    for _ in range(2):
        stop_waiting(ticket.pk, by=SYSTEM, at=LATER + timedelta(hours=1))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_on, ticket.snoozed_until) == (Status.OPEN, "", None)
    assert TicketEvent.objects.filter(ticket=ticket, kind="waiting_ended").count() == 1


def test_nobody_waits_until_a_day_that_is_over() -> None:
    ticket = a_ticket()
    with pytest.raises(ValueError, match="past"):
        wait(ticket.pk, on=WaitingOn.CUSTOMER, until=LATER, by=SYSTEM, at=LATER)
    assert Ticket.objects.get().status == Status.OPEN


def test_settled_work_waits_for_nobody() -> None:
    ticket = a_ticket()
    solve(ticket.pk, by=SYSTEM, at=LATER)
    with pytest.raises(TicketSettled):
        wait(ticket.pk, on=WaitingOn.CUSTOMER, by=SYSTEM, at=LATER + timedelta(hours=1))
    solved = Ticket.objects.get()
    assert (solved.status, solved.solved_at) == (Status.SOLVED, LATER)
