from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import Actor
from tresen.channels.contract import Refused, SendResult, Uncertain
from tresen.outbox.models import Delivery, DeliveryAttempt
from tresen.outbox.receipts import confirm
from tresen.outbox.sending import _claim, send_due
from tresen.outbox.settling import CannotSettle, it_was_sent, send_again
from tresen.sla.models import Clock
from tresen.tickets.models import TicketEvent

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
SENT_AT = LATER + timedelta(seconds=10)
MUCH_LATER = MONDAY + timedelta(days=6)


def by() -> Actor:
    return Actor.agent(an_agent().pk)


def attempted(result: SendResult, **store: object) -> Delivery:
    delivery = answered(a_ticket(a_store("console", "", **store)), at=LATER)  # type: ignore[arg-type]
    claimed = _claim(SENT_AT)
    assert claimed is not None
    return confirm(delivery.pk, result, attempt=1, at=SENT_AT)


def test_an_uncertain_reply_that_was_sent_counts_from_its_attempt() -> None:
    delivery = attempted(Uncertain(reason="silent"))
    it_was_sent(delivery.pk, by=by(), at=MUCH_LATER)
    delivery = it_was_sent(delivery.pk, by=by(), at=MUCH_LATER)
    assert (delivery.state, delivery.accepted_at) == ("accepted", SENT_AT)
    (event,) = TicketEvent.objects.filter(kind="reply_accepted")
    assert (event.occurred_at, event.recorded_at, event.actor_kind) == (SENT_AT, MUCH_LATER, "agent")
    assert not Clock.objects.filter(outcome="running", kind="own").exclude(metric="resolution").exists()


def test_only_what_is_uncertain_can_be_declared_as_sent() -> None:
    delivery = attempted(Refused(reason="550"))
    with pytest.raises(CannotSettle, match="unknown"):
        it_was_sent(delivery.pk, by=by(), at=MUCH_LATER)


@pytest.mark.parametrize("result", [Refused(reason="550"), Uncertain(reason="silent")])
def test_sending_again_is_a_new_attempt_under_the_same_id(result: SendResult) -> None:
    delivery = attempted(result)
    key = delivery.idempotency_key
    send_again(delivery.pk, by=by(), at=MUCH_LATER)
    send_again(delivery.pk, by=by(), at=MUCH_LATER)
    assert TicketEvent.objects.filter(kind="reply_resent").count() == 1
    assert send_due(MUCH_LATER) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.idempotency_key, delivery.attempts) == ("accepted", key, 2)
    assert list(DeliveryAttempt.objects.order_by("number").values_list("outcome", flat=True))[1] == "sent"


def test_what_has_left_cannot_be_sent_again() -> None:
    delivery = attempted(Uncertain(reason="silent"))
    it_was_sent(delivery.pk, by=by(), at=MUCH_LATER)
    with pytest.raises(CannotSettle, match="has left"):
        send_again(delivery.pk, by=by(), at=MUCH_LATER)


def test_a_held_reply_leaves_only_when_a_person_sends_it_after_the_shadow() -> None:
    delivery = answered(a_ticket(a_store("console", "", shadow=True)), at=LATER)
    with pytest.raises(CannotSettle, match="only watches"):
        send_again(delivery.pk, by=by(), at=SENT_AT)
    delivery.store.shadow = False
    delivery.store.save(update_fields=["shadow"])
    assert send_due(SENT_AT) == 0
    send_again(delivery.pk, by=by(), at=SENT_AT)
    assert send_due(SENT_AT) == 1
