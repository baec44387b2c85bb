"""The interfaces of the platforms are read as they mean it."""

import json

import pytest

from tests.channels.specifications.documents import needs_specifications
from tests.channels.specifications.interface import Interface

pytestmark = needs_specifications

MESSAGES = Interface("ebay/specs/commerce_message_v1_oas3.json", base="/commerce/message/v1")
ORDERS = Interface("amazon/models/orders_2026-01-01.json")
MIRAKL = Interface("mirakl/facts/mmp-seller-skeleton.json")
EBAY = "https://api.ebay.example/commerce/message/v1"
JSON = {"Content-Type": "application/json"}


def test_what_a_platform_takes_is_not_complained_about() -> None:
    body = json.dumps({"conversationId": "1", "messageText": "Hello"}).encode()

    assert MESSAGES.complaints_about_request("POST", f"{EBAY}/send_message", JSON, body) == []
    assert (
        MESSAGES.complaints_about_request("GET", f"{EBAY}/conversation?conversation_type=FROM_MEMBERS", {}, b"") == []
    )


@pytest.mark.parametrize(
    ("method", "address", "body", "complaint"),
    [
        ("GET", f"{EBAY}/conversation", b"", "conversation_type"),
        ("GET", f"{EBAY}/conversation?conversation_type=X&unheard=1", b"", "unheard"),
        ("POST", f"{EBAY}/send_message", b'{"messageText": 5}', "messageText"),
        ("GET", f"{EBAY}/no_such_thing", b"", "has no GET"),
    ],
)
def test_what_it_would_not_take_is(method: str, address: str, body: bytes, complaint: str) -> None:
    found = MESSAGES.complaints_about_request(method, address, JSON, body)

    assert any(complaint in one for one in found), found


def test_the_older_dialect_is_read_too() -> None:
    address = "https://sellingpartnerapi-eu.amazon.example/orders/2026-01-01/orders"

    assert ORDERS.complaints_about_request("GET", f"{address}?maxResultsPerPage=100", {}, b"") == []
    assert ORDERS.complaints_about_request("GET", f"{address}?maxResultsPerPage=many", {}, b"") != []


def test_an_answer_of_another_shape_is_complained_about() -> None:
    address = "https://operator.example/api/orders?max=10"

    assert MIRAKL.complaints_about_answer("GET", address, 200, b'{"orders": [], "total_count": 0}') == []
    assert MIRAKL.complaints_about_answer("GET", address, 200, b'{"orders": "none"}') != []


def test_the_examples_of_a_specification_are_found() -> None:
    assert ORDERS.examples("get", "/orders/2026-01-01/orders/{orderId}")
