"""Answers go into the conversation; who cannot be let in writes by mail as before."""

from datetime import timedelta

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.ebay.interface.shop import AT, a_fake, a_sale, a_talk, answer, number, opened
from tests.channels.outgoing import TAKEN, reply
from tests.channels.specifications.documents import needs_specifications
from tresen.channels.contract import Later, OutboundAttachment, OutboundMessage, Refused, Sent, Uncertain
from tresen.channels.ebay import CONNECTOR
from tresen.channels.ebay.interface.messages.answering import START, begin, find_sent
from tresen.channels.ebay.sending import send
from tresen.channels.feeds import Stopped
from tresen.channels.http import HeldBack, Unanswered, Unreached
from tresen.channels.order_door import OrderRef
from tresen.fakes.sales import By

ALIAS = "0123456789abcdef0123@members.ebay.de"


def words(text: str = "It comes on Monday.", **changes: object) -> OutboundMessage:
    return reply(ALIAS, text=text, **({"thread": "80001", "attachments": ()} | changes))


def test_an_answer_lies_in_the_conversation_and_is_found_there_again() -> None:
    fake = a_fake(talks=[a_talk(1)])
    access = opened(fake)
    sent = send(words(), access)

    letter = fake.world.talks["80001"].letters[-1]
    assert (letter.by, letter.text) == (By.SELLER, "It comes on Monday.")
    assert isinstance(sent, Sent)
    assert (sent.external_id, sent.at, sent.provisional) == (letter.id, letter.at, False)
    found = find_sent(words(), access)
    assert isinstance(found, Sent)
    assert (found.external_id, found.at) == (letter.id, letter.at)
    assert access.mail.taken == []  # type: ignore[attr-defined]


def test_what_was_not_sent_is_not_found_and_of_two_the_newer_one_is() -> None:
    fake = a_fake(talks=[a_talk(1)])
    access = opened(fake)
    assert find_sent(words(), access) is None
    assert find_sent(words("Is it 0 cm wide?"), access) is None  # the buyer's
    send(words(), access)
    second = send(words("It comes\r\non  Monday."), access)
    found = find_sent(words(), access)
    assert isinstance(second, Sent)
    assert isinstance(found, Sent)
    assert found.external_id == second.external_id
    assert find_sent(words(thread=""), access) is None
    assert find_sent(words(since=AT), access) == found
    assert find_sent(words(since=AT + timedelta(minutes=5)), access) is None


def test_a_store_that_is_not_let_in_answers_by_mail() -> None:
    class Closed(OpenAccess):
        def secret(self, name: str) -> str:
            raise LookupError(name)

    access = Closed(way=opened().way)
    assert send(words(), access) == TAKEN
    assert send(words(thread=""), opened()) == TAKEN


def test_files_and_too_long_texts_are_refused_in_words() -> None:
    file = OutboundAttachment(name="Beleg.pdf", content_type="application/pdf", content=b"%PDF")
    access = opened(a_fake(talks=[a_talk(1)]))
    for message in (words(attachments=(file,)), words("x" * 2001)):
        refused = send(message, access)
        assert isinstance(refused, Refused)
        assert refused.reason.startswith("eBay takes")
    assert access.way.asked == []


@pytest.mark.parametrize(
    ("outcome", "result"),
    [
        (answer(400), Refused),
        (answer(401), Later),
        (answer(403), Refused),
        (answer(500), Uncertain),
        (answer(503), Later),
        (answer(201, b"garbage"), Uncertain),
        (answer(201, b'{"messageId": "5"}'), Uncertain),
        (HeldBack(after=timedelta(seconds=9), reason="429"), Later),
        (Unreached(reason="no line"), Later),
        (Unanswered(reason="silence"), Uncertain),
    ],
)
def test_what_ebay_says_is_the_result(outcome: object, result: type) -> None:
    assert isinstance(send(words(), opened(None, outcome)), result)  # type: ignore[arg-type]


def test_why_it_could_not_be_looked_for_is_told() -> None:
    known = answer(200, b'{"username": "birkenhof"}')
    for answers in ([answer(500)], [known, answer(500)]):
        assert isinstance(find_sent(words(), opened(None, *answers)), Stopped)


def test_a_conversation_is_begun_with_the_orders_buyer_about_its_item() -> None:
    fake = a_fake(sales=[a_sale(1)])
    access = opened(fake)
    (opening,) = START.openings
    sent = begin(opening, OrderRef(number=number(1)), words(thread=""), access)

    (talk,) = fake.world.talks.values()
    assert isinstance(sent, Sent)
    assert (talk.buyer.key, talk.item) == ("Member_1", "220000000001")
    assert talk.letters[-1].id == sent.external_id
    assert b'"otherPartyUsername": "Member_1"' in access.way.asked[-1].body


@pytest.mark.parametrize(
    ("outcome", "result"),
    [(answer(401), Refused), (answer(500), Later), (answer(200, b"{}"), Later), (Unanswered(reason="silence"), Later)],
)
def test_nothing_is_begun_while_the_order_cannot_be_read(outcome: object, result: type) -> None:
    (opening,) = START.openings
    access = opened(None, outcome)  # type: ignore[arg-type]
    assert isinstance(begin(opening, OrderRef(number=number(1)), words(thread=""), access), result)


@needs_specifications
def test_the_longest_text_is_what_the_interface_takes() -> None:
    longest = CONNECTOR.max_reply_length
    assert longest == START.openings[0].most == 2000
    fake = a_fake(talks=[a_talk(1)])
    assert isinstance(send(words("x" * longest), opened(fake)), Sent)


def test_what_may_have_begun_is_looked_for_with_the_orders_buyer() -> None:
    fake = a_fake(sales=[a_sale(1), a_sale(2)])
    access = opened(fake)
    (opening,), order = START.openings, OrderRef(number=number(1))
    assert START.find is not None
    assert START.find(opening, order, words(thread=""), access) is None
    sent = begin(opening, order, words(thread=""), access)

    found = START.find(opening, order, words(thread=""), access)

    assert isinstance(sent, Sent)
    assert isinstance(found, Sent)
    assert found.external_id == sent.external_id
    assert START.find(opening, OrderRef(number=number(2)), words(thread=""), access) is None
    assert isinstance(START.find(opening, order, words(thread=""), opened(None, answer(500))), Stopped)


@pytest.mark.parametrize("text", ["Write to mika@example.com", "Call 030 23125123", "See https://shop.example.com"])
def test_a_first_message_that_leads_away_is_refused_without_asking_ebay(text: str) -> None:
    fake = a_fake(sales=[a_sale(1)])
    opening = START.openings[0]

    refused = begin(opening, OrderRef(number=number(1)), words(text, thread=""), opened(fake))

    assert isinstance(refused, Refused)
    assert refused.reason.startswith("eBay takes no ")
    assert not fake.world.talks
