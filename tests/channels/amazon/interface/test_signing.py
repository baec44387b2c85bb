"""Requests are signed as AWS's own test suite has them (aws-sig-v4-test-suite, Apache-2.0)."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from tresen.channels.amazon.interface.signing import SigningKey, signed_headers

KEY = SigningKey(
    id="AKIDEXAMPLE",
    secret="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    region="us-east-1",
    service="service",
)
AT = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)
HOST = "https://example.amazonaws.com"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "signature"),
    [
        ("GET", "/", {}, b"", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("POST", "/", {}, b"", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        ("POST", "/?Param1=value1", {}, b"", "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"),
        (
            "GET",
            "/?Param2=value2&Param1=value1",
            {},
            b"",
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        ),
        ("GET", "/\u1234", {}, b"", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
        ("POST", "/", FORM, b"Param1=value1", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"),
    ],
    ids=["get-vanilla", "post-vanilla", "post-vanilla-query", "query-order-key-case", "get-utf8", "post-form"],
)
def test_a_request_is_signed_as_aws_does(
    method: str, path: str, headers: Mapping[str, str], body: bytes, signature: str
) -> None:
    signed = signed_headers(KEY, method=method, address=HOST + path, headers=headers, body=body, at=AT)

    names = ";".join(sorted([*(name.lower() for name in headers), "host", "x-amz-date"]))
    assert signed["X-Amz-Date"] == "20150830T123600Z"
    assert signed["Authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        f"SignedHeaders={names}, Signature={signature}"
    )


def test_whatever_is_changed_changes_the_signature() -> None:
    def signature(**changes: object) -> str:
        usual = {"method": "POST", "address": f"{HOST}/q", "headers": FORM, "body": b"a", "at": AT}
        return signed_headers(KEY, **(usual | changes))["Authorization"]  # type: ignore[arg-type]

    changed = [
        signature(method="GET"),
        signature(address=f"{HOST}/r"),
        signature(body=b"b"),
        signature(headers={"Content-Type": "text/plain"}),
        signature(at=AT.replace(minute=37)),
    ]

    assert len({signature(), *changed}) == len(changed) + 1
    assert signature() == signature()


def test_the_secret_is_shown_to_nobody() -> None:
    assert KEY.secret not in repr(KEY)
