"""A notification is eBay's only if its signature says so."""

import json
from base64 import b64decode, b64encode
from hashlib import sha256

import pytest

from tests.channels.ebay.interface.shop import a_fake, answer, opened, payload
from tests.channels.specifications.documents import needs_specifications, samples
from tresen.channels.contract import Ignored, Source, Unreadable
from tresen.channels.ebay import CONNECTOR
from tresen.channels.ebay.interface.signing import (
    challenge,
    is_genuine,
    key_request,
    key_wanted,
    read_key,
)
from tresen.channels.erasure import ErasureKind, ErasureRequest
from tresen.channels.feeds import Stopped, Told
from tresen.channels.http import APPLICATION, Unanswered
from tresen.channels.order_news import OrderNamed
from tresen.channels.webhooks import SecretOf, Webhook

DATA = {"username": "Ida_M", "userId": "ma8vp1jySJC", "eiasToken": "nY+sHZ2="}
SAMPLES = samples("ebay/samples/notification-signature")


def secret_of(keys: dict[str, str]) -> SecretOf:
    return lambda name: keys[name]


def sample(name: str) -> tuple[Webhook, dict[str, str]]:
    told = json.loads(next(path for path in SAMPLES if path.stem == name).read_bytes())
    body = json.dumps(told["message"], separators=(",", ":")).encode()
    keys = {f"published:{told['public_key']}": told["response"]["key"]} if told["response"] else {}
    return Webhook(body=body, headers={"x-ebay-signature": told["signature"]}), keys


@needs_specifications
def test_ebays_own_example_is_genuine_and_no_other_byte_in_it_is() -> None:
    webhook, keys = sample("valid")
    assert is_genuine(webhook, secret_of(keys))
    for index, byte in enumerate(webhook.body):
        for other in {byte ^ 1, ord(" "), ord("0")} - {byte}:
            changed = webhook.body[:index] + bytes([other]) + webhook.body[index + 1 :]
            assert not is_genuine(Webhook(body=changed, headers=webhook.headers), secret_of(keys)), changed


@needs_specifications
def test_a_signature_of_something_else_and_a_key_that_is_not_there_are_not() -> None:
    webhook, keys = sample("signature_mismatch")
    kid = key_wanted(webhook)
    assert not is_genuine(webhook, secret_of({f"published:{kid}": next(iter(keys.values()))}))
    unknown, none = sample("error")
    with pytest.raises(LookupError):
        is_genuine(unknown, secret_of(none))


@pytest.mark.parametrize("spaced", [True, False])
def test_a_notification_is_known_whether_it_comes_with_spaces_or_without(spaced: bool) -> None:  # noqa: FBT001
    fake = a_fake()
    access = opened(fake)
    webhook = fake.notifying.notification("MARKETPLACE_ACCOUNT_DELETION", DATA | {"city": "Köln"}, spaced=spaced)
    kid = key_wanted(webhook)
    request = key_request(kid, access)
    assert request.holder == APPLICATION
    outcome = access.send(request)
    assert not isinstance(outcome, Unanswered)
    key = read_key(outcome)  # type: ignore[arg-type]
    assert isinstance(key, str)
    secrets = secret_of({f"published:{kid}": key})

    assert is_genuine(webhook, secrets)
    assert not is_genuine(Webhook(body=webhook.body.replace(b"Ida", b"Ada"), headers=webhook.headers), secrets)
    assert not is_genuine(Webhook(body=b"", headers=webhook.headers), secrets)
    assert not is_genuine(Webhook(body=webhook.body, headers={}), secrets)


