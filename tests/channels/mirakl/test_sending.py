"""Answers go into the operator's thread, once, and can be found there."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.outgoing import reply
from tests.factories.sales import AT, a_sale, a_talk
from tresen.channels.feeds import Stopped
from tresen.channels.http import HeldBack, HttpResponse, Unanswered, Unreached
from tresen.channels.mirakl.sending import START, find_sent, send
from tresen.channels.order_door import OrderRef
from tresen.channels.outbound import Later, Refused, Sent, Uncertain
from tresen.fakes.sales import By
from tresen.fakes.world import World


@pytest.fixture
def asked(world: World) -> World:
    world.fill(sales=[a_sale()], talks=[a_talk()])
    return world


def test_an_answer_stands_in_the_thread_with_its_files(asked: World, access: OpenAccess) -> None:
    result = send(reply("", thread="t-1"), access)

    letter = asked.talks["t-1"].letters[-1]
    assert isinstance(result, Sent)
    assert result.external_id == letter.id
    assert (letter.by, letter.to) == (By.SELLER, (By.BUYER,))
    assert letter.text.startswith("Guten Tag,\n\nes kommt am Montag.")
    assert letter.files == (("Beleg.pdf", 4),)


@pytest.mark.parametrize(
    ("thread", "to", "reached"),
    [
        ("t-1", (), (By.BUYER,)),
        ("t-1/operator", (), (By.OPERATOR,)),
        ("t-1", ("buyer", "operator"), (By.BUYER, By.OPERATOR)),
    ],
)
def test_it_reaches_whom_it_is_for(
    asked: World, access: OpenAccess, thread: str, to: tuple[str, ...], reached: tuple[By, ...]
) -> None:
    send(reply("", thread=thread, to=to), access)

    assert asked.talks["t-1"].letters[-1].to == reached


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (HttpResponse(status=400, headers={}, body=b'{"message": "no"}'), Refused),
        (HttpResponse(status=401, headers={}, body=b"{}"), Later),
        (HttpResponse(status=500, headers={}, body=b"{}"), Uncertain),
        (HttpResponse(status=503, headers={}, body=b"{}"), Later),
        (HeldBack(after=timedelta(seconds=5), reason="too many"), Later),
        (Unreached(reason="no route"), Later),
        (Unanswered(reason="silence"), Uncertain),
        (HttpResponse(status=201, headers={}, body=b"not json"), Sent),
    ],
)
def test_whatever_the_operator_says_is_told_as_it_is(
    outcome: object, kind: type, answering: Callable[..., OpenAccess]
) -> None:
    assert isinstance(send(reply("", thread="t-1"), answering(outcome)), kind)


def test_what_the_operator_would_not_take_is_never_sent(asked: World, access: OpenAccess) -> None:
    assert isinstance(send(reply("", thread="t-1", text="no"), access), Refused)
    assert isinstance(send(reply("buyer@mail.example"), access), Refused)
    assert access.way.asked == []


def test_what_may_have_left_is_looked_for_in_the_thread(asked: World, access: OpenAccess) -> None:
    message = reply("", thread="t-1", since=AT)
    assert find_sent(message, access) is None

    send(message, access)

    found = find_sent(message, access)
    assert isinstance(found, Sent)
    assert found.external_id == asked.talks["t-1"].letters[-1].id


def test_the_same_words_of_last_week_are_not_taken_for_it(asked: World, access: OpenAccess) -> None:
    message = reply("", thread="t-1", since=AT + timedelta(days=7))
    send(message, access)

    assert find_sent(message, access) is None


def test_a_thread_that_can_not_be_read_says_nothing_of_it(answering: Callable[..., OpenAccess]) -> None:
    assert isinstance(find_sent(reply("", thread="t-1"), answering(Unreached(reason="no route"))), Stopped)


def test_a_conversation_can_be_begun_about_an_order(asked: World, access: OpenAccess) -> None:
    result = START.send(START.openings[0], OrderRef(number="ORD-1-A"), reply(""), access)

    assert isinstance(result, Sent)
    begun = next(talk for talk in asked.talks.values() if talk.id != "t-1")
    assert (begun.sale, begun.letters[0].to) == ("ORD-1-A", (By.BUYER,))


def test_what_may_have_begun_is_looked_for_among_the_orders_threads(asked: World, access: OpenAccess) -> None:
    order, (opening,) = OrderRef(number="ORD-1-A"), START.openings
    assert START.find is not None
    assert START.find(opening, order, reply(""), access) is None
    sent = START.send(opening, order, reply(""), access)

    found = START.find(opening, order, reply("", since=AT), access)

    assert isinstance(sent, Sent)
    assert isinstance(found, Sent)
    assert (found.external_id, found.thread) == (sent.external_id, sent.thread)
    assert START.find(opening, OrderRef(number="ORD-2-A"), reply(""), access) is None
