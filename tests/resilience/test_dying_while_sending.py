"""The worker is killed around the moment a reply leaves: nothing is lost, and no machine sends a second time."""

from collections import Counter as Tally
from datetime import timedelta

import pytest

from tests.resilience.counter import Counter, now
from tresen.crashing.points import Point
from tresen.outbox.models import Delivery, DeliveryAttempt
from tresen.outbox.sending import send_due
from tresen.outbox.settling import it_was_sent, send_again
from tresen.sla.models import Clock
from tresen.tickets.models import Message, TicketEvent

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.mail_server,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]

LEFT_BEFORE = {Point.ATTEMPT_COMMITTED: 0, Point.ACCEPTED_NOT_KEPT: 1}
BUYERS = ("anna", "bodo", "carla")


def states() -> dict[str, int]:
    return dict(Tally(Delivery.objects.values_list("state", flat=True)))


def left(counter: Counter) -> dict[str, int]:
    """How often the server took each reply."""
    return dict(Tally(mail.recipients[0] for mail in counter.smtp.received))


def interrupted(counter: Counter, point: Point) -> Delivery:
    """Three replies are to leave; the worker dies with the first, and comes back. Gives the one nobody knows of."""
    for buyer in BUYERS:
        counter.reply_queued(buyer)
    counter.worker.start(crash_point=point)
    counter.worker.dies()
    assert states() == {"sending": 1, "queued": 2}
    assert sum(left(counter).values()) == LEFT_BEFORE[point]
    counter.leases_end()
    counter.worker.start()
    counter.settles()
    counter.worker.stop()
    return Delivery.objects.get(state="uncertain")


def asks_a_person(counter: Counter, unknown: Delivery, *, taken: int) -> None:
    """The others have left, each once; of this one the machine says that it does not know, and leaves it alone."""
    assert states() == {"uncertain": 1, "accepted": 2}
    assert set(left(counter).values()) == {1}
    assert left(counter).get(unknown.recipient, 0) == taken
    assert "stopped" in unknown.answer
    assert TicketEvent.objects.filter(ticket=unknown.message.ticket_id, kind="reply_uncertain").count() == 1
    assert Clock.objects.get(ticket=unknown.message.ticket_id, metric="first_reply").outcome == "running"
    assert send_due(now() + timedelta(days=30)) == 0


def test_a_reply_that_was_taken_but_not_noted_waits_for_a_person_who_says_that_it_was_sent(counter: Counter) -> None:
    unknown = interrupted(counter, Point.ACCEPTED_NOT_KEPT)
    asks_a_person(counter, unknown, taken=1)
    assert counter.is_whole()

    it_was_sent(unknown.pk, by=counter.agent, at=now())
    started = DeliveryAttempt.objects.get(delivery=unknown).started_at
    assert Delivery.objects.get(pk=unknown.pk).accepted_at == started
    first_reply = Clock.objects.get(ticket=unknown.message.ticket_id, metric="first_reply")
    assert (first_reply.outcome, first_reply.met_at) == ("met_provisional", started)
    assert send_due(now() + timedelta(days=30)) == 0
    assert left(counter) == {f"{buyer}@kundin.example": 1 for buyer in BUYERS}
    assert counter.is_whole()


def test_a_reply_that_had_not_left_waits_for_a_person_who_sends_it_again_under_the_same_id(counter: Counter) -> None:
    unknown = interrupted(counter, Point.ATTEMPT_COMMITTED)
    asks_a_person(counter, unknown, taken=0)
    assert counter.is_whole()

    send_again(unknown.pk, by=counter.agent, at=now())
    assert send_due(now()) == 1
    assert states() == {"accepted": 3}
    assert left(counter) == {f"{buyer}@kundin.example": 1 for buyer in BUYERS}
    message = Message.objects.get(pk=unknown.message_id)
    assert counter.smtp.received[-1].raw.count(f"Message-ID: <{message.external_id}>".encode()) == 1
    assert counter.is_whole()
