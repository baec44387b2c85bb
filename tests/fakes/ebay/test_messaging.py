"""The fake Message API has eBay's own pitfalls."""

import json

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from tests.channels.ebay.interface.shop import a_fake, a_talk
from tests.fakes.ebay.test_platform import asked, error_of, sellers
from tresen.fakes.ebay.platform import Ebay

PATH = "/commerce/message/v1/conversation"


def sent(fake: Ebay, body: object) -> Response:
    builder = EnvironBuilder(
        path="/commerce/message/v1/send_message",
        method="POST",
        data=json.dumps(body),
        content_type="application/json",
        headers=Headers([("Authorization", f"Bearer {sellers(fake)}")]),
    )
    return fake.answer(Request(builder.get_environ()))


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({}, 355017),
        ({"conversation_type": "ALL"}, 355017),
        ({"conversation_type": "FROM_MEMBERS", "limit": "51"}, 355009),
        ({"conversation_type": "FROM_MEMBERS", "limit": "20", "offset": "10"}, 355008),
        ({"conversation_type": "FROM_MEMBERS", "start_time": "yesterday"}, 355005),
    ],
)
def test_what_ebay_would_not_take_is_refused(query: dict[str, str], number: int) -> None:
    fake = a_fake(talks=[a_talk(1)])
    assert error_of(asked(fake, PATH, token=f"Bearer {sellers(fake)}", **query)) == (400, number)


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ({"conversationId": "80001"}, 355015),
        ({"conversationId": "80001", "messageText": "x" * 2001}, 355013),
        ({"conversationId": "elsewhere", "messageText": "x"}, 355007),
        ({"otherPartyUsername": "nobody", "messageText": "x"}, 355006),
        ({"messageText": "x"}, 355018),
        ({"conversationId": "80001", "messageMedia": [{"mediaType": "IMAGE", "mediaUrl": "http://x"}]}, 355014),
        ({"conversationId": "80001", "messageMedia": [{"mediaType": "EXE"}]}, 355011),
        ({"conversationId": "80001", "messageMedia": [{}] * 6}, 355010),
    ],
)
def test_a_message_that_ebay_would_not_take_is_refused(body: object, number: int) -> None:
    fake = a_fake(talks=[a_talk(1)])
    assert error_of(sent(fake, body)) == (400, number)
    assert len(fake.world.talks["80001"].letters) == 1


def test_names_are_spelt_in_two_ways() -> None:
    fake = a_fake(talks=[a_talk(1)])
    told = sent(fake, {"conversationId": "80001", "messageText": "Yes."}).get_json()
    assert (told["senderUserName"], told["recipientUserName"]) == ("birkenhof", "Member_1")
    page = asked(fake, f"{PATH}/80001", token=f"Bearer {sellers(fake)}", conversation_type="FROM_MEMBERS").get_json()
    assert [one["senderUsername"] for one in page["messages"]] == ["birkenhof", "Member_1"]
    assert "conversationId" not in page
