"""What is done about an order at the shop, and how it is found out whether it was."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.woocommerce.shop import NOW, a_sale, answered, said, visit, wanted
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpOutcome, Unanswered, Unreached
from tresen.channels.order_door import ActionLine, Done, NotDone, NotTold, OrderAction, OrderRef
from tresen.channels.outbound import Later, Refused, Uncertain
from tresen.channels.woocommerce.acting import ACTIONS

REFUND, CANCEL, SHIP = (ACTIONS[one] for one in (OrderAction.REFUND, OrderAction.CANCEL, OrderAction.MARK_SHIPPED))
PART = wanted(
    amount=990, reason="damaged", lines=(ActionLine(external_id="10011", quantity=1, amount=990),), words="Kratzer"
)
TAXED = {
    "id": 1001,
    "number": "1001",
    "status": "processing",
    "currency": "EUR",
    "total": "119.00",
    "refunds": [],
    "date_created_gmt": "2026-11-20T09:00:00",
    "date_modified_gmt": "2026-11-20T09:00:00",
    "line_items": [
        {
            "id": 5,
            "name": "Lampe",
            "quantity": 2,
            "total": "100.00",
            "total_tax": "19.00",
            "taxes": [{"id": 75, "total": "19.00"}],
        }
    ],
}


def test_money_goes_back_and_is_found_there() -> None:
    shop = visit(a_sale())
    assert REFUND.look(PART, shop.access) == NotDone()

    done = REFUND.perform(PART, shop.access)

    assert isinstance(done, Done)
    assert [(one.amount, one.reason) for one in shop.world.sale("#1001").refunds] == [(990, "Kratzer")]
    assert REFUND.look(PART, shop.access) == done
    assert REFUND.look(replace(PART, amount=991), shop.access) == NotDone()
    assert REFUND.look(replace(PART, others=frozenset({done.external_id})), shop.access) == NotDone()
    assert REFUND.look(replace(PART, since=NOW + timedelta(hours=1)), shop.access) == NotDone()


def test_the_provider_pays_goods_stay_where_they_are_and_taxes_stand_apart() -> None:
    access = answered(said(TAXED), said({"id": 9}, status=201))
    line = ActionLine(external_id="5", quantity=1, amount=5950)
    assert REFUND.perform(wanted(amount=5950, lines=(line,), reason="damaged"), access) == Done(external_id="9")
    assert json.loads(access.way.asked[1].body) == {
        "amount": "59.50",
        "reason": "It arrived damaged",
        "api_refund": True,
        "api_restock": False,
        "line_items": [{"id": 5, "quantity": 1, "refund_total": 50.0, "refund_tax": [{"id": 75, "refund_total": 9.5}]}],
    }


def test_more_than_is_left_a_strange_line_or_currency_is_refused_before_anything_is_asked() -> None:
    shop = visit(a_sale())
    shop.world.refund("#1001", amount=9000, reason="")
    strange = (ActionLine(external_id="4", quantity=1, amount=10),)
    for asked in (replace(PART, amount=981), replace(PART, currency="USD"), replace(PART, amount=10, lines=strange)):
        assert isinstance(REFUND.perform(asked, shop.access), Refused)
    assert [one for one in shop.asked if one.startswith("POST")] == []


def test_where_the_provider_pays_nothing_back_nobody_knows_until_the_order_is_read() -> None:
    shop = visit(a_sale())
    shop.fake.pays_back = False
    result = REFUND.perform(PART, shop.access)
    assert isinstance(result, Uncertain)
    assert "does not support automatic refunds" in result.reason
    assert REFUND.look(PART, shop.access) == NotDone()


def test_an_order_is_cancelled_and_no_money_goes_back_by_it() -> None:
    shop = visit(a_sale())
    assert CANCEL.look(wanted(), shop.access) == NotDone()
    assert CANCEL.perform(wanted(), shop.access) == Done()

    sale = shop.world.sale("#1001")
    assert sale.cancelled_at is not None
    assert sale.refunds == []
    assert CANCEL.look(wanted(), shop.access) == Done()


PARCEL = wanted(carrier="DHL", tracking="00340434161094000001")


def test_an_order_is_marked_as_shipped_and_its_tracking_goes_to_the_buyer() -> None:
    shop = visit(a_sale())
    assert SHIP.look(PARCEL, shop.access) == NotDone()
    assert SHIP.perform(PARCEL, shop.access) == Done()

    assert SHIP.look(PARCEL, shop.access) == Done()
    assert [(one.text, one.for_customer, one.author) for one in shop.fake.notes["1001"]] == [
        ("DHL 00340434161094000001", True, "system")
    ]


def test_the_tracking_is_not_sent_twice_where_the_first_try_broke_off_behind_it() -> None:
    shop = visit(a_sale())
    shop.fake.write("1001", "DHL 00340434161094000001", for_customer=True, author="system")
    assert SHIP.look(PARCEL, shop.access) == NotDone()
    assert SHIP.perform(PARCEL, shop.access) == Done()
    assert len(shop.fake.notes["1001"]) == 1


def test_without_tracking_no_note_is_written() -> None:
    shop = visit(a_sale())
    assert SHIP.perform(wanted(), shop.access) == Done()
    assert shop.fake.notes == {}


@pytest.mark.parametrize("offer", [CANCEL, SHIP])
def test_what_is_cancelled_or_complete_is_left_alone(offer: object) -> None:
    for before in (CANCEL, SHIP):
        shop = visit(a_sale())
        assert before.perform(wanted(), shop.access) == Done()
        assert isinstance(offer.perform(wanted(), shop.access), Refused)  # type: ignore[attr-defined]
        assert sum(one.startswith("PUT") for one in shop.asked) == 1


ORDER = said({**TAXED, "line_items": []})


@pytest.mark.parametrize("action", list(ACTIONS))
@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Unanswered(reason="silence"), Uncertain),
        (said({"code": "internal_server_error"}, status=500), Uncertain),
        (said({"code": "rest_invalid_param", "message": "no"}, status=400), Refused),
        (Unreached(reason="no way"), Later),
    ],
)
def test_whatever_the_shop_says_is_told_as_it_is(action: OrderAction, outcome: HttpOutcome, kind: type) -> None:
    asked = wanted(amount=990)
    assert isinstance(ACTIONS[action].perform(asked, answered(ORDER, outcome)), kind)
    assert isinstance(ACTIONS[action].look(asked, answered(Unreached(reason="no way"))), Stopped)


@pytest.mark.parametrize("action", list(ACTIONS))
def test_what_could_not_be_read_first_was_surely_not_done(action: OrderAction) -> None:
    access = answered(Unanswered(reason="silence"))
    assert isinstance(ACTIONS[action].perform(wanted(amount=990), access), Later)
    assert len(access.way.asked) == 1


@pytest.mark.parametrize("action", list(ACTIONS))
def test_an_order_that_is_not_there_is_refused(action: OrderAction) -> None:
    gone = wanted(amount=990, order=OrderRef(number="#9", external_id="9"))
    assert isinstance(ACTIONS[action].perform(gone, visit(a_sale()).access), Refused)
    assert isinstance(ACTIONS[action].look(gone, visit(a_sale()).access), NotTold), "it would be asked for for ever"
