"""Every mail of the demo is read by the real reader as what it was written as."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.local.demo.dice import dice_of
from tresen.channels.contract import Automatic, DeliveryNotice, InboundMessage, Source, StoreView
from tresen.intake.reading import Circumstances, Reading, read
from tresen.local.demo.tale import words
from tresen.local.demo.tale.mails import Thread, automatic_payload, bounce_payload, buyers_payload
from tresen.local.demo.tale.orders import planned_order
from tresen.local.demo.tale.people import any_buyer
from tresen.local.demo.tale.stores import BY_MAIL, STORES, store_plan

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
VIEWS = {
    plan.key: StoreView(id=number, channel=plan.channel, marketplace=plan.marketplace, addresses=(plan.address,))
    for number, plan in enumerate(STORES, start=1)
}
KEYS = [plan.key for plan in BY_MAIL]


def thread_of(key: str, *, seed: int = 1, with_order: bool = True) -> Thread:
    dice, plan = dice_of(seed), store_plan(key)
    buyer = any_buyer(dice, plan)
    order = planned_order(dice, plan, buyer, at=NOW - timedelta(days=6))
    return Thread(
        key=f"{key}-{seed}",
        store=plan,
        buyer=buyer,
        product=order.product,
        order=order if with_order else None,
        subject="Frage",
    )


def meaning_of(thread: Thread, raw: bytes, *, form: bool = False):
    mailbox = [plan for plan in STORES if plan.mailbox == thread.store.mailbox and not form] or [thread.store]
    about = Circumstances(
        number=1,
        source=Source.FORM if form else Source.MAIL,
        received_at=NOW,
        recorded_at=NOW,
        stores=tuple(VIEWS[plan.key] for plan in mailbox),
    )
    reading, *meanings = read(raw, about)
    assert isinstance(reading, Reading)
    return reading, meanings


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("seed", range(6))
def test_a_buyers_words_come_out_of_their_frame_as_they_went_in(key, seed):
    thread = thread_of(key, seed=seed)
    about = words.About(buyer=thread.buyer, product=thread.product, order=thread.order, at=NOW)
    text = words.question(dice_of(seed), "damaged", about).text
    form = thread.store.channel == "website"
    reading, (message,) = meaning_of(thread, buyers_payload(thread, text, at=NOW, number=1), form=form)
    assert isinstance(message, InboundMessage)
    assert message.text.split() == text.split()
    assert reading.store == VIEWS[key].id
    assert message.problems == ()


@pytest.mark.parametrize("key", ["amazon_de", "amazon_it", "ebay_de", "website"])
def test_the_order_stands_where_the_channel_names_it(key):
    thread = thread_of(key)
    _, (message,) = meaning_of(thread, buyers_payload(thread, "Wo?", at=NOW, number=1), form=key == "website")
    assert message.order_ids == (thread.order.number,)


def test_a_later_mail_points_at_our_answer():
    thread = thread_of("shop").answered_by("reply@tannlicht.example")
    _, (message,) = meaning_of(thread, buyers_payload(thread, "Danke!", at=NOW, number=2))
    assert "reply@tannlicht.example" in {key.value for key in message.thread_keys}
    assert message.sender.key == thread.buyer.address


def test_an_absence_note_is_seen_to_be_a_machines():
    thread = thread_of("mail").answered_by("reply@tannlicht.example")
    _, (message,) = meaning_of(thread, automatic_payload(thread, "Abwesend", "Bin weg.", at=NOW, number=2))
    assert message.automatic is Automatic.AUTO_REPLY
    assert not message.expects_answer


def test_a_bounce_names_the_answer_that_came_back():
    thread = thread_of("mail").answered_by("reply@tannlicht.example")
    _, (notice,) = meaning_of(thread, bounce_payload(thread, at=NOW, number=2))
    assert isinstance(notice, DeliveryNotice)
    assert notice.message_id == "reply@tannlicht.example"
    assert notice.permanent


def test_the_same_payload_always_has_the_same_bytes():
    thread = thread_of("amazon_de")
    first = buyers_payload(thread, "Wo?", at=NOW, number=1)
    assert first == buyers_payload(replace(thread), "Wo?", at=NOW, number=1)
