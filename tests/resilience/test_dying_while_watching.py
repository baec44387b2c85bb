"""The worker is killed inside a due sweep, after days without any: each breach is recorded once, at its due time."""

from datetime import timedelta

import pytest

from tests.resilience.counter import Counter, now
from tests.resilience.worker import wait_until
from tresen.alerts.recipients import people_of
from tresen.crashing.points import Point
from tresen.sla.models import Clock, LadderStep, Notice, StepOutcome
from tresen.tickets.models import TicketEvent

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.mail_server,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]

LONG_AGO = timedelta(days=9)


def test_breaches_are_recorded_once_and_at_their_due_time(counter: Counter) -> None:
    counter.arrive(*(counter.a_mail_from(name, age=LONG_AGO) for name in ("anna", "bodo")), age=LONG_AGO)
    counter.worker.start()
    counter.settles(mails=2)
    counter.worker.kill()
    counter.worker.start(crash_point=Point.INSIDE_DUE_SWEEP)
    counter.worker.dies()
    before = TicketEvent.objects.filter(kind="clock_breached").count()
    assert before == LadderStep.objects.count() == 0

    counter.worker.start()
    wait_until(lambda: not Clock.objects.filter(next_alarm_at__lte=now()).exists(), what=counter.worker.said)
    counter.worker.stop()
    recorded = TicketEvent.objects.filter(kind="clock_breached").values_list("ticket", "facts__clock", "occurred_at")
    due = Clock.objects.filter(outcome="breached").values_list("ticket", "key", "due")
    assert len(due) >= 4
    assert sorted(recorded) == sorted(due)
    assert LadderStep.objects.filter(number=2).count() == len(due)
    assert counter.is_whole()


def test_each_step_of_a_ladder_is_taken_once_by_workers_that_die_over_it(counter: Counter) -> None:
    counter.arrive(*(counter.a_mail_from(name, age=LONG_AGO) for name in ("anna", "bodo")), age=LONG_AGO)
    counter.worker.start()
    counter.settles(mails=2)
    counter.worker.kill()
    counter.worker.start(crash_point=Point.INSIDE_ESCALATION)
    counter.worker.dies()
    assert Notice.objects.count() == TicketEvent.objects.filter(kind="ladder_step_taken").count() == 0

    counter.worker.start()
    wait_until(is_done, what=counter.worker.said)
    counter.worker.stop()
    events = TicketEvent.objects.filter(kind="ladder_step_taken")
    assert events.count() == LadderStep.objects.filter(outcome=StepOutcome.TAKEN).count() > 0
    tickets = set(LadderStep.objects.values_list("ticket", flat=True))
    told = Notice.objects.exclude(recipient=None).values_list("ticket", "recipient")
    people = people_of(tickets, at=now())
    assert sorted(told) == sorted((ticket, admin) for ticket in tickets for admin in people[ticket].admins)
    assert counter.is_whole()


def is_done() -> bool:
    """Both tickets are filed, their clocks looked at, and no step that is due waits."""
    watched = Clock.objects.filter(outcome="breached").values("ticket").distinct().count() == 2
    return (
        watched
        and not Clock.objects.filter(next_alarm_at__lte=now()).exists()
        and not LadderStep.objects.filter(settled_at=None, due_at__lte=now()).exists()
    )
