"""Whose a webhook is, by the bytes as they came, and which accounts it tells of."""

import json
from collections.abc import Callable

import pytest

from tests.channels.specifications.documents import PLATFORMS, document
from tresen.channels.meta.signing import accounts, challenge, is_genuine, told
from tresen.channels.webhooks import SecretOf, Webhook, WebhookAnswer

BODY = b'{"object": "page", "entry": [{"id": "1"}, {"id": 2}, {"id": "1"}, {"time": 3}]}'
needs_platforms = pytest.mark.skipif(not PLATFORMS.is_dir(), reason="the platforms' documents are not in a clone")


def vectors() -> list[dict[str, object]]:
    return document("meta/signature-vectors.json")["vectors"] if PLATFORMS.is_dir() else []  # type: ignore[no-any-return]


def knowing(**secrets: str) -> SecretOf:
    return secrets.__getitem__


def webhook(body: bytes, signature: str) -> Webhook:
    return Webhook(body=body, headers={"x-hub-signature-256": signature})


def signature_of(vector: dict[str, object]) -> str:
    return vector["header"]["X-Hub-Signature-256"]  # type: ignore[index, no-any-return]


@needs_platforms
@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["case"])
def test_the_vectors_hold_and_none_with_a_byte_changed(vector: dict[str, object]) -> None:
    body, secret_of = str(vector["body"]).encode(), knowing(app_secret=str(vector["app_secret"]))
    assert is_genuine(webhook(body, signature_of(vector)), secret_of)

    for place in range(len(body)):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        assert not is_genuine(webhook(changed, signature_of(vector)), secret_of)


@needs_platforms
def test_the_same_values_in_other_bytes_are_not_what_was_signed() -> None:
    for vector in vectors():
        body = str(vector["body"])
        for other in (json.dumps(json.loads(body), ensure_ascii=False), body + " "):
            if other != body:
                secret_of = knowing(app_secret=str(vector["app_secret"]))
                assert not is_genuine(webhook(other.encode(), signature_of(vector)), secret_of)


@pytest.mark.parametrize("said", ["", "sha256=", "sha1=00", "00", "sha256=\u00e9"])
def test_without_the_right_word_nothing_is_genuine(said: str) -> None:
    assert not is_genuine(webhook(BODY, said), knowing(app_secret="s"))
    assert not is_genuine(webhook(b"", said), knowing(app_secret="s"))


def test_it_tells_of_several_accounts_each_once() -> None:
    assert accounts(webhook(BODY, "")) == ["1", "2"]
    assert told(webhook(BODY, "")).about == "page"


def test_what_names_no_number_is_told_of_the_business() -> None:
    body = b'{"entry": [{"id": "7", "changes": [{"value": {"metadata": {"phone_number_id": "1"}}}, {"value": {}}]}]}'
    assert accounts(webhook(body, "")) == ["1", "7"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"entry": 1}', b'{"entry": [1]}', b"\xff" * 9])
def test_what_is_no_webhook_tells_of_nobody(body: bytes) -> None:
    assert accounts(webhook(body, "")) == []
    assert told(webhook(body, "")).id


def test_the_same_bytes_are_the_same_webhook() -> None:
    assert told(webhook(BODY, "a")) == told(webhook(BODY, "b")) != told(webhook(BODY + b" ", "a"))


@pytest.fixture
def asked() -> Callable[..., WebhookAnswer | None]:
    def ask(**more: str) -> WebhookAnswer | None:
        query = {"hub.mode": "subscribe", "hub.verify_token": "word", "hub.challenge": "1158201444"}
        changed = {name.replace("_", ".", 1): value for name, value in more.items()}
        return challenge({**query, **changed}, "https://desk.example.com/", knowing(verify_token="word"))

    return ask


def test_who_knows_the_word_gets_the_bare_challenge(asked: Callable[..., WebhookAnswer | None]) -> None:
    assert asked() == WebhookAnswer(body=b"1158201444")


@pytest.mark.parametrize("more", [{"hub_verify_token": "other"}, {"hub_mode": "unsubscribe"}, {"hub_challenge": ""}])
def test_who_does_not_gets_nothing(asked: Callable[..., WebhookAnswer | None], more: dict[str, str]) -> None:
    assert asked(**more) is None
