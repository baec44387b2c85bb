"""Out of sight until a chosen time, and back by itself."""

from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.tickets.locking import TicketSettled
from tresen.tickets.models import Status, Ticket, TicketEvent, WaitingOn
from tresen.tickets.replaying import differences
from tresen.tickets.snoozing import snooze, wake, wake_due
from tresen.tickets.solving import CLOSES_AFTER, close_old, solve
from tresen.tickets.waiting import wait

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
TOMORROW = MONDAY + timedelta(days=1)


def kinds(ticket: Ticket) -> list[str]:
    return list(TicketEvent.objects.filter(ticket=ticket).order_by("sequence").values_list("kind", flat=True))


def test_a_snoozed_ticket_comes_back_at_its_time_however_late_the_worker_looks() -> None:
    ticket = a_ticket()
    snooze(ticket.pk, until=TOMORROW, by=SYSTEM, at=LATER)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.snoozed_until) == (Status.SNOOZED, TOMORROW)
    assert wake_due(TOMORROW - timedelta(seconds=1)) == 0

    assert wake_due(TOMORROW + timedelta(hours=5)) == 1

    ticket.refresh_from_db()
    assert (ticket.status, ticket.snoozed_until) == (Status.OPEN, None)
    assert TicketEvent.objects.get(ticket=ticket, kind="ticket_woken").occurred_at == TOMORROW
    assert wake_due(TOMORROW + timedelta(hours=6)) == 0
    assert differences([ticket.pk]) == []


def test_what_waited_until_a_day_ends_its_wait_by_the_same_sweep() -> None:
    ticket = a_ticket()
    wait(ticket.pk, on=WaitingOn.THIRD_PARTY, until=TOMORROW, by=SYSTEM, at=LATER)
    assert wake_due(TOMORROW) == 1
    assert kinds(ticket)[-1] == "waiting_ended"
    assert Ticket.objects.get().status == Status.OPEN


def test_a_sweep_wakes_no_more_than_it_was_asked_for_and_the_longest_overdue_first() -> None:
    first, second = a_ticket(), a_ticket()
    snooze(second.pk, until=TOMORROW, by=SYSTEM, at=LATER)
    snooze(first.pk, until=TOMORROW + timedelta(hours=1), by=SYSTEM, at=LATER)
    assert wake_due(TOMORROW + timedelta(hours=2), most=1) == 1
    assert list(Ticket.objects.filter(status=Status.SNOOZED)) == [first]


def test_waking_what_is_awake_records_nothing() -> None:
    ticket = a_ticket()
    before = kinds(ticket)
    wake(ticket.pk, by=SYSTEM, at=LATER)
    assert kinds(ticket) == before


def test_a_time_that_is_over_is_no_time_to_come_back_at() -> None:
    ticket = a_ticket()
    with pytest.raises(ValueError, match="past"):
        snooze(ticket.pk, until=LATER, by=SYSTEM, at=LATER)
    assert Ticket.objects.get().status == Status.OPEN


@pytest.mark.parametrize("closed", [False, True])
def test_no_snooze_brings_settled_work_back(closed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    ticket = a_ticket()
    solve(ticket.pk, by=SYSTEM, at=LATER)
    at = LATER + CLOSES_AFTER
    if closed:
        close_old(at)
    before = kinds(ticket)
    with pytest.raises(TicketSettled) as settled:
        snooze(ticket.pk, until=at + timedelta(days=1), by=SYSTEM, at=at)
    assert settled.value.status == (Status.CLOSED if closed else Status.SOLVED)
    assert kinds(ticket) == before
    assert wake_due(at + timedelta(days=2)) == 0
