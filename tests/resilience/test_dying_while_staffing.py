"""The worker is killed while the queue follows who works when: what was not committed is done again, and once."""

from datetime import timedelta

import pytest

from tests.factories.shops import an_agent
from tests.resilience.counter import Counter, now
from tests.resilience.worker import wait_until
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent
from tresen.crashing.points import Point
from tresen.routing.models import QueuePlace
from tresen.staffing.absences import UNDO_FOR, report_absence
from tresen.staffing.covering import cover_team
from tresen.staffing.following import unfollowed
from tresen.staffing.models import AbsenceKind
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.tickets.assigning import assign
from tresen.tickets.models import Ticket, TicketEvent

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.mail_server,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]

NAMES = ("anna", "bodo", "carl")


def arrived(counter: Counter) -> None:
    """Three mails are tickets, and every team's places stand by its coverage."""
    counter.arrive(*(counter.a_mail_from(name) for name in NAMES))
    counter.worker.start()
    counter.settles(mails=len(NAMES))
    wait_until(lambda: not unfollowed(), what=counter.worker.said)
    counter.worker.kill()


def test_each_ticket_of_somebody_away_changes_hands_once(counter: Counter) -> None:
    arrived(counter)
    jana = an_agent(counter.store.default_team, name="Jana")
    Agent.objects.exclude(pk=jana.pk).update(is_active=False)
    tom = an_agent(counter.store.default_team, name="Tom")
    for ticket in Ticket.objects.all():
        assign(ticket.pk, assignee_id=jana.pk, by=SYSTEM, at=now())
    said_at = now() - UNDO_FOR
    report_absence(jana.pk, AbsenceKind.SICK, starts=said_at, ends=None, hand_over=True, by=SYSTEM, at=said_at)
    counter.worker.start(crash_point=Point.INSIDE_RELIEVING)
    counter.worker.dies()
    assert set(Ticket.objects.values_list("assignee", flat=True)) == {jana.pk}

    counter.worker.start()
    wait_until(lambda: not Ticket.objects.filter(assignee=jana).exists(), what=counter.worker.said)
    counter.worker.stop()
    assert set(Ticket.objects.values_list("assignee", flat=True)) == {tom.pk}
    assert TicketEvent.objects.filter(kind="ticket_assigned").count() == 2 * len(NAMES)
    assert counter.is_whole()


def test_every_place_stands_by_the_new_coverage(counter: Counter) -> None:
    arrived(counter)
    assert not QueuePlace.objects.filter(unstaffed=True).exists()
    in_six_days = (now() + timedelta(days=6)).weekday()
    plan = TimetablePlan(zone="UTC", week={in_six_days: [("12:00", "12:01")]})
    timetable = create_timetable(name="Almost never", plan=plan, by=SYSTEM, at=now()).timetable_id
    cover_team(counter.store.default_team_id, timetable_id=timetable, by=SYSTEM, at=now())
    counter.worker.start(crash_point=Point.INSIDE_FOLLOWING)
    counter.worker.dies()
    assert not QueuePlace.objects.filter(unstaffed=True).exists()

    counter.worker.start()
    wait_until(lambda: not unfollowed(), what=counter.worker.said)
    counter.worker.stop()
    assert QueuePlace.objects.filter(unstaffed=True).count() == len(NAMES)
    assert counter.is_whole()
