"""A post is Twilio's only if it is signed with the account's token, for this address."""

import json
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from tests.channels.specifications.documents import PLATFORMS, needs_specifications
from tresen.channels.sms.signing import AUTH_TOKEN, is_genuine, told
from tresen.channels.webhooks import Webhook, WebhookTold
from tresen.fakes.sms.webhooks import posted

VECTORS = PLATFORMS / "twilio" / "signature-vectors.json"
KNOWN = json.loads(VECTORS.read_bytes())["vectors"] if VECTORS.is_file() else []
FORMS = [one for one in KNOWN if "params" in one]
TOKEN, ADDRESS = "invented-token", "https://desk.example/hooks/7/"


def secret_of(name: str) -> str:
    assert name == AUTH_TOKEN
    return TOKEN


def signed(form: dict[str, str], *, at: str = ADDRESS, asked: str = ADDRESS) -> Webhook:
    sent = posted(form, to=at, token=TOKEN)
    return Webhook(body=sent.body, headers={name.lower(): value for name, value in sent.headers.items()}, address=asked)


@needs_specifications
@pytest.mark.parametrize("known", FORMS, ids=lambda known: known["case"])
def test_the_vectors_hold_and_none_with_a_byte_changed_by_twilio(known: dict[str, object]) -> None:
    body = urlencode(known["params"]).encode()  # type: ignore[arg-type]
    address, token = str(known["url"]), str(known["auth_token"])
    header = known["header"]["X-Twilio-Signature"]  # type: ignore[index]

    def holds(body: bytes, address: str = address, header: str = header) -> bool:
        headers = {"x-twilio-signature": header}
        return is_genuine(Webhook(body=body, headers=headers, address=address), lambda _name: token)

    assert holds(body)
    for index in range(len(body)):
        assert not holds(bytes([*body[:index], body[index] ^ 1, *body[index + 1 :]])), index
    for index in range(len(header)):
        assert not holds(body, header=header[:index] + chr(ord(header[index]) ^ 1) + header[index + 1 :])
    for index in range(len(address)):
        assert not holds(body, address=address[:index] + chr(ord(address[index]) ^ 1) + address[index + 1 :])


@needs_specifications
def test_what_is_signed_as_json_is_of_another_product_and_not_taken() -> None:
    others = [one for one in KNOWN if one not in FORMS]
    assert [one["case"] for one in others] == ["json-bodySHA256"]
    for one in others:
        headers = {name.lower(): value for name, value in one["header"].items()}
        webhook = Webhook(body=one["body"].encode(), headers=headers, address=one["url"])
        assert not is_genuine(webhook, lambda _name, one=one: one["auth_token"])  # type: ignore[misc]


@pytest.mark.parametrize(
    ("signed_at", "asked"),
    [
        ("https://desk.example/x?a=1", "https://desk.example:443/x?a=1"),
        ("https://desk.example:443/x?a=1", "https://desk.example/x?a=1"),
        ("https://desk.example:8443/x", "https://desk.example:8443/x"),
        ("https://desk.example/x", "https://desk.example:8443/x"),
        ("http://desk.example:80/x", "http://desk.example/x"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]:443/x"),
        ("https://[2001:db8::1]:443/x", "https://[2001:db8::1]/x"),
    ],
)
def test_a_port_may_stand_in_the_address_or_not(signed_at: str, asked: str) -> None:
    assert is_genuine(signed({"Body": "?"}, at=signed_at, asked=asked), secret_of)


@pytest.mark.parametrize("asked", ["https://other.example/hooks/7/", "https://desk.example/hooks/8/", "", "https://[x"])
def test_what_was_signed_for_another_address_is_not_ours(asked: str) -> None:
    assert not is_genuine(signed({"Body": "?"}, asked=asked), secret_of)


def test_blank_values_count_and_several_of_one_name_stand_once_and_sorted() -> None:
    blank = signed({"Body": "", "From": "+1"})
    assert is_genuine(blank, secret_of)
    assert is_genuine(replace(blank, body=b"From=%2B1&Body="), secret_of)
    assert not is_genuine(replace(blank, body=b"From=%2B1"), secret_of)
    # "a" and "b" under one name are signed as name, value, name, value.
    twice = signed({"Name": "aNameb"})
    assert is_genuine(replace(twice, body=b"Name=b&Name=a&Name=b"), secret_of)


@pytest.mark.parametrize("said", ["", "x", "ä" * 28, "AAAAAAAAAAAAAAAAAAAAAAAAAAA="])
def test_without_the_right_signature_it_is_not_twilios(said: str) -> None:
    assert not is_genuine(Webhook(body=b"Body=x", headers={"x-twilio-signature": said}, address=ADDRESS), secret_of)


def test_a_message_is_told_once_and_each_of_its_stages_too() -> None:
    assert told(signed({"MessageSid": "SM1", "Body": "?"})) == WebhookTold(about="message", id="SM1")
    form = {"MessageSid": "SM1", "MessageStatus": "delivered"}
    assert told(signed(form)) == WebhookTold(about="status", id="SM1/delivered")
