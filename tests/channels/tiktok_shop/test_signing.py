"""A webhook is TikTok Shop's only if its signature says so, and the store's only if it is about its shop."""

import hmac
import json
from hashlib import sha256
from typing import Any

import pytest

from tests.channels.specifications.documents import PLATFORMS, document, needs_specifications
from tests.channels.tiktok_shop.described import KINDS as FACTS
from tresen.channels.tiktok_shop.kinds import AUTHORISATION, FEEDS_BRING, KINDS, NAMING_ORDERS, kind_of
from tresen.channels.tiktok_shop.signing import SHARED, is_genuine, told
from tresen.channels.webhooks import Webhook

FILE = PLATFORMS / "tiktok" / "signature-vectors.json"
VECTORS: list[dict[str, Any]] = [
    one for one in (json.loads(FILE.read_text())["vectors"] if FILE.is_file() else []) if "header" in one
]
OURS = {"app_key": "invented-key", "app_secret": "invented-secret"}


def signed(body: bytes) -> Webhook:
    signature = hmac.new(OURS["app_secret"].encode(), OURS["app_key"].encode() + body, sha256).hexdigest()
    return Webhook(body=body, headers={"authorization": signature})


def changed(body: bytes) -> list[bytes]:
    return [body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :] for at in range(len(body))]


@needs_specifications
def test_there_are_as_many_vectors_of_webhooks_as_were_given() -> None:
    assert len(VECTORS) == 3


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["case"])
def test_the_vectors_hold_and_none_with_a_byte_changed(vector: dict[str, Any]) -> None:
    said = vector["header"]["Authorization"]

    def genuine(body: bytes, signature: str = said, **other: str) -> bool:
        secrets = {**vector, **other}
        return is_genuine(Webhook(body=body, headers={"authorization": signature}), lambda name: str(secrets[name]))

    body = vector["body"].encode()
    assert genuine(body)
    assert not any(genuine(one) for one in changed(body))
    assert not any(genuine(body, one.decode()) for one in changed(said.encode()))
    assert not genuine(body, app_key="another")
    assert not genuine(body, app_secret="another")


@pytest.mark.parametrize("said", ["", "x", "ä" * 64, "Bearer " + "0" * 64])
def test_without_the_right_signature_it_is_not(said: str) -> None:
    assert not is_genuine(Webhook(body=b"{}", headers={"authorization": said}), OURS.__getitem__)


def test_an_empty_body_never_is_genuine_and_the_same_values_in_other_bytes_are_not() -> None:
    assert not is_genuine(signed(b""), OURS.__getitem__)
    assert is_genuine(signed(b'{"type": 1}'), OURS.__getitem__)
    assert not is_genuine(Webhook(body=b'{"type":1}', headers=signed(b'{"type": 1}').headers), OURS.__getitem__)


def test_it_says_what_it_is_about_and_keeps_its_number_when_it_is_told_again() -> None:
    found = told(Webhook(body=b'{"type": 14, "tts_notification_id": "7"}', headers={}))
    assert (found.about, found.id) == ("NEW_MESSAGE", "7")

    older = b'{"type": 11, "shop_id": "1"}'
    assert told(Webhook(body=older, headers={})) == told(Webhook(body=older, headers={"authorization": "x"}))
    assert told(Webhook(body=b'{"type": 99}', headers={})).about == "TYPE_99"
    assert told(Webhook(body=b"no JSON", headers={})).about == ""


def test_a_webhook_says_which_of_the_apps_shops_it_is_about() -> None:
    assert SHARED.accounts(signed(b'{"type": 14, "shop_id": "7494049642642441621"}')) == ("7494049642642441621",)
    assert SHARED.accounts(signed(b'{"type": 14}')) == ()
    assert SHARED.accounts(signed(b"no JSON")) == ()


@needs_specifications
def test_all_types_are_known_by_name() -> None:
    facts = document(FACTS)["webhooks"]
    assert set(KINDS) == {one["type"] for one in facts}
    assert len(KINDS) == 44
    for one in facts:
        assert KINDS[one["type"]].replace("_", "") == one["schema"].removesuffix("Webhook").upper()
        assert one.get("eventType", KINDS[one["type"]]) == KINDS[one["type"]]
    assert set(KINDS.values()) >= NAMING_ORDERS | FEEDS_BRING | AUTHORISATION
    assert kind_of(100) == "TYPE_100"
