"""A shop is let in with the operator's key alone."""

from collections.abc import Callable

import pytest

from tests.channels.asking import OpenAccess
from tresen.channels.connections import Connected
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse, Unreached
from tresen.channels.mirakl.connecting import CONNECTION


def test_the_operator_says_as_whom_it_knows_us(access: OpenAccess) -> None:
    assert CONNECTION.test(access) == Connected(account="Tannlicht")
    assert [dict(one.headers)["Authorization"] for one in access.way.asked] == ["invented-key"]


def test_a_key_that_is_not_known_is_told(access: OpenAccess) -> None:
    access.secrets = {"api_key": "guessed"}

    result = CONNECTION.test(access)

    assert isinstance(result, Stopped)
    assert result.reconnect


@pytest.mark.parametrize(
    "outcome", [HttpResponse(status=200, headers={}, body=b"<html>"), Unreached(reason="no such host")]
)
def test_another_server_at_the_address_is_told(outcome: object, answering: Callable[..., OpenAccess]) -> None:
    assert isinstance(CONNECTION.test(answering(outcome)), Stopped)


def test_a_shop_that_is_closed_there_is_told(answering: Callable[..., OpenAccess]) -> None:
    closed = HttpResponse(status=200, headers={}, body=b'{"shop_name": "Tannlicht", "shop_state": "CLOSE"}')

    result = CONNECTION.test(answering(closed))

    assert isinstance(result, Connected)
    assert len(result.lacks) == 1
