"""A return is approved, or refused for one of Shopify's reasons."""

import json

import pytest

from tests.channels.shopify.acting.wanting import nobody_answers, results_of_troubles, wanted
from tests.channels.shopify.shop import ADMIN, KNOWN, Visit, a_sale, cost_of, visit
from tresen.channels.contract import Refused, Stopped
from tresen.channels.order_door import ActionOffer, ActionWanted, Done, NotDone
from tresen.channels.order_news import ReturnState
from tresen.channels.shopify.acting.deciding_returns import APPROVE, REASONS, REFUSE


@pytest.fixture
def shop() -> Visit:
    found = visit(a_sale())
    found.world.ship("#1001", carrier="DHL", tracking="1")
    found.world.ask_for_return("#1001", reason="Defective")
    return found


def about_it(shop: Visit, **changes: object) -> ActionWanted:
    return wanted(return_id=shop.world.sale("#1001").returns[0].id.removeprefix("ret"), **changes)


@pytest.mark.parametrize(("offer", "state"), [(APPROVE, ReturnState.AUTHORISED), (REFUSE, ReturnState.REFUSED)])
def test_it_is_decided_once(shop: Visit, offer: ActionOffer, state: ReturnState) -> None:
    asked = about_it(shop)

    assert offer.perform(asked, shop.access) == Done(external_id=asked.return_id)
    assert shop.world.sale("#1001").returns[0].state is state
    assert isinstance(offer.perform(asked, shop.access), Refused)


def test_a_refusal_has_a_reason_and_our_words(shop: Visit) -> None:
    REFUSE.perform(about_it(shop, reason="FINAL_SALE", words=" It was made for you. " + "x" * 600), shop.access)
    sent = json.loads(shop.access.way.asked[-1].body)["variables"]["input"]

    assert sent["declineReason"] == "FINAL_SALE"
    assert sent["declineNote"].startswith("It was made for you. x")
    assert len(sent["declineNote"]) == 500


@pytest.mark.skipif(not KNOWN, reason="Shopify's schema is not here")
def test_the_reasons_are_all_of_shopifys() -> None:
    assert set(ADMIN.schema.type_map["ReturnDeclineReason"].values) == set(REASONS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("offer", [APPROVE, REFUSE])
def test_what_goes_wrong_says_what_became_of_it(shop: Visit, offer: ActionOffer) -> None:
    for found, right in results_of_troubles(offer, about_it(shop), shop):
        assert isinstance(found, right), (found, right)


def test_looking_says_what_was_decided(shop: Visit) -> None:
    asked = about_it(shop)

    assert APPROVE.look(asked, shop.access) == REFUSE.look(asked, shop.access) == NotDone()
    shop.world.decide_return(shop.world.sale("#1001").returns[0].id, approve=True)
    assert APPROVE.look(asked, shop.access) == Done(external_id=asked.return_id)
    assert REFUSE.look(asked, shop.access) == NotDone()
    assert isinstance(APPROVE.look(asked, nobody_answers()), Stopped)
    assert isinstance(APPROVE.look(wanted(return_id="999"), shop.access), Stopped)


def test_no_request_costs_more_than_we_say(shop: Visit) -> None:
    APPROVE.perform(about_it(shop), shop.access)
    APPROVE.look(about_it(shop), shop.access)

    assert all(cost_of(request, shop) == request.cost for request in shop.access.way.asked)
