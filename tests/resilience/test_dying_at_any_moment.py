"""The worker is killed again and again while mails arrive and answers leave, wherever it happens to be."""

import time
from collections import Counter as Tally
from functools import partial
from random import Random

import pytest

from tests.resilience.counter import Counter
from tests.resilience.worker import wait_until
from tresen.outbox.models import Delivery
from tresen.tickets.models import Message, Ticket

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.mail_server,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]

ROUNDS = 6
LONGEST_LIFE = 1.5


def test_nothing_is_lost_or_doubled_however_often_the_worker_is_killed(counter: Counter) -> None:
    chance = Random(2026)  # noqa: S311 - the same moments in every run
    for number in range(ROUNDS):
        counter.arrive(*(counter.a_mail_from(f"buyer{number}{letter}") for letter in "abc"))
        counter.leases_end()
        answer_what_is_open(counter)
        counter.worker.start()
        wait_until(counter.worker.is_working, what=counter.worker.said)
        if number % 2:
            # However slow the machine: some lives are long enough that something is filed and can be answered.
            so_far = Ticket.objects.count()
            wait_until(partial(more_tickets_than, so_far), what=counter.standing)
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        counter.worker.kill()

    counter.leases_end()
    counter.worker.start()
    wait_until(counter.worker.is_working, what=counter.worker.said)
    counter.settles(mails=3 * ROUNDS)
    counter.worker.stop()
    assert Message.objects.filter(direction="in").count() == Ticket.objects.count() == 3 * ROUNDS
    assert Message.objects.filter(direction="in").values("external_id").distinct().count() == 3 * ROUNDS
    states = dict(Delivery.objects.values_list("recipient", "state"))
    assert len(states) >= 3
    assert set(states.values()) <= {"accepted", "uncertain"}
    taken = Tally(mail.recipients[0] for mail in counter.smtp.received)
    assert set(taken.values()) <= {1}
    assert {buyer for buyer, state in states.items() if state == "accepted"} <= set(taken)
    assert counter.is_whole()


def answer_what_is_open(counter: Counter) -> None:
    answered = Delivery.objects.values("message__ticket")
    for ticket in Ticket.objects.exclude(pk__in=answered):
        counter.answer(ticket.pk)


def more_tickets_than(number: int) -> bool:
    return Ticket.objects.count() > number
