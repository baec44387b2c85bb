"""A chat is begun with the buyer of an order, once."""

from collections.abc import Callable

import pytest

from tests.channels.asking import OpenAccess
from tests.factories.sales import AT, a_sale, a_talk
from tresen.channels.contract import Later, OutboundAttachment, OutboundMessage, Refused, Sent
from tresen.channels.http import HttpResponse, Unanswered
from tresen.channels.order_door import OrderRef
from tresen.channels.tiktok_shop.asking import NO_MESSAGES, NO_SUCH_ORDER
from tresen.channels.tiktok_shop.starting import START
from tresen.fakes.sales import By
from tresen.fakes.tiktok_shop import FakeTikTokShop
from tresen.fakes.tiktok_shop.chats import chat_number
from tresen.fakes.world import World

NUMBER = "576486316948490001"
ORDER = OrderRef(number=NUMBER)
(OPENING,) = START.openings


@pytest.fixture
def sold(world: World) -> World:
    world.fill(sales=[a_sale(NUMBER)])
    return world


def first(*files: OutboundAttachment) -> OutboundMessage:
    return OutboundMessage(
        idempotency_key="k1",
        recipient="",
        recipient_name="",
        sender="",
        sender_name="",
        subject="",
        text="Ihr Paket kommt morgen.",
        since=AT,
        attachments=files,
    )


def test_a_chat_is_made_and_our_words_stand_in_it(sold: World, access: OpenAccess) -> None:
    sent = START.send(OPENING, ORDER, first(), access)

    (talk,) = sold.talks.values()
    assert isinstance(sent, Sent)
    assert sent.thread == chat_number(talk)
    assert [(letter.by, letter.text) for letter in talk.letters] == [(By.SELLER, "Ihr Paket kommt morgen.")]
    assert START.find is not None
    found = START.find(OPENING, ORDER, first(), access)
    assert isinstance(found, Sent)
    assert (found.external_id, found.thread) == (sent.external_id, sent.thread)


def test_where_there_is_a_chat_with_the_buyer_it_is_written_to(sold: World, access: OpenAccess) -> None:
    sold.fill(talks=[a_talk("7", sale=NUMBER)])
    assert START.find is not None
    assert START.find(OPENING, ORDER, first(), access) is None

    sent = START.send(OPENING, ORDER, first(), access)

    assert isinstance(sent, Sent)
    assert sent.thread == chat_number(sold.talks["7"])


def test_what_it_does_not_take_is_refused(sold: World, fake: FakeTikTokShop, access: OpenAccess) -> None:
    picture = OutboundAttachment(name="a.png", content_type="image/png", content=b"x")
    assert isinstance(START.send(OPENING, ORDER, first(picture), access), Refused)
    unknown = START.send(OPENING, OrderRef(number="1"), first(), access)
    assert unknown == Refused(reason=NO_SUCH_ORDER % {"number": "1"})
    fake.denied = ("/customer_service/",)
    assert START.send(OPENING, ORDER, first(), access) == Refused(reason=NO_MESSAGES)
    assert sold.talks == {}


def test_making_a_chat_may_be_tried_again_for_the_buyer_sees_nothing_of_it(
    sold: World, access: OpenAccess, answering: Callable[..., OpenAccess]
) -> None:
    token = b'{"code": 0, "data": {"access_token": "a", "access_token_expire_in": 1896000000}}'
    order = b'{"code": 0, "data": {"orders": [{"id": "%s", "status": "UNPAID", "update_time": 1, "user_id": "7"}]}}'
    answers = [token, order % NUMBER.encode()]
    way = answering(*(HttpResponse(status=200, headers={}, body=body) for body in answers), Unanswered(reason="gone"))
    assert isinstance(START.send(OPENING, ORDER, first(), way), Later)
    assert sold.sales
    assert access.way.asked == []
