"""The database alone is killed while the worker works: the worker's guard starts it again, and the worker goes on."""

import os
import signal

import pytest
from django.db import Error, connection

from tests.resilience.counter import Counter
from tests.resilience.worker import wait_until
from tresen.intake.models import StoredPayload
from tresen.local.postgres import Running
from tresen.local.postgres.supervising import server_pid
from tresen.outbox.models import Delivery
from tresen.tickets.models import Message, Ticket

pytestmark = [pytest.mark.mail_server, pytest.mark.slow, pytest.mark.timeout(600)]


def test_a_killed_database_comes_back_and_nothing_is_lost_or_doubled(
    own_database: Running, own_counter: Counter
) -> None:
    counter = own_counter
    counter.arrive(*(counter.a_mail_from(f"first{number}") for number in range(20)))
    replies = [counter.reply_queued(f"asker{number}") for number in range(3)]
    counter.worker.start()
    wait_until(StoredPayload.objects.exists, what=counter.worker.said)
    kill(own_database)
    counter.arrive(*(counter.a_mail_from(f"second{number}") for number in range(20)))
    wait_until(answers, what=counter.worker.said)
    kill(own_database)
    wait_until(answers, what=counter.worker.said)
    counter.mailboxes_are_due()
    counter.settles(mails=40)
    assert counter.worker.runs()
    counter.worker.stop()
    assert Message.objects.filter(direction="in").count() == Ticket.objects.count() == 40 + len(replies)
    assert set(StoredPayload.objects.values_list("state", flat=True)) == {"filed"}
    taken = sorted(mail.recipients[0] for mail in counter.smtp.received)
    assert taken == sorted(reply.recipient for reply in replies)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted"}
    assert counter.is_whole()


def kill(database: Running) -> None:
    """Its first process, as `kill -9` does; the others follow it."""
    pid = server_pid(database.layout.data)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: server_pid(database.layout.data) != pid)


def answers() -> bool:
    connection.close()
    try:
        return StoredPayload.objects.exists() or True
    except Error:
        return False
