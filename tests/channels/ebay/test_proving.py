"""Requests are signed as RFC 9421 says; its own example proves it (B.2.6), with its key (B.1.4)."""

from base64 import b64encode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.channels.ebay.interface.shop import opened
from tresen.channels.ebay.proving import key_in, signature_base, signed, with_signature
from tresen.channels.http import Allowance, HttpRequest

KEY = "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF"
ASKED = HttpRequest(
    method="POST",
    address="https://API.eBay.com/sell/fulfillment/v1/order/10-00001-12346/issue_refund",
    allowance=Allowance(name="x", per_second=1, burst=1),
    body=b'{"hello": "world"}',
)


def key() -> Ed25519PrivateKey:
    found = key_in(KEY)
    assert found
    return found


def test_the_example_of_the_standard_has_its_signature() -> None:
    covered = [
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("@method", "POST"),
        ("@path", "/foo"),
        ("@authority", "example.com"),
        ("content-type", "application/json"),
        ("content-length", "18"),
    ]
    names = " ".join(f'"{name}"' for name, _value in covered)
    base = signature_base(covered, f'({names});created=1618884473;keyid="test-key-ed25519"')
    assert b64encode(key().sign(base)) == (
        b"wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    )


def test_ebays_five_parts_are_covered() -> None:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    headers = with_signature(ASKED, key=key(), token="t.jwe", at=at).headers
    covered = [
        # The digest of this body stands in RFC 9530 too.
        ("content-digest", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"),
        ("x-ebay-signature-key", "t.jwe"),
        ("@method", "POST"),
        ("@path", "/sell/fulfillment/v1/order/10-00001-12346/issue_refund"),
        ("@authority", "api.ebay.com"),
    ]
    parameters = headers["signature-input"].removeprefix("sig1=")
    signature = b64encode(key().sign(signature_base(covered, parameters))).decode()

    assert parameters == ('("content-digest" "x-ebay-signature-key" "@method" "@path" "@authority");created=1795165200')
    assert headers["signature"] == f"sig1=:{signature}:"
    assert headers["content-digest"] == covered[0][1]


@pytest.mark.parametrize("text", ["", "x", "MC4C", b64encode(b"no key").decode(), "ключ"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert key_in(text) is None


def test_a_key_may_stand_in_its_frame() -> None:
    assert key_in(f"-----BEGIN PRIVATE KEY-----\n{KEY}\n-----END PRIVATE KEY-----\n")


def test_only_what_changes_something_is_signed_and_only_with_both() -> None:
    access = opened()
    assert signed(ASKED, access) is ASKED
    access.secrets = {"signing_key": KEY}
    assert signed(ASKED, access) is ASKED
    access.secrets = {"signing_key": "none", "signing_jwe": "t.jwe"}
    assert signed(ASKED, access) is ASKED
    access.secrets = {"signing_key": KEY, "signing_jwe": "t.jwe"}
    assert "signature" in signed(ASKED, access).headers
