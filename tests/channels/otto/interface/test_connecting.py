"""A store is let in by an app of its own, for a token that names what may be asked."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from tests.channels.asking import OpenAccess
from tests.factories.sales import a_sale
from tresen.channels.connections import Connected, Token
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse, Unreached
from tresen.channels.otto.interface.connecting import CONNECTION, read_token, token_request
from tresen.fakes.otto import FakeOtto
from tresen.fakes.world import World


def test_an_app_is_exchanged_for_a_token_that_every_request_shows(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()])

    assert CONNECTION.test(access) == Connected()
    token, *asked = access.way.asked
    assert parse_qs(token.body.decode())["scope"] == ["orders shipments returns receipts availability price-reduction"]
    assert {one.headers["authorization"] for one in asked} == {"Bearer invented-otto-token"}


def test_scopes_are_those_of_the_app_where_they_were_entered(access: OpenAccess) -> None:
    access.settings = {**access.settings, "scopes": "  orders\n returns "}

    assert parse_qs(token_request(access, "seller").body.decode())["scope"] == ["orders returns"]


def test_what_the_app_does_not_allow_is_named(otto: FakeOtto, access: OpenAccess) -> None:
    otto.allowed -= {"receipts", "availability"}

    assert CONNECTION.test(access) == Connected(
        lacks=(
            "Receipts cannot be read: the app does not allow it.",
            "Stock cannot be read: the app does not allow it.",
        )
    )


def test_who_is_not_reached_is_told(answering: Callable[..., OpenAccess]) -> None:
    assert isinstance(CONNECTION.test(answering(Unreached(reason="no such host"))), Stopped)


@pytest.mark.parametrize("wrong", ["secret", "scopes"])
def test_a_wrong_secret_or_scope_wants_an_administrator(wrong: str, access: OpenAccess) -> None:
    if wrong == "secret":
        access.secrets = {"client_secret": "guessed-secret"}
    else:
        access.settings = {**access.settings, "scopes": "everything"}

    result = read_token(access.way.send(token_request(access, "seller")))  # type: ignore[arg-type]

    assert isinstance(result, Stopped)
    assert result.reconnect


@pytest.mark.parametrize(
    ("status", "body", "reconnect"),
    [
        (500, b"{}", False),
        (429, b"{}", False),
        (400, b"{}", True),
        (200, b"<html>", False),
        (200, b'{"access_token": "", "expires_in": 900}', False),
        (200, b'{"access_token": "t", "expires_in": 0}', False),
    ],
)
def test_what_is_no_token_is_why_not(status: int, body: bytes, *, reconnect: bool) -> None:
    result = read_token(HttpResponse(status=status, headers={}, body=body))

    assert isinstance(result, Stopped)
    assert result.reconnect is reconnect


def test_a_token_lasts_as_long_as_otto_says() -> None:
    told = b'{"access_token": "t", "token_type": "Bearer", "expires_in": 1800}'

    assert read_token(HttpResponse(status=200, headers={}, body=told)) == Token(
        value="t", lasts=timedelta(seconds=1800)
    )
