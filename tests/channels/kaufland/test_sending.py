"""Answers go into the ticket, once, and are found there: Kaufland does not tell their number."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.kaufland.feeding import whole
from tests.channels.outgoing import reply
from tests.factories.sales import AT, a_sale, a_talk
from tresen.channels.contract import OwnAnswer, Role
from tresen.channels.feeds import Stopped
from tresen.channels.http import HeldBack, HttpResponse, Unanswered, Unreached
from tresen.channels.kaufland.asking import request
from tresen.channels.kaufland.sending import LONGEST, START, find_sent, send
from tresen.channels.order_door import OrderRef
from tresen.channels.outbound import NOT_CLOSED, Later, OutboundMessage, Refused, Sent, Uncertain
from tresen.fakes.kaufland import FakeKaufland
from tresen.fakes.sales import By
from tresen.fakes.world import World

TICKET = "0010000007"
TAKEN = HttpResponse(status=201, headers={}, body=b"")
ORDER = OrderRef(number="ORD-1-A")


def answer(**more: object) -> OutboundMessage:
    return reply("", **{"thread": TICKET, **more})


@pytest.fixture
def asked(world: World) -> World:
    world.fill(sales=[a_sale()], talks=[a_talk("7")])
    return world


def test_an_answer_stands_in_the_ticket_with_its_files(asked: World, access: OpenAccess) -> None:
    result = send(answer(), access)

    letter = asked.talks["7"].letters[-1]
    assert isinstance(result, Sent)
    assert letter.by is By.SELLER
    assert letter.text.startswith("Guten Tag,\n\nes kommt am Montag.")
    assert letter.files == (("Beleg.pdf", 4),)


def test_its_number_is_read_from_the_ticket_and_is_that_of_its_copy(asked: World, access: OpenAccess) -> None:
    result = send(answer(), access)

    (copy,) = [one for one in whole("messages", access) if isinstance(one, OwnAnswer)]
    assert isinstance(result, Sent)
    assert result.external_id == copy.number
    assert asked.talks


def test_an_answer_to_customer_service_has_the_number_of_that_copy(asked: World, access: OpenAccess) -> None:
    asked.write("7", by=By.OPERATOR, text="Please answer.")

    result = send(answer(thread=f"{TICKET}/customer-service"), access)

    copies = {one.role: one.number for one in whole("messages", access) if isinstance(one, OwnAnswer)}
    assert isinstance(result, Sent)
    assert result.external_id == copies[Role.OPERATOR] != copies[Role.BUYER]


def test_nothing_but_the_answer_leaves(asked: World, access: OpenAccess) -> None:
    send(answer(attachments=()), access)

    (posted,) = [one for one in access.way.asked if one.method == "POST"]
    assert b"interim_notice" not in posted.body
    assert posted.body.startswith(b'{"text":"Guten Tag')
    assert b"Wo ist mein Paket?" not in posted.body
    assert asked.talks


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (HttpResponse(status=400, headers={}, body=b'{"message": "no"}'), Refused),
        (HttpResponse(status=401, headers={}, body=b"{}"), Later),
        (HttpResponse(status=500, headers={}, body=b"{}"), Uncertain),
        (HttpResponse(status=503, headers={}, body=b"{}"), Uncertain),
        (HttpResponse(status=200, headers={}, body=b"<html>"), Uncertain),
        (HeldBack(after=timedelta(seconds=5), reason="too many"), Later),
        (Unreached(reason="no route"), Later),
        (Unanswered(reason="silence"), Uncertain),
    ],
)
def test_whatever_kaufland_says_is_told_as_it_is(
    outcome: object, kind: type, answering: Callable[..., OpenAccess]
) -> None:
    access = answering(outcome)

    assert isinstance(send(answer(), access), kind)
    assert len(access.way.asked) == 1, "it is tried once"


@pytest.mark.parametrize("outcome", [Unanswered(reason="silence"), HttpResponse(status=404, headers={}, body=b"")])
def test_what_was_taken_is_taken_though_its_number_can_not_be_read(
    outcome: object, answering: Callable[..., OpenAccess]
) -> None:
    result = send(answer(), answering(TAKEN, outcome))

    assert isinstance(result, Sent)
    assert result.external_id == ""


def test_what_kaufland_would_not_take_is_never_sent(asked: World, access: OpenAccess) -> None:
    assert isinstance(send(answer(text=""), access), Refused)
    assert isinstance(send(answer(text="x" * (LONGEST + 1)), access), Refused)
    assert isinstance(send(reply("buyer@mail.example"), access), Refused)
    assert access.way.asked == []
    assert len(asked.talks["7"].letters) == 1


def test_a_ticket_that_is_closed_for_good_says_so(asked: World, fake: FakeKaufland, access: OpenAccess) -> None:
    fake.closed["7"] = "customer_service_closed_final"

    result = send(answer(), access)

    assert isinstance(result, Refused)
    assert "closed for good" in result.reason
    assert len(asked.talks["7"].letters) == 1


def test_what_may_have_left_is_looked_for_in_the_ticket(asked: World, access: OpenAccess) -> None:
    message = answer(since=AT)
    assert find_sent(message, access) is None

    sent = send(message, access)

    assert find_sent(message, access) == sent
    assert len(asked.talks["7"].letters) == 2


def test_the_same_words_of_last_week_or_of_the_buyer_are_not_taken_for_it(asked: World, access: OpenAccess) -> None:
    asked.write("7", by=By.BUYER, text=answer().text)
    assert find_sent(answer(since=AT), access) is None
    message = answer(since=AT + timedelta(days=7))
    send(message, access)

    assert find_sent(message, access) is None


def test_a_ticket_that_can_not_be_read_says_nothing_of_it(answering: Callable[..., OpenAccess]) -> None:
    assert isinstance(find_sent(answer(), answering(Unreached(reason="no route"))), Stopped)


def test_a_ticket_can_be_opened_about_an_order_and_is_found_there(asked: World, access: OpenAccess) -> None:
    (opening,) = START.openings
    assert START.find is not None
    words = reply("", since=AT, attachments=())
    assert START.find(opening, ORDER, words, access) is None

    result = START.send(opening, ORDER, words, access)

    assert isinstance(result, Sent)
    begun = next(talk for talk in asked.talks.values() if talk.id != "7")
    assert (begun.sale, begun.letters[0].text) == ("ORD-1-A", words.text)
    assert START.find(opening, ORDER, words, access) == result
    assert result.thread


def test_what_can_not_be_opened_is_refused_before_anything_leaves(asked: World, access: OpenAccess) -> None:
    (opening,) = START.openings

    assert isinstance(START.send(opening, ORDER, reply(""), access), Refused), "it has a file"
    assert isinstance(START.send(opening, OrderRef(number="no"), reply("", attachments=()), access), Refused)
    assert isinstance(START.send(opening, ORDER, reply("", attachments=(), text=""), access), Refused)
    assert len(asked.talks) == 1


def told_of_ticket(access: OpenAccess) -> dict[str, object]:
    answer = access.http.send(request(access, "GET", f"/tickets/{TICKET}"))
    assert isinstance(answer, HttpResponse)
    return dict(json.loads(answer.body)["data"])


def test_an_interim_notice_leaves_the_ticket_with_the_seller(asked: World, access: OpenAccess) -> None:
    assert isinstance(send(answer(way="interim"), access), Sent)
    assert told_of_ticket(access)["is_seller_responsible"] is True

    assert isinstance(send(answer(way="answer", text="Es kommt heute."), access), Sent)
    assert told_of_ticket(access)["is_seller_responsible"] is False
    assert [letter.by for letter in asked.talks["7"].letters[-2:]] == [By.SELLER, By.SELLER]


def test_an_answer_closes_its_ticket_where_that_was_chosen(asked: World, access: OpenAccess) -> None:
    result = send(answer(way="close"), access)

    assert isinstance(result, Sent)
    assert result.answer == ""
    assert told_of_ticket(access)["status"] == "seller_closed"
    assert asked.talks


@pytest.mark.parametrize(
    "outcome", [HttpResponse(status=400, headers={}, body=b"{}"), Unanswered(reason="silence"), Unreached(reason="no")]
)
def test_what_has_left_has_left_though_its_ticket_was_not_closed(
    outcome: object, answering: Callable[..., OpenAccess]
) -> None:
    result = send(answer(way="close"), answering(TAKEN, outcome, Unanswered(reason="silence")))

    assert isinstance(result, Sent)
    assert result.answer == NOT_CLOSED
