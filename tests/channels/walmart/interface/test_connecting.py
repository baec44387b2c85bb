"""A store is let in with a key of its own, for a token of fifteen minutes."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.channels.asking import OpenAccess
from tests.factories.sales import a_sale
from tresen.channels.connections import Connected, Token
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse, Unreached
from tresen.channels.walmart.interface.connecting import CONNECTION, read_token, token_request
from tresen.fakes.world import World

FORBIDDEN = HttpResponse(status=403, headers={}, body=b'{"errors": {"error": [{"code": "FORBIDDEN"}]}}')
EMPTY = HttpResponse(status=404, headers={}, body=b'{"error": [{"code": "CONTENT_NOT_FOUND.GMP_ORDER_API"}]}')


def test_a_key_is_exchanged_for_a_token_that_every_request_shows(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()])

    assert CONNECTION.test(access) == Connected()
    token, *asked = [dict(one.headers) for one in access.way.asked]
    assert token["authorization"].startswith("Basic ")
    assert {one["wm_sec.access_token"] for one in asked} == {"invented-walmart-token"}
    numbers = {one["wm_qos.correlation_id"] for one in (token, *asked)}
    assert len(numbers) == len(access.way.asked)


def test_a_seller_without_orders_is_connected_all_the_same(access: OpenAccess) -> None:
    assert CONNECTION.test(access) == Connected()


def test_what_the_key_does_not_allow_is_named(answering: Callable[..., OpenAccess]) -> None:
    stock = HttpResponse(status=200, headers={}, body=b"{}")

    result = CONNECTION.test(answering(EMPTY, FORBIDDEN, stock))

    assert result == Connected(lacks=("Returns cannot be read: the key does not allow it.",))


def test_who_is_not_reached_is_told(answering: Callable[..., OpenAccess]) -> None:
    assert isinstance(CONNECTION.test(answering(Unreached(reason="no such host"))), Stopped)


def test_a_wrong_secret_wants_an_administrator(access: OpenAccess) -> None:
    access.secrets = {"client_secret": "guessed-secret"}

    result = read_token(access.way.send(token_request(access, "seller")))  # type: ignore[arg-type]

    assert isinstance(result, Stopped)
    assert result.reconnect


@pytest.mark.parametrize(
    ("status", "body", "reconnect"),
    [(500, b"{}", False), (429, b"{}", False), (400, b"{}", True), (200, b"<html>", False)],
)
def test_what_is_no_token_is_why_not(status: int, body: bytes, *, reconnect: bool) -> None:
    result = read_token(HttpResponse(status=status, headers={}, body=body))

    assert isinstance(result, Stopped)
    assert result.reconnect is reconnect


@pytest.mark.parametrize(
    "told", [b'{"access_token": "", "expires_in": 900}', b'{"access_token": "t", "expires_in": 0}']
)
def test_an_empty_token_is_none(told: bytes) -> None:
    assert isinstance(read_token(HttpResponse(status=200, headers={}, body=told)), Stopped)


def test_a_token_lasts_as_long_as_walmart_says() -> None:
    told = b'{"access_token": "t", "token_type": "Bearer", "expires_in": 900}'

    assert read_token(HttpResponse(status=200, headers={}, body=told)) == Token(value="t", lasts=timedelta(seconds=900))
