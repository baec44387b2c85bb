"""Answers leave as a note of the order where the buyer wrote with it, else by mail."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.outgoing import TAKEN, KeepingTransport, read, reply
from tests.channels.woocommerce.shop import NOW, a_sale, answered, said, understood, visit
from tresen.channels.contract import Later, OutboundAttachment, OutboundMessage, Refused, Sent, Uncertain
from tresen.channels.http import HeldBack, HttpOutcome, Unanswered
from tresen.channels.order_door import OrderRef
from tresen.channels.woocommerce import CONNECTOR
from tresen.channels.woocommerce.sending import START, find_sent, send
from tresen.fakes.sales import By

BY_NOTE = replace(
    reply("ida@mail.example"),
    attachments=(),
    thread="1001",
    in_reply_to="remark/1001",
    since=NOW,
    text="Gern, < 3 Tage.",
)
ORDER = OrderRef(number="#1001", external_id="1001")
(OPENING,) = START.openings


def test_a_note_reaches_the_buyer_once_and_is_found_again() -> None:
    shop = visit(a_sale())
    sent = send(BY_NOTE, shop.access)

    assert isinstance(sent, Sent)
    (note,) = shop.fake.notes["1001"]
    assert (note.text, note.for_customer, note.author) == ("Gern, &lt; 3 Tage.", True, "Tannlicht")
    assert (sent.external_id, sent.thread) == (f"note/{note.id}", "1001")
    found = find_sent(BY_NOTE, shop.access)
    assert isinstance(found, Sent)
    assert found.external_id == sent.external_id
    assert len(shop.fake.notes["1001"]) == 1
    (talk,) = shop.world.talks.values()
    assert [(letter.by, letter.text) for letter in talk.letters] == [(By.SELLER, BY_NOTE.text)]


def test_other_words_older_ones_and_internal_notes_are_not_ours() -> None:
    shop = visit(a_sale())
    shop.fake.write("1001", "Andere Worte", for_customer=True, author="Jana")
    shop.fake.write("1001", "Gern, &lt; 3 Tage.", for_customer=False, author="Jana")
    assert find_sent(BY_NOTE, shop.access) is None
    shop.fake.write("1001", "Gern, &lt; 3 Tage.", for_customer=True, author="Jana")
    assert find_sent(replace(BY_NOTE, since=NOW + timedelta(hours=1)), shop.access) is None


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Unanswered(reason="silence"), Uncertain),
        (said({"code": "internal_server_error"}, status=500), Uncertain),
        (said({"code": "rest_invalid_param"}, status=400), Refused),
        (HeldBack(after=timedelta(seconds=5), reason="429"), Later),
    ],
)
def test_whatever_the_shop_says_is_told_as_it_is_and_tried_once(outcome: HttpOutcome, kind: type) -> None:
    access = answered(outcome)
    assert isinstance(send(BY_NOTE, access), kind)
    assert len(access.way.asked) == 1


def test_a_note_takes_no_files() -> None:
    shop = visit(a_sale())
    file = OutboundAttachment(name="a.pdf", content_type="application/pdf", content=b"x")
    assert isinstance(send(replace(BY_NOTE, attachments=(file,)), shop.access), Refused)
    assert shop.asked == []


@pytest.mark.parametrize(
    "message", [reply("ida@mail.example"), replace(BY_NOTE, in_reply_to="<1@mail.example>", references=())]
)
def test_a_mail_is_answered_by_mail_also_in_an_orders_conversation(message: OutboundMessage) -> None:
    shop = visit(a_sale())
    shop.access.mail = KeepingTransport()
    assert send(message, shop.access) == TAKEN
    ((_, recipient, raw),) = shop.access.mail.taken
    assert recipient == "ida@mail.example"
    assert message.text in read(raw).text
    assert shop.asked == []


def test_mail_is_not_looked_for_at_the_shop() -> None:
    assert find_sent(reply("ida@mail.example"), visit().access) is None


def test_a_conversation_is_begun_with_a_note_and_found_there() -> None:
    shop = visit(a_sale())
    message = replace(BY_NOTE, thread="", in_reply_to=None)
    assert START.find is not None
    assert START.find(OPENING, ORDER, message, shop.access) is None
    sent = START.send(OPENING, ORDER, message, shop.access)
    assert isinstance(sent, Sent)
    assert sent.thread == "1001"
    assert START.find(OPENING, ORDER, message, shop.access) == replace(
        sent, at=shop.fake.notes["1001"][0].at.replace(microsecond=0)
    )
    assert isinstance(START.send(OPENING, OrderRef(number="#1001"), message, shop.access), Refused)
    assert START.find(OPENING, OrderRef(number="#1001"), message, shop.access) is None


def test_our_note_comes_back_as_the_same_answer() -> None:
    shop = visit(a_sale())
    sent = send(BY_NOTE, shop.access)
    assert isinstance(sent, Sent)
    assert CONNECTOR.order is not None
    told = CONNECTOR.order.read(ORDER, shop.access)
    assert isinstance(told, list)
    (answer,) = (one for each in told if each.about == "notes" for one in understood(each))
    assert (answer.external_id, answer.text) == (sent.external_id, BY_NOTE.text)  # type: ignore[union-attr]
