"""Goods are marked as shipped, all that is open or some pieces."""

import json

import pytest

from tests.channels.shopify.acting.wanting import nobody_answers, pieces, results_of_troubles, said, wanted
from tests.channels.shopify.shop import AT, Visit, a_sale, answered, cost_of, visit
from tresen.channels.contract import Refused, Stopped
from tresen.channels.order_door import Done, NotDone
from tresen.channels.shopify.acting.shipping import SHIP


@pytest.fixture
def shop() -> Visit:
    return visit(a_sale(lines=2))


def test_all_that_is_open_is_shipped_with_its_tracking(shop: Visit) -> None:
    found = SHIP.perform(wanted(carrier="DHL", tracking="0034"), shop.access)
    sale = shop.world.sale("#1001")
    (parcel,) = sale.parcels

    assert found == Done(external_id=parcel.id.removeprefix("p"))
    assert (parcel.carrier, parcel.tracking) == ("DHL", "0034")
    assert [line.shipped for line in sale.lines] == [2, 2]


def test_some_pieces_are_shipped(shop: Visit) -> None:
    assert isinstance(SHIP.perform(wanted(lines=pieces(1), tracking="1"), shop.access), Done)
    assert [line.shipped for line in shop.world.sale("#1001").lines] == [1, 0]


def test_no_more_than_is_open(shop: Visit) -> None:
    assert isinstance(SHIP.perform(wanted(lines=pieces(3)), shop.access), Refused)
    shop.world.ship("#1001", carrier="DHL", tracking="1")
    assert isinstance(SHIP.perform(wanted(), shop.access), Refused)


def test_what_lies_at_several_locations_is_shipped_by_hand(shop: Visit) -> None:
    parts = [
        {
            "id": f"gid://shopify/FulfillmentOrder/{number}",
            "supportedActions": [{"action": "CREATE_FULFILLMENT"}],
            "assignedLocation": {"location": {"id": f"gid://shopify/Location/{number}"}},
            "lineItems": {"nodes": []},
        }
        for number in (1, 2)
    ]
    found = SHIP.perform(wanted(), answered(said(data={"order": {"fulfillmentOrders": {"nodes": parts}}})))

    assert isinstance(found, Refused)
    assert "several locations" in found.reason


def test_a_buyer_is_told(shop: Visit) -> None:
    SHIP.perform(wanted(), shop.access)
    sent = json.loads(shop.access.way.asked[-1].body)["variables"]["fulfillment"]

    assert sent["notifyCustomer"] is True
    assert sent["trackingInfo"] == {"company": None, "number": None}


def test_what_goes_wrong_says_what_became_of_it(shop: Visit) -> None:
    for found, right in results_of_troubles(SHIP, wanted(lines=pieces(1)), shop):
        assert isinstance(found, right), (found, right)


def test_looking_says_whether_this_parcel_left(shop: Visit) -> None:
    asked = wanted(tracking="0034", since=AT)

    assert SHIP.look(asked, shop.access) == NotDone()
    shop.world.ship("#1001", carrier="DHL", tracking="0035", pieces={"100101": 1})
    assert SHIP.look(asked, shop.access) == NotDone()
    parcel = shop.world.ship("#1001", carrier="DHL", tracking="0034")
    assert SHIP.look(asked, shop.access) == Done(external_id=parcel.id.removeprefix("p"))
    assert isinstance(SHIP.look(asked, nobody_answers()), Stopped)


def test_no_request_costs_more_than_we_say(shop: Visit) -> None:
    SHIP.perform(wanted(), shop.access)
    SHIP.look(wanted(), shop.access)

    assert all(cost_of(request, shop) == request.cost for request in shop.access.way.asked)
