"""A seller is let in with two keys."""

from collections.abc import Callable

import pytest

from tests.channels.asking import OpenAccess
from tresen.channels.connections import Connected
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse, Unreached
from tresen.channels.kaufland.connecting import CONNECTION, NOT_THERE
from tresen.fakes.kaufland import FakeKaufland


def test_kaufland_says_where_the_account_sells(access: OpenAccess) -> None:
    assert CONNECTION.test(access) == Connected(account="kaufland.de")


def test_a_site_where_it_does_not_sell_is_told(fake: FakeKaufland, access: OpenAccess) -> None:
    fake.site = "cz"

    assert CONNECTION.test(access) == Connected(account="kaufland.cz", lacks=(NOT_THERE,))


def test_a_key_that_is_not_known_is_told(access: OpenAccess) -> None:
    access.settings = {**access.settings, "client_key": "guessed"}

    result = CONNECTION.test(access)

    assert isinstance(result, Stopped)
    assert result.reconnect


def test_a_partners_keys_stand_beside_the_sellers(access: OpenAccess) -> None:
    access.settings = {**access.settings, "partner_client_key": "partner"}
    access.secrets = {**access.secrets, "partner_secret_key": "invented-partner-secret"}

    CONNECTION.test(access)

    headers = access.way.asked[0].headers
    assert headers["Shop-Partner-Client-Key"] == "partner"
    assert headers["Shop-Partner-Signature"] not in {"", headers["Shop-Signature"]}


@pytest.mark.parametrize(
    "outcome",
    [
        HttpResponse(status=200, headers={}, body=b"<html>"),
        HttpResponse(status=404, headers={}, body=b""),
        Unreached(reason="no such host"),
    ],
)
def test_another_server_at_the_address_is_told(outcome: object, answering: Callable[..., OpenAccess]) -> None:
    assert isinstance(CONNECTION.test(answering(outcome)), Stopped)
