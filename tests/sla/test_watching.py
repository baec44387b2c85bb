"""The due sweep: breaches at their due time, notices once, work in proportion to what is due."""

from datetime import datetime, timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.routing.models import QueuePlace
from tresen.sla.defaults import create_defaults
from tresen.sla.ladders import STANDARD
from tresen.sla.models import Clock, LadderStep, LateAlarm
from tresen.sla.watching import Watch, sweep
from tresen.tickets import ledger
from tresen.tickets.events import Key, ReplyAccepted, ReplyBounced
from tresen.tickets.models import Message, Ticket, TicketEvent
from tresen.tickets.tagging import tag

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


def test_a_sweep_goes_on_until_nothing_is_left_where_a_ticket_fills_a_batch(ticket: Ticket) -> None:
    for days in (4, 8):
        at = MONDAY + timedelta(days=days)
        filed(ticket.store, a_message(at=at, sender=f"buyer{days}@marketplace.amazon.de"))
    assert sweep(Watch(), MONDAY + timedelta(days=12), most=3) == 3
    assert not Clock.objects.exclude(next_alarm_at=None).exists()
    assert TicketEvent.objects.filter(kind="clock_breached").count() == 3 * 3


def test_a_message_that_comes_after_its_time_was_up_is_a_breach_at_its_due_time() -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    filed(a_store(), a_message(), at=MONDAY + timedelta(hours=30))
    watch = Watch(mark=MONDAY + timedelta(hours=30), full_pass_at=MONDAY + timedelta(hours=25))
    sweep(watch, MONDAY + timedelta(hours=30))
    assert breaches() == [MONDAY + timedelta(hours=hours) for hours in (14, 24)]
    assert len(planned("breached")) == 2 * STEPS_OF_A_BREACH
    sweep(Watch(), MONDAY + timedelta(hours=31))
    assert len(breaches()) == 2
    assert len(planned("breached")) == 2 * STEPS_OF_A_BREACH


def test_what_an_agent_does_before_the_sweep_comes_by_hides_no_breach(ticket: Ticket) -> None:
    late = MONDAY + timedelta(hours=14, seconds=5)
    tag(ticket.pk, name="Ersatzteil", by=SYSTEM, at=late)
    sweep(Watch(), late + timedelta(seconds=5))
    assert breaches() == [MONDAY + timedelta(hours=14)]
    assert len(planned("breached")) == STEPS_OF_A_BREACH


def test_an_answer_taken_back_after_the_time_was_up_is_a_breach_at_its_due_time(ticket: Ticket) -> None:
    message = Message.objects.get()
    answered = ReplyAccepted(
        message=message.pk + 1,
        conversation=message.conversation_id,
        role=Key("buyer"),
        answers_up_to=message.pk,
        provisional_until=MONDAY + timedelta(hours=73),
    )
    ledger.record(ticket.pk, answered, by=SYSTEM, at=MONDAY + timedelta(hours=1), source_key="delivery:1:1")
    watch = Watch()
    sweep(watch, MONDAY + timedelta(hours=20))
    assert breaches() == []
    bounced = ReplyBounced(message=message.pk + 1)
    ledger.record(ticket.pk, bounced, by=SYSTEM, at=MONDAY + timedelta(hours=20), source_key="delivery:1:1")
    sweep(watch, MONDAY + timedelta(hours=20, seconds=10))
    assert breaches() == [MONDAY + timedelta(hours=14)]


@pytest.mark.parametrize("worker", [0, 1])
def test_what_came_late_is_seen_at_the_next_turn_of_whichever_worker_is_first(ticket: Ticket, worker: int) -> None:
    workers = [Watch(), Watch()]
    now = MONDAY + timedelta(hours=26)
    for watch in workers:
        sweep(watch, now)
    assert len(breaches()) == 2
    filed(ticket.store, a_message(sender="late@marketplace.amazon.de"), at=now + timedelta(seconds=1))
    turn = now + timedelta(seconds=10)
    first, second = workers[worker], workers[1 - worker]
    assert (sweep(first, turn), sweep(second, turn)) == (1, 0)
    assert breaches() == sorted([MONDAY + timedelta(hours=hours) for hours in (14, 24)] * 2)
    assert len(planned("breached")) == 2 * 2 * STEPS_OF_A_BREACH
    assert not LateAlarm.objects.exists()


def breaches() -> list[datetime]:
    found = TicketEvent.objects.filter(kind="clock_breached").values_list("occurred_at", flat=True)
    return sorted(found)


def test_a_second_sweep_finds_nothing_and_tells_nothing_twice(ticket: Ticket) -> None:
    watch = Watch()
    assert sweep(watch, MONDAY + timedelta(hours=15)) == 1
    events, steps = TicketEvent.objects.count(), LadderStep.objects.count()
    assert sweep(watch, MONDAY + timedelta(hours=15)) == 0
    assert sweep(Watch(), MONDAY + timedelta(hours=15)) == 0
    assert (TicketEvent.objects.count(), LadderStep.objects.count()) == (events, steps)


def test_when_our_target_is_missed_the_platforms_first_limit_governs(ticket: Ticket) -> None:
    sweep(Watch(), MONDAY + timedelta(hours=15))
    place = QueuePlace.objects.get()
    assert place.governing.startswith("platform:")
    assert place.queue_tier == 2


def test_nobody_is_warned_of_what_came_while_no_worker_ran(ticket: Ticket) -> None:
    sweep(Watch(), MONDAY + timedelta(days=3))
    assert planned("warning") == planned("act_by_passed") == []
    assert len(planned("breached")) == 3 * STEPS_OF_A_BREACH


def planned(moment: str) -> list[str]:
    return sorted(LadderStep.objects.filter(step__when=moment).values_list("key", flat=True))


STEPS_OF_A_BREACH = sum(step.when == "breached" for step in STANDARD)
