"""Stock of all products, page by page."""

import json
from dataclasses import replace

import pytest

from tests.channels.shopify.shop import AT, WINDOW, Visit, all_of, answered, cost_of, pages, understood, visit
from tresen.channels.contract import Ignored, Stopped, Unreadable
from tresen.channels.feeds import Brings, Page, Told
from tresen.channels.http import HttpResponse
from tresen.channels.order_news import StockNotice
from tresen.channels.shopify.admin.stock import FEED
from tresen.fakes.sales import Shelved


@pytest.fixture
def shop() -> Visit:
    shelves = [
        Shelved(sku=f"LW-{index:03}", item=f"47{index}", title=f"Lamp {index}", available=index, changed_at=AT)
        for index in range(90)
    ]
    return visit(stock=tuple(shelves))


def one_page(shop: Visit) -> Told:
    return pages(FEED, shop.access)[0].told[0]


def changed(told: Told, **changes: object) -> Told:
    """The page with its first product changed so."""
    said = json.loads(told.body)
    said["data"]["productVariants"]["nodes"][0] |= changes
    said["data"]["productVariants"]["nodes"] = said["data"]["productVariants"]["nodes"][:2]
    return replace(told, body=json.dumps(said).encode())


def test_all_that_is_there_is_told(shop: Visit) -> None:
    found = [one for one in all_of(FEED, shop.access) if isinstance(one, StockNotice)]

    assert FEED.brings is Brings.WHOLE
    assert {(one.sku, one.item_id, one.title, one.available, one.at) for one in found} == {
        (level.sku, level.item, level.title, level.available, level.changed_at) for level in shop.world.stock.values()
    }
    assert found[0].reserved == found[0].inbound == 0


def test_no_request_costs_more_than_we_say(shop: Visit) -> None:
    pages(FEED, shop.access)

    assert len(shop.access.way.asked) == 3
    assert all(cost_of(request, shop) == request.cost for request in shop.access.way.asked)


def levels(*available: int, more: bool = False) -> dict[str, object]:
    nodes = [
        {"quantities": [{"name": "available", "quantity": one, "updatedAt": "2026-11-20T10:00:00Z"}]}
        for one in available
    ]
    return {"tracked": True, "inventoryLevels": {"nodes": nodes, "pageInfo": {"hasNextPage": more}}}


def test_what_lies_at_several_locations_is_summed(shop: Visit) -> None:
    found = understood(changed(one_page(shop), inventoryItem=levels(3, 4)))[0]

    assert isinstance(found, StockNotice)
    assert found.available == 7


def test_what_lies_at_more_locations_than_a_page_tells_is_asked_for_alone(shop: Visit) -> None:
    told = changed(one_page(shop), inventoryItem=levels(1, 1, 1, more=True))
    step = FEED.read(answered(HttpResponse(status=200, headers={}, body=told.body)), WINDOW, "")

    assert isinstance(step, Page)
    assert [type(one) for one in understood(step.told[0])] == [StockNotice]
    following = FEED.read(shop.access, WINDOW, step.next)
    assert isinstance(following, Page)
    (found,) = understood(following.told[0])
    assert isinstance(found, StockNotice)
    assert found.sku == "LW-000"
    assert cost_of(shop.access.way.asked[-1], shop) == shop.access.way.asked[-1].cost


@pytest.mark.parametrize("change", [{"sku": None}, {"sku": ""}, {"inventoryItem": {**levels(1), "tracked": False}}])
def test_what_nobody_counts_is_no_stock(shop: Visit, change: dict[str, object]) -> None:
    assert [type(one) for one in understood(changed(one_page(shop), **change))] == [StockNotice]


def test_a_strange_product_loses_none_of_the_others(shop: Visit) -> None:
    assert [type(one) for one in understood(changed(one_page(shop), displayName=None))] == [Unreadable, StockNotice]


def test_an_empty_shop_has_nothing_new() -> None:
    assert all_of(FEED, visit().access) == [Ignored(reason="nothing_new")]


@pytest.mark.parametrize("place", ["", '{"alone": ["gid://shopify/ProductVariant/1"]}'])
def test_what_goes_wrong_stops_it(place: str) -> None:
    step = FEED.read(answered(HttpResponse(status=401, headers={}, body=b"no")), WINDOW, place)

    assert isinstance(step, Stopped)
    assert step.reconnect
