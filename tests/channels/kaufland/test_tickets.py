"""What stands in a ticket: who wrote, who waits, and what was answered elsewhere."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.kaufland.feeding import whole
from tests.factories.sales import AT, a_sale, a_talk
from tresen.channels.contract import InboundMessage, OwnAnswer, PlatformNotice, RawPayload, Role, Source, ThreadKeyKind
from tresen.channels.files import ELSEWHERE, GONE, FileBrought, FileNotHad
from tresen.channels.http import HttpResponse
from tresen.channels.kaufland.files import fetch_file
from tresen.channels.kaufland.parsing import parse
from tresen.fakes.kaufland import FakeKaufland
from tresen.fakes.sales import By
from tresen.fakes.world import World


@pytest.fixture
def asked(world: World) -> World:
    world.fill(sales=[a_sale()], talks=[a_talk("7")])
    return world


def messages(access: OpenAccess) -> list[InboundMessage]:
    return [one for one in whole("messages", access) if isinstance(one, InboundMessage)]


def test_a_buyers_question_names_its_order_and_waits_for_us(asked: World, access: OpenAccess) -> None:
    (found,) = whole("messages", access)

    assert isinstance(found, InboundMessage)
    assert (found.text, found.order_ids, found.expects_answer) == ("Wo ist mein Paket?", ("ORD-1-A",), True)
    assert [(one.kind, one.value) for one in found.thread_keys] == [(ThreadKeyKind.THREAD, "0010000007")]
    assert (found.sender.name, found.role, found.occurred_at) == ("Ida Muster", Role.BUYER, AT)
    assert asked.talks["7"].letters[0].text == found.text


def test_buyer_and_order_are_known_by_the_same_number(asked: World, access: OpenAccess) -> None:
    (order,) = whole("orders", access)
    (found,) = messages(access)

    assert order.buyer.key == found.sender.key  # type: ignore[union-attr]
    assert asked.sales


def test_an_answer_in_the_seller_portal_is_an_answer_at_its_own_time(asked: World, access: OpenAccess) -> None:
    letter = asked.write("7", by=By.SELLER, text="It comes on Monday.")

    question, ours = whole("messages", access)

    assert isinstance(question, InboundMessage)
    assert isinstance(ours, OwnAnswer)
    assert (ours.text, ours.role, ours.thread_keys) == ("It comes on Monday.", Role.BUYER, question.thread_keys)
    assert abs(ours.occurred_at - letter.at) < timedelta(seconds=1)
    assert question.expects_answer, "it was answered, and the clock stops when that was"


@pytest.mark.parametrize("status", ["buyer_closed", "seller_closed", "both_closed", "customer_service_closed_final"])
def test_in_a_closed_ticket_nobody_waits(asked: World, fake: FakeKaufland, access: OpenAccess, status: str) -> None:
    fake.closed["7"] = status

    assert [one.expects_answer for one in messages(access)] == [False]
    assert asked.talks


def test_where_it_is_not_the_sellers_turn_nobody_waits_for_us(
    asked: World, fake: FakeKaufland, access: OpenAccess
) -> None:
    fake.by_service.add("7")

    assert [one.expects_answer for one in messages(access)] == [False]
    assert asked.talks


def test_buyer_and_customer_service_are_two_conversations_of_one_ticket(asked: World, access: OpenAccess) -> None:
    asked.write("7", by=By.OPERATOR, text="Please answer the customer.")
    asked.write("7", by=By.SELLER, text="It comes on Monday.")

    question, service, *ours = whole("messages", access)

    assert isinstance(question, InboundMessage)
    assert isinstance(service, InboundMessage)
    assert (question.role, service.role) == (Role.BUYER, Role.OPERATOR)
    assert service.thread_keys[1] == question.thread_keys[0], "one ticket is one ticket here"
    assert all(isinstance(one, OwnAnswer) for one in ours)
    assert [(one.role, one.number.endswith("/customer-service")) for one in ours if isinstance(one, OwnAnswer)] == [
        (Role.BUYER, False),
        (Role.OPERATOR, True),
    ], "an answer reaches both"


TICKET = b"""{"data": {"id_ticket": "0011", "status": "opened", "is_seller_responsible": true, "id_buyer": null,
 "topic": "delivery_not_received", "messages": [%s]}}"""
SYSTEM = b"""{"id_ticket_message": %d, "author": {"role": "system", "name": "Kaufland"}, "text": "Words %d",
 "ts_created_iso": "2026-11-20T10:0%d:00Z"}"""


def told(body: bytes, **headers: str) -> list[object]:
    payload = RawPayload(
        number=1, source=Source.API, body=body, received_at=AT, recorded_at=AT, about="tickets", headers=headers
    )
    return list(parse(payload))


def test_what_a_ticket_opens_with_is_the_buyers_and_later_words_of_the_system_are_kaufland_s() -> None:
    first, second = told(TICKET % b",".join(SYSTEM % (one, one, one) for one in (1, 2)), orders="M1")

    assert isinstance(first, InboundMessage)
    assert (first.text, first.role, first.subject, first.expects_answer) == (
        "Words 1",
        Role.BUYER,
        "delivery not received",
        True,
    )
    assert isinstance(second, PlatformNotice)
    assert (second.text, second.order_ids) == ("Words 2", ("M1",))


def test_files_stand_with_the_message_that_is_nearest_in_time(asked: World, access: OpenAccess) -> None:
    asked.write("7", by=By.SELLER, text="Ours.", files=[("ours.pdf", 4)])
    asked.talks["7"].letters[-1].at = AT + timedelta(hours=1)
    asked.write("7", by=By.BUYER, text="Here.", files=[("broken.png", 4)])
    asked.talks["7"].letters[-1].at = AT + timedelta(hours=2)

    first, second = messages(access)

    assert first.files == ()
    assert [one.name for one in second.files] == ["broken.png"]


@pytest.mark.parametrize(
    ("reference", "outcome", "expected"),
    [
        ("https://media.kaufland.de/a.png", HttpResponse(status=200, headers={}, body=b"x"), FileBrought(b"x")),
        ("https://kaufland.com/a.png", HttpResponse(status=404, headers={}, body=b""), FileNotHad(GONE)),
        ("https://www.kaufland.sk/a.png", HttpResponse(status=302, headers={}, body=b""), FileNotHad(GONE)),
        ("https://kaufland.example/v2/f/1", HttpResponse(status=200, headers={}, body=b"y"), FileBrought(b"y")),
    ],
)
def test_a_file_is_fetched_from_kaufland_without_our_keys(
    reference: str, outcome: HttpResponse, expected: object, answering: Callable[..., OpenAccess]
) -> None:
    access = answering(outcome)
    access.way.unchecked = (reference,)

    assert fetch_file(reference, access) == expected
    assert not access.way.asked[0].headers


@pytest.mark.parametrize(
    "reference",
    [
        "https://kaufland.de.evil.example/a",
        "https://notkaufland.de/a",
        "http://media.kaufland.de/a",
        "https://user@kaufland.de/a",
        "https://kaufland.de:8443/a",
        "https://[bad",
        "ftp://kaufland.de/a",
    ],
)
def test_nobody_else_learns_that_we_looked(reference: str, answering: Callable[..., OpenAccess]) -> None:
    access = answering()

    assert fetch_file(reference, access) == FileNotHad(ELSEWHERE)
    assert access.way.asked == []


def test_a_topic_that_only_says_that_something_is_asked_is_no_subject() -> None:
    asked = TICKET.replace(b"delivery_not_received", b"order_other_question")
    assert asked != TICKET
    (found,) = told(asked % (SYSTEM % (1, 1, 1)), orders="M1")
    assert isinstance(found, InboundMessage)
    assert found.subject == ""
