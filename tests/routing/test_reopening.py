from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import Sent
from tresen.mail.parsed import Automatic
from tresen.outbox.bounced import Failed
from tresen.outbox.receipts import confirm, take_back
from tresen.outbox.sending import _claim
from tresen.routing.models import QueuePlace
from tresen.routing.verifying import differences as places_differ
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.sla.verifying import differences as clocks_differ
from tresen.tickets import ledger
from tresen.tickets.events import MessageReinterpreted
from tresen.tickets.models import Message, Ticket, WaitingOn
from tresen.tickets.snoozing import snooze
from tresen.tickets.waiting import wait

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


def came_back(ticket: Ticket, *, then: str) -> None:
    """An answer leaves, the ticket is put aside for days, and what left comes back."""
    delivery = answered(ticket, at=MONDAY + timedelta(hours=1))
    sent_at = MONDAY + timedelta(hours=1, minutes=1)
    assert _claim(sent_at) is not None
    confirm(delivery.pk, Sent(external_id="Q1", at=sent_at, provisional=True), attempt=1, at=sent_at)
    on_thursday = MONDAY + timedelta(days=3)
    if then == "waiting":
        wait(ticket.pk, on=WaitingOn.CUSTOMER, until=on_thursday, by=SYSTEM, at=sent_at)
    else:
        snooze(ticket.pk, until=on_thursday, by=SYSTEM, at=sent_at)
    bounce = Failed(
        store=ticket.store_id,
        message_id=delivery.idempotency_key,
        recipient=delivery.recipient,
        orders=(),
        reason="no such user",
        occurred_at=LATER,
    )
    assert take_back([bounce], at=LATER) == 1


@pytest.mark.parametrize("then", ["waiting", "snoozed"])
def test_a_ticket_put_aside_until_thursday_is_work_at_once_when_its_answer_comes_back(then: str) -> None:
    ticket = a_ticket()
    came_back(ticket, then=then)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.snoozed_until) == ("open", None)
    assert QueuePlace.objects.get().actionable_from <= LATER
