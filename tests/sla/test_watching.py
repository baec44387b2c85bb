"""The due sweep: breaches at their due time, notices once, work in proportion to what is due."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import TeamMembership
from tresen.routing.models import QueuePlace
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock, Notice
from tresen.sla.watching import Watch, sweep
from tresen.tickets.assigning import assign
from tresen.tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket() -> Ticket:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    store = a_store()
    filed(store, a_message())
    return Ticket.objects.get()


def test_a_breach_is_recorded_at_its_due_time_however_late_the_worker_looks(ticket: Ticket) -> None:
    sweep(Watch(), MONDAY + timedelta(days=3))
    breached = TicketEvent.objects.filter(kind="clock_breached").values_list("occurred_at", flat=True)
    assert sorted(breached) == [MONDAY + timedelta(hours=hours) for hours in (14, 24, 48)]
    assert set(Clock.objects.filter(kind="platform").values_list("outcome", flat=True)) == {"breached"}
    assert QueuePlace.objects.get().queue_tier == 9


def test_a_second_sweep_finds_nothing_and_tells_nothing_twice(ticket: Ticket) -> None:
    watch = Watch()
    assert sweep(watch, MONDAY + timedelta(hours=15)) == 1
    events, notices = TicketEvent.objects.count(), Notice.objects.count()
    assert sweep(watch, MONDAY + timedelta(hours=15)) == 0
    assert sweep(Watch(), MONDAY + timedelta(hours=15)) == 0
    assert (TicketEvent.objects.count(), Notice.objects.count()) == (events, notices)


def test_when_our_target_is_missed_the_platforms_first_limit_governs(ticket: Ticket) -> None:
    sweep(Watch(), MONDAY + timedelta(hours=15))
    place = QueuePlace.objects.get()
    assert place.governing.startswith("platform:")
    assert place.queue_tier == 2


def test_the_assignee_and_the_lead_are_told_of_a_breach(ticket: Ticket) -> None:
    agent, lead = an_agent(ticket.team), an_agent()
    TeamMembership.objects.create(team=ticket.team, agent=lead, leads=True)
    assign(ticket.pk, assignee_id=agent.pk, by=SYSTEM, at=MONDAY)
    sweep(Watch(), MONDAY + timedelta(hours=15))
    told = Notice.objects.filter(kind="breached").values_list("recipient", flat=True)
    assert set(told) == {agent.pk, lead.pk}


def test_nobody_gets_stale_warnings_after_three_days_without_a_worker(ticket: Ticket) -> None:
    an_agent(ticket.team, role="admin")
    sweep(Watch(), MONDAY + timedelta(days=3))
    assert not Notice.objects.filter(kind="warning").exists()
    assert Notice.objects.filter(kind="breached").count() == 3
