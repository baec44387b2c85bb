"""An order is cancelled whole, for one of Shopify's reasons."""

import json

import pytest

from tests.channels.shopify.acting.wanting import nobody_answers, results_of_troubles, wanted
from tests.channels.shopify.shop import ADMIN, KNOWN, Visit, a_sale, cost_of, visit
from tresen.channels.contract import Refused, Stopped
from tresen.channels.order_door import Done, NotDone
from tresen.channels.shopify.acting.cancelling import CANCEL, REASONS


@pytest.fixture
def shop() -> Visit:
    return visit(a_sale())


@pytest.mark.parametrize(("reason", "sent"), [("FRAUD", "FRAUD"), ("", "CUSTOMER"), ("UNHEARD_OF", "CUSTOMER")])
def test_it_is_cancelled_and_the_money_goes_back(shop: Visit, reason: str, sent: str) -> None:
    assert isinstance(CANCEL.perform(wanted(reason=reason), shop.access), Done)
    sale = shop.world.sale("#1001")

    assert sale.cancelled_at is not None
    assert sale.refunded == sale.total
    assert json.loads(shop.access.way.asked[-1].body)["variables"]["reason"] == sent


@pytest.mark.skipif(not KNOWN, reason="Shopify's schema is not here")
def test_the_reasons_are_all_of_shopifys() -> None:
    assert set(ADMIN.schema.type_map["OrderCancelReason"].values) == set(REASONS)  # type: ignore[attr-defined]


def test_what_was_shipped_is_not_cancelled(shop: Visit) -> None:
    shop.world.ship("#1001", carrier="DHL", tracking="1")

    assert CANCEL.perform(wanted(), shop.access) == Refused(reason="It has been shipped.")


def test_what_goes_wrong_says_what_became_of_it(shop: Visit) -> None:
    for found, right in results_of_troubles(CANCEL, wanted(), shop):
        assert isinstance(found, right), (found, right)


def test_looking_says_whether_it_is_cancelled(shop: Visit) -> None:
    assert CANCEL.look(wanted(), shop.access) == NotDone()
    shop.world.cancel("#1001")
    assert CANCEL.look(wanted(), shop.access) == Done()
    assert isinstance(CANCEL.look(wanted(), nobody_answers()), Stopped)


def test_no_request_costs_more_than_we_say(shop: Visit) -> None:
    CANCEL.perform(wanted(), shop.access)
    CANCEL.look(wanted(), shop.access)

    assert all(cost_of(request, shop) == request.cost for request in shop.access.way.asked)
