import json
from dataclasses import replace

import pytest

from tests.channels.payloads import recorded
from tresen.channels.console.parsing import parse
from tresen.channels.contract import IdentityKind, InboundMessage, ThreadKey, ThreadKeyKind, Unreadable


def test_a_typed_message_is_a_message() -> None:
    (found,) = parse(recorded("console/question.json"))
    assert isinstance(found, InboundMessage)
    assert (found.sender.kind, found.sender.key, found.sender.name) == (IdentityKind.USERNAME, "ida", "Ida Muster")
    assert found.thread_keys[0] == ThreadKey(kind=ThreadKeyKind.THREAD, value="t-1")
    assert found.order_ids == ("#4003",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [("{", "not_json"), ("[]", "not_json"), ('{"from": "ida"}', "no_message"), ('{"text": "Hi"}', "no_address")],
)
def test_what_is_no_message_is_shown_to_people(content: str, reason: str) -> None:
    (found,) = parse(replace(recorded("console/question.json"), body=content.encode()))
    assert isinstance(found, Unreadable)
    assert found.reason == reason


def test_an_address_is_an_address() -> None:
    body = json.dumps({"from": "Ida@mail.example", "text": "Hi", "order_ids": "none"}).encode()
    (found,) = parse(replace(recorded("console/question.json"), body=body))
    assert isinstance(found, InboundMessage)
    assert (found.sender.kind, found.sender.key, found.subject) == (IdentityKind.EMAIL, "ida@mail.example", "Hi")
