"""Requests are signed as Kaufland's rule says: every vector holds, and whatever is changed changes the signature."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.specifications.documents import PLATFORMS
from tresen.channels.http import Allowance, HttpRequest, HttpResponse
from tresen.channels.kaufland.asking import request
from tresen.channels.kaufland.proving import headers_of, signature
from tresen.stores.asking import new_client

FILE = PLATFORMS / "kaufland" / "signature-vectors.json"
VECTORS: list[dict[str, Any]] = json.loads(FILE.read_text())["vectors"] if FILE.is_file() else []
needs_vectors = pytest.mark.skipif(not VECTORS, reason=f"The vectors do not lie beside this checkout ({FILE}).")
OWN = {"secret": "made-up", "method": "GET", "uri": "https://kaufland.example/v2/a?b=c", "body": b"", "timestamp": 1}


def asked(vector: dict[str, Any]) -> HttpRequest:
    return HttpRequest(
        method=vector["method"],
        address=vector["uri"],
        body=vector["body"].encode(),
        allowance=Allowance(name="interface", per_second=1, burst=1),
    )


def proven(vector: dict[str, Any], what: HttpRequest | None = None) -> dict[str, str]:
    at = datetime.fromtimestamp(vector["timestamp"], UTC)
    return dict(headers_of(what or asked(vector), vector, at=at))


@needs_vectors
def test_there_are_as_many_vectors_as_were_given() -> None:
    assert len(VECTORS) == 8


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["case"])
def test_every_vector_holds(vector: dict[str, Any]) -> None:
    assert proven(vector) == vector["headers"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["case"])
def test_a_byte_changed_anywhere_in_a_vector_is_another_signature(vector: dict[str, Any]) -> None:
    once = asked(vector)
    others = [replace(once, method="PUT")]
    others += [
        replace(once, address=once.address[:at] + "~" + once.address[at + 1 :]) for at in range(len(once.address))
    ]
    others += [
        replace(once, body=once.body[:at] + bytes([once.body[at] ^ 1]) + once.body[at + 1 :])
        for at in range(len(once.body))
    ]
    for other in others:
        assert proven(vector, other)["Shop-Signature"] != vector["headers"]["Shop-Signature"]


def test_the_signature_is_constant() -> None:
    made = signature(**OWN)  # type: ignore[arg-type]
    assert made == signature(**OWN)  # type: ignore[arg-type]
    assert len(made) == 64
    assert made == made.lower()


@pytest.mark.parametrize(
    "other",
    [{"secret": "made-uq"}, {"method": "PUT"}, {"uri": "https://kaufland.example/"}, {"body": b"x"}, {"timestamp": 2}],
)
def test_whatever_is_changed_changes_the_signature(other: dict[str, object]) -> None:
    assert signature(**{**OWN, **other}) != signature(**OWN)  # type: ignore[arg-type]


def test_what_is_sent_is_the_address_that_was_signed(access: OpenAccess) -> None:
    made = request(
        access, "GET", "/tickets", ("sort", "ts_updated_iso:desc"), ("ts_updated_from_iso", "2026-11-30T09:00:00Z")
    )

    with new_client() as client:
        assert str(client.build_request("GET", made.address, params=list(made.query) or None).url) == made.address
    assert "%3Adesc" in made.address


def test_one_who_has_another_key_is_told_so(access: OpenAccess) -> None:
    access.secrets = {"secret_key": "guessed-by-somebody"}

    answer = access.send(request(access, "GET", "/info/storefront"))

    assert isinstance(answer, HttpResponse)
    assert (answer.status, b"corrupted-signature" in answer.body) == (401, True)
