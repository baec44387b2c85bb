"""Requests are signed as TikTok Shop's rule says: the vectors hold, and whatever is changed changes the signature."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.specifications.documents import PLATFORMS
from tests.channels.tiktok_shop.conftest import ADDRESS
from tresen.channels.http import HttpResponse
from tresen.channels.tiktok_shop.asking import request
from tresen.channels.tiktok_shop.proving import signature, signed
from tresen.fakes.tiktok_shop import APP_KEY, APP_SECRET, FakeTikTokShop
from tresen.stores.asking import new_client

FILE = PLATFORMS / "tiktok" / "signature-vectors.json"
VECTORS: list[dict[str, Any]] = [
    one for one in (json.loads(FILE.read_text())["vectors"] if FILE.is_file() else []) if "sign" in one
]
needs_vectors = pytest.mark.skipif(not VECTORS, reason=f"The vectors do not lie beside this checkout ({FILE}).")
AT = datetime(2026, 11, 30, 9, tzinfo=UTC)


def signed_as(vector: dict[str, Any], **other: Any) -> str:
    given = {"path": vector["path"], "query": list(vector["query"].items()), "body": vector["body"].encode()}
    return signature(other.pop("secret", vector["app_secret"]), **{**given, **other})


@needs_vectors
def test_there_are_as_many_vectors_of_requests_as_were_given() -> None:
    assert len(VECTORS) == 2


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["case"])
def test_every_vector_holds(vector: dict[str, Any]) -> None:
    assert signed_as(vector) == vector["sign"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["case"])
def test_a_byte_changed_anywhere_in_a_vector_is_another_signature(vector: dict[str, Any]) -> None:
    path, body, query = vector["path"], vector["body"].encode(), list(vector["query"].items())
    others = [signed_as(vector, path=f"{path[:at]}~{path[at + 1 :]}") for at in range(len(path))]
    others += [signed_as(vector, body=body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]) for at in range(len(body))]
    for place, (name, value) in enumerate(query):
        rest = query[:place] + query[place + 1 :]
        others += [
            signed_as(vector, query=[*rest, (name, value[:at] + "~" + value[at + 1 :])]) for at in range(len(value))
        ]
        others += [
            signed_as(vector, query=[*rest, (name[:at] + "~" + name[at + 1 :], value)]) for at in range(len(name))
        ]
        others.append(signed_as(vector, query=rest))
    others.append(signed_as(vector, secret="another"))
    assert vector["sign"] not in others


def test_the_order_of_the_query_and_the_signature_in_it_do_not_matter() -> None:
    query = [("b", "2"), ("a", "1")]
    once = signature("made-up", path="/a", query=query, body=b"")
    assert once == signature("made-up", path="/a", query=[*reversed(query), ("sign", "x")], body=b"")


def test_files_are_left_out_of_what_is_signed(access: OpenAccess) -> None:
    plain = request(access, "POST", "/customer_service/202309/images/upload")
    form = replace(plain, headers={"Content-Type": "multipart/form-data; boundary=x"}, body=b"--x")
    made = [signed(one, base=ADDRESS, key=APP_KEY, secret=APP_SECRET, at=AT) for one in (plain, form)]
    assert made[0].query == made[1].query


def test_what_is_sent_is_what_was_signed(access: OpenAccess) -> None:
    made = request(access, "GET", "/order/202507/orders", ("ids", "1,2 ä+&"))

    with new_client() as client:
        sent = client.build_request("GET", made.address, params=list(made.query)).url
    assert parse_qsl(urlsplit(str(sent)).query) == list(made.query)


def test_one_who_has_another_secret_is_told_so_and_asked_to_sign_in_again(
    access: OpenAccess, fake: FakeTikTokShop
) -> None:
    access.send(request(access, "GET", "/order/202507/orders", ("ids", "1")))  # the token is there
    access.secrets = {**access.secrets, "app_secret": "guessed-by-somebody"}

    answer = access.send(request(access, "GET", "/order/202507/orders", ("ids", "1")))

    assert isinstance(answer, HttpResponse)
    assert (answer.status, b"sign is not valid" in answer.body) == (401, True)
    assert fake.given == 1
