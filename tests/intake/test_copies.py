"""A platform's copy of an answer that left from here says nothing new."""

from datetime import datetime, timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tresen.channels.contract import OwnAnswer, Sent, ThreadKey, ThreadKeyKind, Uncertain
from tresen.outbox.receipts import confirm
from tresen.outbox.sending import _claim
from tresen.routing.models import QueuePlace
from tresen.sla.models import Clock
from tresen.stores.models import Store
from tresen.tickets.models import Message

pytestmark = pytest.mark.django_db

ORDER = "302-1234567-1234567"
SENT_AT = MONDAY + timedelta(hours=2)
OURS = "Ihr Paket ist unterwegs."


def copy_of(text: str, *, at: datetime) -> OwnAnswer:
    return OwnAnswer(
        external_id="copy@amazon.example",
        occurred_at=at,
        subject="Ihre E-Mail an Petra Muster",
        text=text,
        order_ids=(ORDER,),
        thread_keys=(ThreadKey(kind=ThreadKeyKind.ORDER, value=ORDER),),
    )


@pytest.fixture
def store() -> Store:
    """Its answer has left, and a message that nobody saw had come in before."""
    store = a_store()
    ticket = a_ticket(store, orders=(ORDER,))
    delivery = answered(ticket, text=OURS, at=SENT_AT - timedelta(minutes=1))
    filed(store, a_message(orders=(ORDER,), text="Und noch etwas!", at=SENT_AT - timedelta(seconds=30)))
    assert _claim(SENT_AT) is not None
    confirm(delivery.pk, Sent(external_id="Q1", at=SENT_AT, provisional=True), attempt=1, at=SENT_AT)
    assert QueuePlace.objects.get().crossed
    return store


@pytest.mark.parametrize("below", ["", f"\n\n# {ORDER}"])
def test_the_copy_of_an_answer_from_here_takes_nothing_unseen_out_of_the_queue(store: Store, below: str) -> None:
    filed(store, copy_of(f"{OURS}{below}", at=SENT_AT + timedelta(minutes=1)))
    assert Message.objects.filter(kind="own_answer").count() == 1
    assert QueuePlace.objects.get().crossed


def test_another_answer_given_there_answers_all_that_had_come(store: Store) -> None:
    filed(store, copy_of(f"{OURS} Und zum Rest: ja, gern.", at=SENT_AT + timedelta(minutes=1)))
    assert not QueuePlace.objects.exists()


def test_the_same_words_given_there_long_after_ours_are_an_answer(store: Store) -> None:
    filed(store, copy_of(OURS, at=SENT_AT + timedelta(days=9)))
    assert not QueuePlace.objects.exists()


def test_the_copy_of_an_answer_of_which_nobody_knew_whether_it_left_says_that_it_did() -> None:
    store = a_store()
    delivery = answered(a_ticket(store, orders=(ORDER,)), text=OURS, at=SENT_AT - timedelta(minutes=1))
    assert _claim(SENT_AT) is not None
    confirm(delivery.pk, Uncertain(reason="silent"), attempt=1, at=SENT_AT)
    filed(store, copy_of(OURS, at=SENT_AT + timedelta(minutes=1)))
    assert QueuePlace.objects.get().task == "settle_delivery"
    assert set(Clock.objects.values_list("outcome", flat=True)) == {"met"}
