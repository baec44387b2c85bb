"""Returns of orders that changed."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.shopify.shop import AT, WINDOW, Visit, a_sale, all_of, answered, cost_of, pages, understood, visit
from tresen.channels.contract import Stopped, Unreadable
from tresen.channels.feeds import Told
from tresen.channels.http import HttpResponse
from tresen.channels.order_news import ReturnItem, ReturnNotice, ReturnState
from tresen.channels.shopify.admin.returns import FEED


@pytest.fixture
def shop() -> Visit:
    found = visit(*(a_sale(1001 + index, at=AT + timedelta(minutes=index)) for index in range(60)))
    for index, number in enumerate(("#1002", "#1030", "#1055")):
        found.world.ship(number, carrier="DHL", tracking=f"003{index}")
        found.world.ask_for_return(number, reason="Defective", comment="It flickers.")
    return found


def notices(shop: Visit) -> dict[str, ReturnNotice]:
    found = all_of(FEED, shop.access)
    assert all(isinstance(one, ReturnNotice) for one in found), found
    return {one.order_number: one for one in found if isinstance(one, ReturnNotice)}


def test_a_return_is_told_with_its_order_reason_and_goods(shop: Visit) -> None:
    found = notices(shop)
    sale = shop.world.sale("#1030")
    (back,) = sale.returns

    assert found.keys() == {"#1002", "#1030", "#1055"}
    assert found["#1030"] == ReturnNotice(
        external_id=back.id.removeprefix("ret"),
        order_number="#1030",
        changed_at=sale.changed_at.replace(microsecond=0),
        state=ReturnState.REQUESTED,
        requested_at=back.asked_at.replace(microsecond=0),
        reason="Defective",
        comment="It flickers.",
        items=[ReturnItem(title="Lamp 1", quantity=2, sku="LW-1")],
    )


def test_what_was_decided_is_told_with_a_later_time(shop: Visit) -> None:
    before = notices(shop)
    shop.world.decide_return(shop.world.sale("#1002").returns[0].id, approve=True)
    shop.world.decide_return(shop.world.sale("#1055").returns[0].id, approve=False)
    found = notices(shop)

    assert [found[number].state for number in ("#1002", "#1030", "#1055")] == [
        ReturnState.AUTHORISED,
        ReturnState.REQUESTED,
        ReturnState.REFUSED,
    ]
    assert found["#1002"].changed_at >= before["#1002"].changed_at


def test_orders_without_returns_are_gone_through_and_not_told(shop: Visit) -> None:
    steps = pages(FEED, shop.access)

    assert [len(step.told) for step in steps].count(1) == 3
    assert len(shop.access.way.asked) == len(steps) == 5


def test_no_request_costs_more_than_we_say(shop: Visit) -> None:
    pages(FEED, shop.access)

    assert all(cost_of(request, shop) == request.cost for request in shop.access.way.asked)


def test_without_the_right_to_read_returns_it_says_so() -> None:
    shop = visit(a_sale())
    shop.fake.shop.scopes = frozenset({"read_orders"})
    step = FEED.read(shop.access, WINDOW, "")

    assert isinstance(step, Stopped)
    assert "read_returns" in step.reason


def told_of_one(shop: Visit) -> Told:
    return next(told for page in pages(FEED, shop.access) for told in page.told)


def test_a_strange_return_loses_none_of_the_others(shop: Visit) -> None:
    shop.world.ask_for_return("#1002", reason="Other")
    told = told_of_one(shop)
    said = json.loads(told.body)
    said["data"]["order"]["returns"]["nodes"][0]["status"] = "LOST_IN_SPACE"
    found = understood(replace(told, body=json.dumps(said).encode()))

    assert [type(one) for one in found] == [Unreadable, ReturnNotice]


def test_its_tracking_is_told_where_there_is_some(shop: Visit) -> None:
    told = told_of_one(shop)
    said = json.loads(told.body)
    tracking = {"carrierName": "DHL", "number": "R1"}
    delivery = {"reverseDeliveries": {"nodes": [{"deliverable": {"tracking": tracking}}]}}
    said["data"]["order"]["returns"]["nodes"][0]["reverseFulfillmentOrders"] = {"nodes": [delivery]}
    (found,) = understood(replace(told, body=json.dumps(said).encode()))

    assert isinstance(found, ReturnNotice)
    assert (found.carrier, found.tracking) == ("DHL", "R1")


@pytest.mark.parametrize("place", ["", '{"alone": ["1"]}'])
@pytest.mark.parametrize("status", [401, 502])
def test_what_goes_wrong_stops_it(place: str, status: int) -> None:
    step = FEED.read(answered(HttpResponse(status=status, headers={}, body=b"no")), WINDOW, place)

    assert isinstance(step, Stopped)
    assert step.reconnect == (status == 401)
