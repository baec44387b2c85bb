"""Every word of the Seller API's lists is one that we know, as far as we read or say it."""

import pytest

from tests.channels.specifications.documents import document, needs_specifications
from tests.factories.sales import AT
from tresen.channels.kaufland import CONNECTOR
from tresen.channels.kaufland.acting import ACTIONS
from tresen.channels.kaufland.asking import KAUFLAND, MERCHANT
from tresen.channels.kaufland.orders import return_notice, snapshot
from tresen.channels.kaufland.sending import START
from tresen.channels.kaufland.shapes import KauflandOrder, OrderUnit, ReturnUnit
from tresen.channels.order_door import OrderAction
from tresen.channels.order_news import OrderState

pytestmark = needs_specifications


def listed(name: str) -> set[str]:
    return set(document("kaufland/facts/seller-api-v2-skeleton.json")["components"]["schemas"][name]["enum"])


def piece(status: str) -> OrderUnit:
    return OrderUnit(
        id_order_unit=1,
        id_order="M1",
        status=status,
        price=100,
        currency="EUR",
        ts_created_iso=AT,
        ts_updated_iso=AT,
    )


def order(*states: str) -> KauflandOrder:
    units = [piece(state) for state in states]
    return KauflandOrder(id_order="M1", ts_created_iso=AT, fulfillment_type=MERCHANT, order_units=units)


def test_every_state_of_a_piece_is_known() -> None:
    states = {state: snapshot(order(state)).state for state in listed("OrderUnitStatus")}

    assert states == {
        "open": OrderState.PENDING,
        "need_to_be_sent": OrderState.OPEN,
        "sent": OrderState.SHIPPED,
        "sent_and_autopaid": OrderState.SHIPPED,
        "received": OrderState.DELIVERED,
        "returned": OrderState.RETURNED,
        "returned_paid": OrderState.RETURNED,
        "cancelled": OrderState.CANCELLED,
    }


def test_what_was_cancelled_is_not_paid() -> None:
    assert snapshot(order("sent", "cancelled", "sent")).total == 200
    assert snapshot(order("cancelled", "cancelled")).total == 200, "what it cost"


def test_every_state_of_a_piece_that_comes_back_is_known() -> None:
    for state in listed("ReturnUnitStatus"):
        unit = ReturnUnit(id_return_unit=1, status=state, ts_created_iso=AT, order_unit=piece("returned"))
        assert return_notice(unit, at=AT, carrier="", tracking="").state


def test_a_state_that_nobody_knows_is_told() -> None:
    with pytest.raises(ValueError, match="“lost” is not known"):
        snapshot(order("open", "lost"))


def test_why_buyers_send_back_is_said_in_words() -> None:
    assert CONNECTOR.reasons.keys() == listed("ReturnReason")


def test_we_say_no_word_that_kaufland_does_not_know() -> None:
    assert set(ACTIONS[OrderAction.REFUND].reasons) == listed("OrderUnitRefundReason")
    assert set(ACTIONS[OrderAction.CANCEL].reasons) <= listed("OrderUnitCancelReason")
    assert {opening.key for opening in START.openings} <= listed("TicketReason")
    assert {MERCHANT, KAUFLAND} == listed("FulfillmentType")


def test_every_site_can_be_chosen() -> None:
    sites = {key for key, _title in CONNECTOR.marketplaces}

    assert sites == {f"kaufland.{site}" for site in listed("Storefront")}
