"""A shop is let in by its domain and its app's token."""

import json

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.shopify.shop import TOKEN, ShopHttp, answered, cost_of, visit
from tresen.channels.connections import Connected
from tresen.channels.contract import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.shopify.admin.connecting import CONNECTION, SCOPES


def test_it_says_as_which_shop_we_are_known() -> None:
    shop = visit()

    assert CONNECTION.test(shop.access) == Connected(account="Birkenhof · birkenhof.myshopify.com")
    (request,) = shop.access.way.asked
    assert request.cost >= cost_of(request, shop)


def test_each_lacking_scope_is_said_in_words() -> None:
    shop = visit()
    shop.fake.shop.scopes = frozenset({"read_orders", "read_customers", "write_returns"})
    found = CONNECTION.test(shop.access)

    assert isinstance(found, Connected)
    assert set(found.lacks) == {
        words
        for scope, words in SCOPES.items()
        if scope not in {"read_orders", "read_customers", "read_returns", "write_returns"}
    }


def test_the_steps_name_every_scope_that_is_looked_for() -> None:
    asked = " ".join(step.text for step in CONNECTION.steps)

    assert all(f" {scope}," in asked or f" {scope}." in asked for scope in SCOPES)


def test_a_wrong_token_is_an_administrators_business() -> None:
    shop = visit()
    shop.access.secrets = {"access_token": "another"}
    found = CONNECTION.test(shop.access)

    assert isinstance(found, Stopped)
    assert found.reconnect
    assert TOKEN not in found.reason


def test_an_answer_of_another_shape_is_no_connection() -> None:
    answer = HttpResponse(status=200, headers={}, body=json.dumps({"data": {"shop": {"name": 5}}}).encode())

    assert isinstance(CONNECTION.test(answered(answer)), Stopped)


@pytest.mark.parametrize(
    "entered", ["birkenhof", "Birkenhof.myshopify.com", "https://birkenhof.myshopify.com/admin", " birkenhof "]
)
def test_the_domain_may_be_entered_as_people_do(entered: str) -> None:
    shop = visit()
    shop.access.settings = {"shop": entered}
    CONNECTION.test(shop.access)

    assert shop.access.way.asked[0].address == "https://birkenhof.myshopify.com/admin/api/2026-10/graphql.json"


def test_another_address_is_asked_where_one_was_entered() -> None:
    shop = visit()
    way = ShopHttp(fake=shop.fake, below="/birkenhof")
    settings = {"shop": "birkenhof", "address": "http://localhost:8099/birkenhof/"}
    access = OpenAccess(way=way, connection=CONNECTION, settings=settings, secrets={"access_token": TOKEN})

    assert isinstance(CONNECTION.test(access), Connected)
    assert way.asked[0].address == "http://localhost:8099/birkenhof/admin/api/2026-10/graphql.json"


def test_the_token_stands_in_its_header_and_nowhere_else() -> None:
    shop = visit()
    CONNECTION.test(shop.access)
    (request,) = shop.access.way.asked

    assert request.headers["X-Shopify-Access-Token"] == TOKEN
    assert TOKEN not in request.address
    assert TOKEN not in repr(request)
    assert TOKEN.encode() not in request.body