@pytest.mark.parametrize(
    "change",
    [{"signature": "AAAA"}, {"signature": "?"}, {"digest": "MD5"}, {"digest": "SHA256"}, {"kid": 5}, {"digest": None}],
)
def test_a_header_that_is_not_as_it_was_proves_nothing(change: dict[str, object]) -> None:
    fake = a_fake()
    webhook = fake.notifying.notification("ANY", {})
    header = json.loads(b64decode(webhook.headers["x-ebay-signature"])) | change
    changed = b64encode(json.dumps(header).encode()).decode()
    outcome = opened(fake).send(key_request(fake.notifying.key_id, opened(fake)))
    key = read_key(outcome)  # type: ignore[arg-type]
    assert isinstance(key, str)

    def any_key(name: str) -> str:
        del name
        return key

    assert not is_genuine(Webhook(body=webhook.body, headers={"x-ebay-signature": changed}), any_key)


def test_a_key_that_is_none_proves_nothing() -> None:
    webhook = a_fake().notifying.notification("ANY", {})
    for text in ("", "-----BEGIN PUBLIC KEY-----?-----END PUBLIC KEY-----", "x" * 99):
        assert not is_genuine(webhook, lambda _name, text=text: text)


@pytest.mark.parametrize("outcome", [answer(401), answer(404), answer(500), answer(200), answer(200, b'{"key": "x"}')])
def test_what_is_no_key_says_why(outcome: object) -> None:
    assert isinstance(read_key(outcome), Stopped)  # type: ignore[arg-type]


def test_the_address_proves_that_it_is_ours() -> None:
    secrets = secret_of({"verification_token": "t" * 40})
    said = challenge({"challenge_code": "abc"}, "https://desk.example.com/webhooks/1", secrets)
    hashed = sha256(("abc" + "t" * 40 + "https://desk.example.com/webhooks/1").encode()).hexdigest()
    assert said is not None
    assert json.loads(said.body) == {"challengeResponse": hashed}
    assert challenge({}, "https://desk.example.com/webhooks/1", secrets) is None
    assert CONNECTOR.webhooks
    assert CONNECTOR.webhooks.secret == "verification_token"


def parsed(webhook: Webhook) -> object:
    assert CONNECTOR.webhooks
    about = CONNECTOR.webhooks.told(webhook).about
    (found,) = CONNECTOR.parse(payload(Told(about=about, body=webhook.body), source=Source.WEBHOOK))
    return found


def test_who_closed_his_account_is_to_be_forgotten() -> None:
    fake = a_fake()
    webhook = fake.notifying.notification("MARKETPLACE_ACCOUNT_DELETION", DATA)
    found = parsed(webhook)
    assert isinstance(found, ErasureRequest)
    assert (found.kind, found.keys) == (ErasureKind.BUYER, ("ida_m", "ma8vp1jysjc"))
    assert CONNECTOR.webhooks
    assert found.external_id == CONNECTOR.webhooks.told(webhook).id


def test_what_a_feed_brings_and_what_we_did_not_ask_for_is_left() -> None:
    fake = a_fake()
    assert parsed(fake.notifying.notification("BUYER_QUESTION", {})) == Ignored(reason="brought_by_a_feed")
    assert parsed(fake.notifying.notification("ITEM_PRICE", {})) == Ignored(reason="webhook_of_another_topic")
    assert isinstance(parsed(fake.notifying.notification("MARKETPLACE_ACCOUNT_DELETION", {})), Unreadable)


@pytest.mark.parametrize("topic", ["ORDER_CONFIRMATION", "ITEM_MARKED_SHIPPED"])
def test_what_names_an_order_has_it_read(topic: str) -> None:
    fake = a_fake()
    assert parsed(fake.notifying.notification(topic, {"orderId": "12-34567-89012"})) == OrderNamed(
        number="12-34567-89012"
    )
    assert parsed(fake.notifying.notification(topic, {})) == Ignored(reason="brought_by_a_feed")


def test_what_has_no_envelope_has_a_number_all_the_same() -> None:
    assert CONNECTOR.webhooks
    told = CONNECTOR.webhooks.told(Webhook(body=b"nonsense", headers={}))
    assert (told.about, told.id) == ("", sha256(b"nonsense").hexdigest())
