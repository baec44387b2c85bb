from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.mail.parsed import Automatic
from tresen.routing.models import QueuePlace
from tresen.routing.verifying import differences as places_differ
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.sla.verifying import differences as clocks_differ
from tresen.tickets import ledger
from tresen.tickets.events import MessageReinterpreted
from tresen.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=2)


def read_again(*, expects_answer: bool) -> None:
    message = Message.objects.get()
    event = MessageReinterpreted(message=message.pk, expects_answer=expects_answer)
    ledger.record(message.ticket_id, event, by=SYSTEM, at=LATER, source_key=f"read:{expects_answer}")


def test_a_message_that_was_no_automatic_reply_after_all_is_work_with_both_clocks_and_its_threat_is_heard() -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    threat = "Ich stelle einen A-bis-z-Antrag, wenn nichts kommt."
    filed(a_store(), a_message(at=MONDAY, automatic=Automatic.AUTO_REPLY, text=threat))
    assert Ticket.objects.get().status == "solved"
    assert not Clock.objects.exists()
    read_again(expects_answer=True)
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.risk_tier) == ("open", 0)
    assert set(Clock.objects.values_list("kind", flat=True)) == {"own", "platform"}
    assert QueuePlace.objects.get().queue_tier == 0
    assert [*clocks_differ([ticket.pk], at=LATER), *places_differ([ticket.pk], at=LATER)] == []


def test_a_message_that_needs_no_answer_after_all_reopens_nothing() -> None:
    filed(a_store(), a_message(at=MONDAY, automatic=Automatic.AUTO_REPLY))
    read_again(expects_answer=False)
    assert Ticket.objects.get().status == "solved"
    assert not QueuePlace.objects.exists()
