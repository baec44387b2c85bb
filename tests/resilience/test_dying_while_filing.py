"""The worker is killed at each named point on the way in: after its restart each mail is exactly one message."""

import pytest

from tests.resilience.counter import Counter
from tresen.crashing.points import Point
from tresen.intake.models import StoredPayload
from tresen.tickets.models import Message, MessageArrival, Ticket, TicketEvent

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.mail_server,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]

ON_THE_WAY_IN = (Point.RAW_COMMITTED, Point.PARSED_NOT_FILED, Point.INSIDE_FILING, Point.LEDGER_NOT_NOTIFIED)


def mails_arrive(counter: Counter) -> None:
    """Five buyers write; one of them twice in one thread, one to both of our addresses."""
    first = counter.a_mail_from("anna", message_id="one@kundin.example")
    second = counter.a_mail_from("anna", subject="Re: Frage", headers="In-Reply-To: <one@kundin.example>\n")
    to_both = counter.a_mail_from("bodo")
    counter.arrive(first, second, to_both, *(counter.a_mail_from(name) for name in ("carla", "dirk", "elsa")))
    counter.arrive(to_both, user=1)


@pytest.mark.parametrize("point", ON_THE_WAY_IN)
def test_each_mail_is_one_message_whenever_the_worker_was_killed(counter: Counter, point: Point) -> None:
    mails_arrive(counter)
    counter.worker.start(crash_point=point)
    counter.worker.dies()
    assert StoredPayload.objects.filter(state="kept").exists()
    assert (Ticket.objects.count(), Message.objects.count()) == (0, 0)

    counter.leases_end()
    counter.worker.start()
    counter.settles(mails=7)
    counter.worker.stop()
    assert (Message.objects.count(), Ticket.objects.count(), MessageArrival.objects.count()) == (6, 5, 7)
    assert TicketEvent.objects.filter(kind="message_received").count() == 6
    assert TicketEvent.objects.filter(kind="ticket_opened").count() == 5
    both_of_anna = Message.objects.filter(reply_to="anna@kundin.example")
    assert len(set(both_of_anna.values_list("ticket", flat=True))) == 1
    assert both_of_anna.count() == 2
    assert set(StoredPayload.objects.values_list("state", flat=True)) == {"filed"}
    assert counter.is_whole()
