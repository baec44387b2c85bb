"""What platforms tell of our answers later, also when it comes before we know their id."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tests.outbox.test_receipts import LATER, SENT_AT, attempted, events
from tresen.channels.contract import Receipt, Sent, Stage, Uncertain
from tresen.outbox.models import Delivery, DeliveryState, PlatformReceipt
from tresen.outbox.receipts import confirm
from tresen.outbox.sending import _claim
from tresen.outbox.settling import settle_found
from tresen.outbox.told import KEPT_FOR, Told, forget_told, stages_of, take_told, take_told_before

pytestmark = pytest.mark.django_db
WAMID = "wamid.invented"
TAKEN = Sent(external_id=WAMID, at=SENT_AT, provisional=True)


def told(delivery: Delivery, stage: Stage, *, minutes: int = 1, reason: str = "") -> Told:
    at = SENT_AT + timedelta(minutes=minutes)
    return Told(delivery.store_id, Receipt(external_id=WAMID, stage=stage, occurred_at=at, reason=reason))


def test_the_furthest_stage_is_shown_in_whatever_order_they_come() -> None:
    delivery = attempted(TAKEN)
    take_told([told(delivery, Stage.READ, minutes=9), told(delivery, Stage.SENT)], at=SENT_AT)
    take_told([told(delivery, Stage.DELIVERED, minutes=2)], at=SENT_AT)

    assert stages_of([delivery]) == {delivery.pk: (Stage.READ, SENT_AT + timedelta(minutes=9))}


def test_what_fails_in_the_end_is_taken_back_with_its_reason() -> None:
    delivery = attempted(TAKEN)
    take_told([told(delivery, Stage.FAILED, reason="131026 not on WhatsApp")], at=SENT_AT)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == (DeliveryState.BOUNCED, "131026 not on WhatsApp")
    assert len(events(delivery, "reply_bounced")) == 1


def test_told_twice_it_is_taken_back_once() -> None:
    delivery = attempted(TAKEN)
    for _ in range(2):
        take_told([told(delivery, Stage.FAILED)], at=SENT_AT)

    assert PlatformReceipt.objects.count() == 1
    assert len(events(delivery, "reply_bounced")) == 1


def test_what_is_told_before_we_know_the_answers_id_is_not_lost() -> None:
    delivery = answered(a_ticket(), at=LATER)
    claimed = _claim(SENT_AT)
    assert claimed is not None
    take_told([told(delivery, Stage.FAILED, minutes=0)], at=SENT_AT)
    confirmed = confirm(claimed.pk, TAKEN, attempt=claimed.attempts, at=SENT_AT)
    take_told_before(confirmed, at=SENT_AT)

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.BOUNCED


def test_what_was_found_there_had_failed_by_then_or_fails_later() -> None:
    early = attempted(Uncertain(reason="silence"))
    take_told([told(early, Stage.FAILED, minutes=2)], at=SENT_AT)
    assert settle_found(early.pk, TAKEN, at=SENT_AT + timedelta(minutes=3))
    early.refresh_from_db()
    assert early.state == DeliveryState.BOUNCED

    late = attempted(Uncertain(reason="silence"))
    other = replace(TAKEN, external_id="wamid.other")
    assert settle_found(late.pk, other, at=SENT_AT + timedelta(minutes=3))
    assert events(late, "reply_accepted")[-1].facts["provisional_until"] is not None


def test_an_answer_of_another_store_with_the_same_id_is_another_one() -> None:
    delivery = attempted(TAKEN)
    other = a_store("ebay", "ebay.de")
    take_told([Told(other.pk, told(delivery, Stage.READ).receipt)], at=SENT_AT)

    assert stages_of([delivery]) == {}


def test_it_is_forgotten_after_a_while() -> None:
    take_told([told(attempted(TAKEN), Stage.READ)], at=MONDAY)

    assert forget_told(MONDAY + KEPT_FOR) == 0
    assert forget_told(MONDAY + KEPT_FOR + timedelta(seconds=1)) == 1
