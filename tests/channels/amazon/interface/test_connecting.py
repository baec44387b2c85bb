"""A store is let in by its refresh token, and told what it lacks."""

import json
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from tests.channels.amazon.interface.stores import SECRETS, account, answer, sale, store
from tests.channels.specifications.documents import needs_specifications
from tests.channels.specifications.interface import Interface
from tresen.channels.amazon.interface.connecting import CONNECTION, test, token_read, token_request
from tresen.channels.connections import Connected, Token
from tresen.channels.feeds import Stopped
from tresen.channels.http import NOBODY, HeldBack, Unanswered

check_connection = test
del test


def test_a_token_is_asked_for_with_the_secrets_in_the_body_alone() -> None:
    request = token_request(store(settings={"client_id": "app"}), "seller")

    assert (request.method, request.address, request.query) == ("POST", "https://api.amazon.com/auth/o2/token", ())
    assert request.holder == NOBODY
    assert parse_qs(request.body.decode()) == {
        "grant_type": ["refresh_token"],
        "refresh_token": [SECRETS["refresh_token"]],
        "client_id": ["app"],
        "client_secret": [SECRETS["client_secret"]],
    }
    assert SECRETS["refresh_token"] not in repr(request)


def test_a_token_lasts_as_long_as_it_is_said_to() -> None:
    assert token_read(answer(200, b'{"access_token": "Atza|x", "token_type": "bearer", "expires_in": 3600}')) == Token(
        value="Atza|x", lasts=timedelta(hours=1)
    )


@pytest.mark.parametrize(
    ("status", "body", "reconnect"),
    [
        (400, b'{"error": "invalid_grant"}', True),
        (401, b'{"error": "invalid_client"}', True),
        (503, b"", False),
        (200, b"<html>", False),
        (200, b'{"token": 1}', False),
    ],
)
def test_no_token_says_whether_somebody_must_sign_in_again(status: int, body: bytes, *, reconnect: bool) -> None:
    stopped = token_read(answer(status, body))

    assert isinstance(stopped, Stopped)
    assert stopped.reconnect is reconnect


def test_the_test_says_as_whom_we_are_known() -> None:
    assert check_connection(store(account(sale()))) == Connected(account="Birkenhof")


def test_the_test_says_what_is_lacking() -> None:
    fake = account(marketplace="APJ6JRA9NG5V4")
    fake.denied = frozenset({"RECIPIENT"})

    found = check_connection(store(fake))

    assert isinstance(found, Connected)
    assert [words.split(",")[0] for words in found.lacks] == [
        "The account does not sell on amazon.de.",
        "Orders can’t be read: the app lacks “Inventory and Order Tracking” or the restricted role.",
    ]


def test_a_passing_trouble_with_orders_is_no_lacking_role() -> None:
    taking = {"marketplace": {"id": "A1PA6795UKMFR9"}, "participation": {"isParticipating": True}, "storeName": "B"}
    body = json.dumps({"payload": [taking]}).encode()

    assert check_connection(store(answers=[answer(200, body), answer(503)])) == Connected(account="B")


@needs_specifications
def test_the_specifications_own_example_is_read() -> None:
    interface = Interface("amazon/models/sellers.json")
    (example,) = interface.examples("get", "/sellers/v1/marketplaceParticipations")  # it stands there without its name
    access = store(answers=[answer(200, json.dumps({"payload": example}).encode()), answer(404)])
    access.marketplace = "amazon.com"

    assert check_connection(access) == Connected(account="BestSellerStore")


@pytest.mark.parametrize(
    ("outcome", "reconnect"),
    [
        (answer(401), True),
        (answer(403, b'{"errors": []}'), False),
        (answer(500), False),
        (answer(200, b"no JSON"), False),
        (HeldBack(after=timedelta(minutes=1), reason="429"), False),
        (Unanswered(reason="silence"), False),
    ],
)
def test_a_test_that_fails_says_why(outcome: object, *, reconnect: bool) -> None:
    found = check_connection(store(answers=[outcome]))  # type: ignore[list-item]

    assert isinstance(found, Stopped)
    assert found.reconnect is reconnect


def test_secrets_are_sealed_and_all_else_is_a_setting() -> None:
    kinds = {field.name: field.kind for field in CONNECTION.fields()}

    assert {name for name, kind in kinds.items() if kind == "secret"} == set(SECRETS)
    assert not CONNECTION.fields()[-1].required
