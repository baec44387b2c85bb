"""A shop is let in with key and secret, over a way that nobody can listen to."""

from base64 import b64encode

import pytest

from tests.channels.woocommerce.shop import KEY, SECRET, WINDOW, ShopHttp, access_by, answered, said, visit
from tresen.channels.connections import Connected
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse, Unreached
from tresen.channels.woocommerce import CONNECTOR
from tresen.channels.woocommerce.connecting import CONNECTION, OPEN_WAY, SOMETHING_ELSE


def test_the_shop_is_known_by_its_address_and_asked_with_key_and_secret() -> None:
    shop = visit()
    assert CONNECTION.test(shop.access) == Connected(account="shop.example")
    pair = b64encode(f"{KEY}:{SECRET}".encode()).decode()
    assert [one.headers["Authorization"] for one in shop.access.way.asked] == [f"Basic {pair}"]


def test_a_key_that_is_not_known_is_told() -> None:
    shop = visit()
    shop.access.secrets = {"consumer_key": KEY, "consumer_secret": "guessed"}
    result = CONNECTION.test(shop.access)
    assert isinstance(result, Stopped)
    assert result.reconnect


@pytest.mark.parametrize("address", ["http://shop.example", "ftp://shop.example", "shop.example"])
def test_over_an_open_way_no_key_leaves(address: str) -> None:
    access = access_by(ShopHttp(answers=[said([])]), address)
    assert CONNECTION.test(access) == Stopped(reason=OPEN_WAY)
    with pytest.raises(LookupError):
        CONNECTOR.feeds[0].read(access, WINDOW, "")
    assert access.way.asked == []


def test_on_this_machine_the_way_is_short_enough() -> None:
    access = access_by(ShopHttp(answers=[said([])]), "http://127.0.0.1:8000/shop/")
    assert CONNECTION.test(access) == Connected(account="127.0.0.1:8000/shop")


@pytest.mark.parametrize("answer", [HttpResponse(status=200, headers={}, body=b"<html>"), said({"id": 1})])
def test_another_server_at_the_address_is_told(answer: HttpResponse) -> None:
    assert CONNECTION.test(answered(answer)) == Stopped(reason=SOMETHING_ELSE)


def test_a_shop_that_is_not_there_is_told() -> None:
    assert isinstance(CONNECTION.test(answered(Unreached(reason="no such host"))), Stopped)
