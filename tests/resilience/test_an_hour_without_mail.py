"""IMAP or SMTP down for an hour. Only time is told: the servers are really stopped, and started on the same ports."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from tests.resilience.counter import Counter
from tresen.intake.mailboxes.receiving import receive_due
from tresen.intake.parsing import parse_kept
from tresen.outbox.models import Delivery, DeliveryAttempt
from tresen.outbox.sending import send_due
from tresen.stores.models import Health, Mailbox
from tresen.tickets.models import Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.mail_server]

BEGINNING = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SWEEPS_EVERY = timedelta(seconds=15)


def read(counter: Counter, at: datetime) -> None:
    receive_due(at)
    while parse_kept(at):
        pass


def mailbox(counter: Counter) -> Mailbox:
    return Mailbox.objects.get(address=counter.users[0])


def test_an_hour_without_imap_is_seen_retried_with_patience_and_loses_nothing(counter: Counter) -> None:
    counter.arrive(counter.a_mail_from("anna"))
    read(counter, BEGINNING)
    assert mailbox(counter).health == Health.GOOD
    counter.imap.stop()
    try:
        looks = []
        for number in range(1, round(HOUR / SWEEPS_EVERY) + 1):
            at = BEGINNING + number * SWEEPS_EVERY
            before = mailbox(counter).failures
            assert receive_due(at) == 0
            if mailbox(counter).failures > before:
                looks.append(at)
        down = mailbox(counter)
    finally:
        counter.imap.start()
    assert down.health == Health.TROUBLED
    assert down.troubled_since == looks[0]
    assert looks[0] <= BEGINNING + timedelta(minutes=2)
    assert "mail server" in down.trouble
    pauses = [later - earlier for earlier, later in pairwise(looks)]
    assert pauses == sorted(pauses)
    assert pauses[-1] >= 10 * pauses[0]
    assert 5 <= len(looks) <= 10

    counter.arrive(*(counter.a_mail_from(name) for name in ("bodo", "carla")))
    again = down.next_check_at
    assert again is not None
    assert again - (BEGINNING + HOUR) <= timedelta(minutes=15)
    read(counter, again)
    well = mailbox(counter)
    assert (well.health, well.trouble, well.troubled_since, well.failures) == (Health.GOOD, "", None, 0)
    assert Message.objects.count() == 3
    read(counter, again + HOUR)
    assert Message.objects.count() == 3


def test_an_hour_without_smtp_is_seen_retried_with_patience_and_each_answer_leaves_once(counter: Counter) -> None:
    replies = [counter.reply_queued(name) for name in ("anna", "bodo", "carla")]
    Delivery.objects.update(queued_at=BEGINNING, next_attempt_at=BEGINNING)
    counter.smtp.stop()
    for number in range(round(HOUR / SWEEPS_EVERY) + 1):
        send_due(BEGINNING + number * SWEEPS_EVERY)
    down = mailbox(counter)
    assert down.health == Health.TROUBLED
    assert down.sending_trouble
    assert BEGINNING <= down.troubled_since < BEGINNING + timedelta(minutes=1)
    attempts = [DeliveryAttempt.objects.filter(delivery=reply).count() for reply in replies]
    assert all(4 <= count <= 12 for count in attempts), attempts
    assert set(Delivery.objects.values_list("state", flat=True)) == {"queued"}

    counter.smtp.start()
    for number in range(round(HOUR / SWEEPS_EVERY) + 1):
        send_due(BEGINNING + HOUR + number * SWEEPS_EVERY)
    well = mailbox(counter)
    assert (well.health, well.sending_trouble, well.troubled_since) == (Health.GOOD, "", None)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted"}
    assert sorted(mail.recipients[0] for mail in counter.smtp.received) == sorted(one.recipient for one in replies)


def test_a_mail_that_cannot_leave_holds_up_no_mail_that_comes_in(counter: Counter) -> None:
    counter.reply_queued("anna")
    Delivery.objects.update(queued_at=BEGINNING, next_attempt_at=BEGINNING)
    counter.smtp.stop()
    send_due(BEGINNING)
    counter.arrive(counter.a_mail_from("bodo"))
    read(counter, BEGINNING)
    assert Message.objects.filter(direction="in").count() == 2
    shown = mailbox(counter)
    assert (shown.health, shown.trouble) == (Health.TROUBLED, "")
    assert shown.sending_trouble
