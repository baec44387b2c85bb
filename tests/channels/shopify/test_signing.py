"""A webhook is Shopify's only if its signature says so."""

import hmac
import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from tresen.channels.shopify.signing import SECRET, is_genuine, told
from tresen.channels.webhooks import Webhook

VECTORS = Path(__file__).parents[4] / "shared" / "platforms" / "shopify" / "signature-vectors.json"
KNOWN = json.loads(VECTORS.read_bytes())["vectors"] if VECTORS.is_file() else []
OURS = "invented-secret"


def secret_of(name: str) -> str:
    assert name == SECRET
    return OURS


def signed(body: bytes, header: str = "x-shopify-hmac-sha256") -> Webhook:
    signature = b64encode(hmac.digest(OURS.encode(), body, sha256)).decode()
    return Webhook(body=body, headers={header: signature})


@pytest.mark.parametrize("header", ["x-shopify-hmac-sha256", "shopify-hmac-sha256"])
def test_a_body_that_was_signed_with_the_stores_secret_is_genuine(header: str) -> None:
    assert is_genuine(signed(b'{"id": 1}', header), secret_of)


@pytest.mark.parametrize("body", [b'{"id": 1}', '{"note": "Größe"}'.encode()])
def test_with_any_byte_changed_it_is_not(body: bytes) -> None:
    webhook = signed(body)
    for index in range(len(body)):
        changed = bytes([*body[:index], body[index] ^ 1, *body[index + 1 :]])
        assert not is_genuine(Webhook(body=changed, headers=webhook.headers), secret_of)


@pytest.mark.parametrize("said", ["", "x", "ä" * 44, b64encode(b"\0" * 32).decode()])
def test_without_the_right_signature_it_is_not(said: str) -> None:
    assert not is_genuine(Webhook(body=b"{}", headers={"x-shopify-hmac-sha256": said}), secret_of)


def test_an_empty_body_never_is() -> None:
    assert not is_genuine(signed(b""), secret_of)


def test_the_same_values_in_other_bytes_are_not_what_was_signed() -> None:
    assert not is_genuine(Webhook(body=b'{"id":1}', headers=signed(b'{"id": 1}').headers), secret_of)


def test_it_says_what_it_is_about_and_which_event_it_was() -> None:
    headers = {"x-shopify-topic": "orders/updated", "x-shopify-event-id": "e1", "x-shopify-webhook-id": "w1"}
    found = told(Webhook(body=b"{}", headers=headers))
    assert (found.about, found.id) == ("orders/updated", "e1")

    newer = told(Webhook(body=b"{}", headers={"shopify-topic": "orders/paid", "shopify-webhook-id": "w2"}))
    assert (newer.about, newer.id) == ("orders/paid", "w2")


def test_without_any_id_the_same_bytes_are_the_same_event() -> None:
    one, same, other = (told(Webhook(body=body, headers={})).id for body in (b"1", b"1", b"2"))
    assert one == same != other


@pytest.mark.skipif(not KNOWN, reason="the platform's signature vectors are not here")
@pytest.mark.parametrize("form", ["x-shopify-", "shopify-"])
@pytest.mark.parametrize("vector", KNOWN, ids=lambda vector: vector["case"])
def test_the_vectors_hold_and_none_with_a_byte_changed(vector: dict[str, dict[str, str]], form: str) -> None:
    body = str(vector["body"]).encode()
    headers = {name.lower().replace("x-shopify-", form): value for name, value in vector["header"].items()}

    assert is_genuine(Webhook(body=body, headers=headers), lambda _name: str(vector["secret"]))
    for index in range(len(body)):
        changed = bytes([*body[:index], body[index] ^ 1, *body[index + 1 :]])
        assert not is_genuine(Webhook(body=changed, headers=headers), lambda _name: str(vector["secret"]))
    assert not is_genuine(Webhook(body=b"", headers=headers), lambda _name: str(vector["secret"]))
