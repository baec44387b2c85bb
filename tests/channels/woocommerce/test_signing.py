"""A webhook is the shop's only if its signature says so, and is told once."""

import json
from datetime import timedelta

import pytest

from tests.channels.specifications.documents import PLATFORMS
from tests.channels.woocommerce.shop import AT
from tresen.channels.webhooks import Webhook
from tresen.channels.woocommerce.signing import SECRET, is_genuine, told
from tresen.fakes.woocommerce.webhooks import Delivery, signed

VECTORS = PLATFORMS / "woocommerce" / "signature-vectors.json"
KNOWN = json.loads(VECTORS.read_bytes())["vectors"] if VECTORS.is_file() else []
OURS = "invented-secret"


def secret_of(name: str) -> str:
    assert name == SECRET
    return OURS


def received(delivery: Delivery, body: bytes | None = None) -> Webhook:
    headers = {name.lower(): value for name, value in delivery.headers.items()}
    return Webhook(body=delivery.body if body is None else body, headers=headers)


def changed(body: bytes) -> list[bytes]:
    """The body with each of its bytes changed."""
    return [bytes([*body[:index], byte ^ 1, *body[index + 1 :]]) for index, byte in enumerate(body)]


def test_what_was_signed_with_the_stores_secret_is_genuine_and_no_other_byte_is() -> None:
    delivery = signed("order.updated", {"id": 1042, "note": "Größe"}, secret=OURS, at=AT)
    assert is_genuine(received(delivery), secret_of)
    assert not any(is_genuine(received(delivery, body), secret_of) for body in changed(delivery.body))


def test_with_another_secret_without_a_signature_or_without_a_body_it_is_not() -> None:
    assert not is_genuine(received(signed("order.updated", {"id": 1}, secret="another", at=AT)), secret_of)
    assert not is_genuine(Webhook(body=b'{"id":1}', headers={}), secret_of)
    assert not is_genuine(Webhook(body=b'{"id":1}', headers={"x-wc-webhook-signature": "ä" * 44}), secret_of)
    assert not is_genuine(received(signed("order.updated", {}, secret=OURS, at=AT), b""), secret_of)


def test_the_first_try_of_an_address_is_not_signed_and_not_believed() -> None:
    assert not is_genuine(Webhook(body=b"webhook_id=7", headers={}), secret_of)


def test_the_same_values_in_other_bytes_are_not_what_was_signed() -> None:
    delivery = signed("order.updated", {"id": 1}, secret=OURS, at=AT)
    assert not is_genuine(received(delivery, b'{"id": 1}'), secret_of)


def test_what_is_delivered_once_more_is_the_same_and_says_its_topic() -> None:
    first, again = (signed("order.updated", {"id": 1}, secret=OURS, at=AT) for _ in range(2))
    assert told(received(first)) == told(received(again))
    assert told(received(first)).about == "order.updated"


def test_two_orders_of_one_second_have_one_delivery_id_and_are_two() -> None:
    one, other = (signed("order.updated", {"id": number}, secret=OURS, at=AT) for number in (1, 2))
    assert one.headers["X-WC-Webhook-Delivery-ID"] == other.headers["X-WC-Webhook-Delivery-ID"]
    assert told(received(one)).id != told(received(other)).id


def test_the_same_told_later_is_another_delivery() -> None:
    one, later = (signed("order.deleted", {"id": 1}, secret=OURS, at=AT + timedelta(seconds=s)) for s in (0, 5))
    assert told(received(one)).id != told(received(later)).id


@pytest.mark.skipif(not KNOWN, reason="the platform's signature vectors are not here")
@pytest.mark.parametrize("vector", KNOWN, ids=lambda vector: vector["case"])
def test_the_vectors_hold_and_none_with_a_byte_changed(vector: dict[str, dict[str, str]]) -> None:
    body = str(vector["body"]).encode()
    headers = {name.lower(): value for name, value in vector["header"].items()}

    def genuine(one: bytes) -> bool:
        return is_genuine(Webhook(body=one, headers=headers), lambda _name: str(vector["secret"]))

    assert genuine(body)
    assert not any(genuine(one) for one in (b"", *changed(body)))
