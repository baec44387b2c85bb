"""A worker is killed while a question leaves and while its answer comes in; and two of them work at once."""

from collections import Counter as Tally
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories.mails import a_mail
from tests.factories.messages import a_message, filed
from tests.factories.partners import a_partner, asked, mail_of, wanted
from tests.resilience.counter import Counter, now
from tests.resilience.worker import Worker
from tests.servers.web import database_url
from tresen.channels.contract import IdentityKind
from tresen.crashing.points import Point
from tresen.intake.models import StoredPayload
from tresen.outbox.models import Delivery
from tresen.outbox.sending import send_due
from tresen.outbox.settling import it_was_sent
from tresen.partners.models import Partner, Question
from tresen.tickets.models import Message, Ticket, TicketEvent

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.mail_server,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]
LEFT_BEFORE = {Point.ATTEMPT_COMMITTED: 0, Point.ACCEPTED_NOT_KEPT: 1}
WAREHOUSE = "versand@lager.example"


@pytest.fixture
def second_worker(tmp_path: Path) -> Iterator[Worker]:
    worker = Worker(tmp_path, database=database_url())
    yield worker
    worker.kill()


def question(counter: Counter, partner: Partner, buyer: str = "anna") -> Question:
    """A buyer's ticket, and the partner asked about it: due to leave."""
    message = a_message(at=now() - timedelta(hours=2), sender=f"{buyer}@kundin.example", kind=IdentityKind.EMAIL)
    (filing,) = filed(counter.store, message)
    ticket = Ticket.objects.get(pk=filing.ticket.id)
    on = (now() + timedelta(days=7)).date()
    return asked(ticket, partner, what=wanted(on=on), by=counter.agent, at=now() - timedelta(seconds=30))


def answer_to(asked_before: Question) -> bytes:
    headers = f"In-Reply-To: <{mail_of(asked_before).external_id}>\n"
    subject = f"AW: {mail_of(asked_before).subject}"
    return a_mail("Ist raus.", sender=WAREHOUSE, subject=subject, headers=headers, at=now())


@pytest.mark.parametrize("point", LEFT_BEFORE)
def test_a_question_of_which_nobody_knows_waits_for_a_person(counter: Counter, point: Point) -> None:
    asked_before = question(counter, a_partner(address=WAREHOUSE))
    counter.worker.start(crash_point=point)
    counter.worker.dies()
    assert len(counter.smtp.received) == LEFT_BEFORE[point]
    counter.leases_end()
    counter.worker.start()
    counter.settles()
    counter.worker.stop()
    unknown = Delivery.objects.get()
    assert unknown.state == "uncertain"
    assert send_due(now() + timedelta(days=30)) == 0
    assert len(counter.smtp.received) == LEFT_BEFORE[point]
    asked_before.refresh_from_db()
    assert asked_before.state == "open"
    assert counter.is_whole()
    it_was_sent(unknown.pk, by=counter.agent, at=now())
    assert counter.is_whole()


@pytest.mark.parametrize("point", [Point.PARSED_NOT_FILED, Point.INSIDE_FILING, Point.LEDGER_NOT_NOTIFIED])
def test_its_answer_is_one_answer_whenever_the_worker_was_killed(counter: Counter, point: Point) -> None:
    asked_before = question(counter, a_partner(address=WAREHOUSE))
    assert send_due(now()) == 1
    mail = answer_to(asked_before)
    counter.arrive(mail)
    counter.arrive(mail, user=1)
    counter.worker.start(crash_point=point)
    counter.worker.dies()
    counter.leases_end()
    counter.worker.start()
    counter.settles(mails=2)
    counter.worker.stop()
    asked_before.refresh_from_db()
    assert asked_before.state == "answered"
    assert Message.objects.filter(conversation=asked_before.conversation_id, direction="in").count() == 1
    assert TicketEvent.objects.filter(kind="question_answered").count() == 1
    assert Ticket.objects.count() == 1
    assert counter.is_whole()


def test_two_workers_send_each_question_once_and_file_each_answer_once(counter: Counter, second_worker: Worker) -> None:
    partner = a_partner(address=WAREHOUSE)
    asked_before = [question(counter, partner, buyer) for buyer in ("anna", "bodo", "carla", "dirk", "elsa", "fred")]
    counter.worker.start()
    second_worker.start()
    counter.settles()
    mails = [answer_to(one) for one in asked_before]
    counter.arrive(*mails)
    counter.arrive(*mails, user=1)
    counter.mailboxes_are_due()
    counter.settles(mails=12)
    counter.worker.stop()
    second_worker.stop()
    sent = Tally(mail.raw.split(b"Message-ID: <")[1].split(b">")[0] for mail in counter.smtp.received)
    assert sent == {mail_of(one).external_id.encode(): 1 for one in asked_before}
    assert set(Question.objects.values_list("state", flat=True)) == {"answered"}
    assert TicketEvent.objects.filter(kind="question_answered").count() == 6
    assert set(StoredPayload.objects.values_list("state", flat=True)) == {"filed"}
    assert counter.is_whole()
