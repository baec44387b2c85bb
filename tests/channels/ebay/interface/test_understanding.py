"""Each page means what its topic says; of what eBay itself gives as examples nothing breaks."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.channels.ebay.interface.shop import INTERFACES, payload
from tests.channels.payloads import RECEIVED, RECORDED, recorded
from tests.channels.specifications.documents import needs_specifications, samples
from tresen.channels.contract import (
    Ignored,
    InboundMessage,
    OwnAnswer,
    PlatformNotice,
    RawPayload,
    Source,
    Unreadable,
)
from tresen.channels.ebay import CONNECTOR
from tresen.channels.ebay.interface.understanding import _BY_TOPIC
from tresen.channels.erasure import ErasureRequest
from tresen.channels.feeds import Told
from tresen.channels.order_news import FulfilledBy, OrderSnapshot, OrderState, Payment


def test_a_part_shipped_order_with_a_refund_that_waits() -> None:
    (order,) = CONNECTOR.parse(recorded("ebay/api/orders/part_shipped.json"))
    assert isinstance(order, OrderSnapshot)
    assert (order.number, order.state, order.payment) == (
        "12-34567-89012",
        OrderState.PART_SHIPPED,
        Payment.PART_REFUNDED,
    )
    assert (order.total, order.ship_by) == (10470, datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC))
    assert [(line.price, line.shipped) for line in order.lines or ()] == [(4990, 2), (490, 0)]
    assert [(one.external_id, one.amount, one.done) for one in order.refunds or ()] == [
        ("5001", 500, True),
        ("12-34567-89012/2", 100, False),
    ]


def test_an_order_whose_buyer_wants_it_cancelled_and_which_ebay_ships() -> None:
    (order,) = CONNECTOR.parse(recorded("ebay/api/order/cancel_asked.json"))
    assert isinstance(order, OrderSnapshot)
    assert order.cancel_asked_at == datetime(2026, 11, 20, 8, 59, tzinfo=UTC)
    assert (order.fulfilled_by, order.state) == (FulfilledBy.PLATFORM, OrderState.OPEN)
    assert [(one.external_id, one.amount, one.done) for one in order.refunds or ()] == [("5002", 50, True)]


def test_parcels_of_which_nobody_says_the_order_are_not_guessed() -> None:
    told = recorded("ebay/api/order/shipping_fulfillment/one_parcel.json")
    (order,) = CONNECTOR.parse(told)
    assert isinstance(order, OrderSnapshot)
    assert (order.number, order.lines, order.state) == ("12-34567-89012", None, None)
    assert [(one.carrier, one.tracking) for one in order.parcels or ()] == [("DHL", "00340434161094000001")]
    for headers in ({}, {"order-id": "12-34567-89012"}, {"order-id": "12-34567-89012", "changed-at": "soon"}):
        (found,) = CONNECTOR.parse(replace(told, headers=headers))
        assert isinstance(found, Unreadable)


def test_a_question_and_its_answer_come_in_their_order() -> None:
    question, ours = CONNECTOR.parse(recorded("ebay/api/conversation/FROM_MEMBERS/question_and_answer.json"))
    assert isinstance(question, InboundMessage)
    assert isinstance(ours, OwnAnswer)
    assert question.text == "Liegt ein Leuchtmittel bei?"
    assert [(file.name, file.reference) for file in question.files] == [
        ("foto.jpg", "https://media.example.com/foto.jpg")
    ]
    assert question.sender.key == "holz_nora"


def test_ebays_own_message_is_read_as_its_mail_is() -> None:
    (notice,) = CONNECTOR.parse(recorded("ebay/api/conversation/FROM_EBAY/return_request.json"))
    assert isinstance(notice, PlatformNotice)
    assert notice.case
    assert notice.case.external_id == "5012345678"
    assert notice.deadline
    assert notice.deadline.stated == "by November 24, 2026"


def test_who_closed_his_account_is_known_by_name_and_id() -> None:
    (found,) = CONNECTOR.parse(recorded("ebay/webhook/MARKETPLACE_ACCOUNT_DELETION/closed.json"))
    assert isinstance(found, ErasureRequest)
    assert found.keys == ("holz_nora", "example0")


def test_what_we_did_not_ask_for_is_left() -> None:
    told = RawPayload(
        number=1, source=Source.API, body=b"{}", received_at=RECEIVED, recorded_at=RECORDED, about="feedback"
    )
    assert CONNECTOR.parse(told) == (Ignored(reason="nothing_we_asked_for"),)


@pytest.mark.parametrize("about", sorted(_BY_TOPIC))
@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{}", b'{"members": {}}', b"\xff\x00"])
def test_garbage_says_why(about: str, body: bytes) -> None:
    headers = {"account": "a", "conversation-id": "1", "order-id": "1", "changed-at": "2026-11-20T09:00:00+00:00"}
    found = CONNECTOR.parse(payload(Told(about=about, body=body, headers=headers)))
    assert found
    assert all(isinstance(each, Unreadable | Ignored | OrderSnapshot) for each in found)


@needs_specifications
def test_every_sample_of_the_workshop_is_understood() -> None:
    became: Counter[str] = Counter()
    for path in samples("ebay/samples"):
        told = json.loads(path.read_bytes())
        body = json.dumps(told["message"], separators=(",", ":")).encode()
        about = told["message"]["metadata"]["topic"]
        for each in CONNECTOR.parse(payload(Told(about=about, body=body), source=Source.WEBHOOK)):
            became[type(each).__name__] += 1
    assert became == {"ErasureRequest": 3}


@needs_specifications
def test_the_specifications_give_no_examples_that_could_be_read() -> None:
    """Should an edition bring some, they belong into the test above."""
    for interface in INTERFACES:
        for path, operations in interface.root["paths"].items():
            for method, said in operations.items():
                if method in {"get", "post"}:
                    for status in said["responses"]:
                        assert interface.examples(method, path, status) == []
