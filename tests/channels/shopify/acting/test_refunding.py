"""Money goes back once, from what was paid."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.shopify.acting.wanting import nobody_answers, pieces, results_of_troubles, said, wanted
from tests.channels.shopify.shop import AT, Visit, a_sale, answered, cost_of, visit
from tresen.channels.contract import Later, Refused, Stopped
from tresen.channels.order_door import Done, NotDone, OrderRef
from tresen.channels.shopify.acting.refunding import REFUND


@pytest.fixture
def shop() -> Visit:
    return visit(a_sale())


def test_pieces_of_a_line_are_paid_back(shop: Visit) -> None:
    found = REFUND.perform(wanted(lines=pieces(amount=4990), words="Came broken"), shop.access)
    (refund,) = shop.world.sale("#1001").refunds

    assert found == Done(external_id=refund.id.removeprefix("r"))
    assert (refund.amount, refund.reason) == (4990, "Came broken")
    sent = json.loads(shop.access.way.asked[-1].body)["variables"]["input"]
    assert sent["refundLineItems"] == [
        {"lineItemId": "gid://shopify/LineItem/100101", "quantity": 1, "restockType": "NO_RESTOCK"}
    ]
    assert [one["amount"] for one in sent["transactions"]] == ["49.90"]


def test_a_part_of_the_price_leaves_the_order_its_pieces(shop: Visit) -> None:
    lines = [replace(one, quantity=0) for one in pieces(amount=500)]

    assert isinstance(REFUND.perform(wanted(lines=lines, reason="goodwill"), shop.access), Done)

    sent = json.loads(shop.access.way.asked[-1].body)["variables"]["input"]
    assert (sent["refundLineItems"], sent["note"]) == ([], "Goodwill")


def test_with_the_same_key_it_is_paid_once_though_asked_again(shop: Visit) -> None:
    asked = wanted(amount=5000, since=AT)
    first, again = (REFUND.perform(asked, shop.access) for _ in range(2))

    assert REFUND.keyed
    assert first == again
    assert len(shop.world.sale("#1001").refunds) == 1


def test_the_last_cent_is_paid_once_too_though_asked_again(shop: Visit) -> None:
    """What is left to be paid has changed by then, and the words must not."""
    asked = wanted(amount=9980, since=AT)
    first, again = (REFUND.perform(asked, shop.access) for _ in range(2))

    assert isinstance(first, Done)
    assert first == again


def test_another_refund_has_another_key(shop: Visit) -> None:
    REFUND.perform(wanted(amount=100), shop.access)
    REFUND.perform(wanted(amount=100, key="another"), shop.access)

    assert [one.amount for one in shop.world.sale("#1001").refunds] == [100, 100]


@pytest.mark.parametrize("amount", [0, 9981])
def test_no_more_than_was_paid_goes_back(shop: Visit, amount: int) -> None:
    assert isinstance(REFUND.perform(wanted(amount=amount), shop.access), Refused)
    assert shop.world.sale("#1001").refunds == []


def test_what_the_shop_refuses_is_said_in_its_words(shop: Visit) -> None:
    answer = said(data={"refundCreate": {"refund": None, "userErrors": [{"message": "Not refundable"}]}})
    paid = said(
        data={
            "order": {
                "presentmentCurrencyCode": "EUR",
                "transactions": [
                    {
                        "id": "gid://shopify/OrderTransaction/1",
                        "kind": "SALE",
                        "status": "SUCCESS",
                        "gateway": "bogus",
                        "createdAt": "2026-11-20T09:00:00Z",
                        "amountSet": {"shopMoney": {"amount": "99.80"}},
                        "parentTransaction": None,
                    }
                ],
            }
        }
    )

    assert REFUND.perform(wanted(amount=1), answered(paid, answer)) == Refused(reason="Not refundable")


def test_a_sum_is_shared_among_payments_the_oldest_first(shop: Visit) -> None:
    def payment(number: int, amount: str, **changes: object) -> dict[str, object]:
        usual = {
            "id": f"gid://shopify/OrderTransaction/{number}",
            "kind": "SALE",
            "status": "SUCCESS",
            "gateway": f"gateway-{number}",
            "createdAt": f"2026-11-20T09:00:0{number}Z",
            "amountSet": {"shopMoney": {"amount": amount}},
            "parentTransaction": None,
        }
        return usual | changes

    order = {
        "presentmentCurrencyCode": "EUR",
        "transactions": [
            payment(2, "50.00"),
            payment(1, "20.00"),
            payment(3, "99.00", status="FAILURE"),
            payment(4, "5.00", kind="REFUND", parentTransaction={"id": "gid://shopify/OrderTransaction/1"}),
        ],
    }
    done = said(data={"refundCreate": {"refund": {"legacyResourceId": "7"}, "userErrors": []}})
    access = answered(said(data={"order": order}), done)

    assert REFUND.perform(wanted(amount=4000), access) == Done(external_id="7")
    sent = json.loads(access.way.asked[-1].body)["variables"]["input"]["transactions"]
    assert [(one["parentId"][-1], one["amount"], one["gateway"]) for one in sent] == [
        ("1", "15.00", "gateway-1"),
        ("2", "25.00", "gateway-2"),
    ]


def test_who_paid_in_another_currency_is_refunded_by_hand(shop: Visit) -> None:
    paid = said(data={"order": {"presentmentCurrencyCode": "USD", "transactions": []}})
    found = REFUND.perform(wanted(amount=1), answered(paid))

    assert isinstance(found, Refused)
    assert "USD" in found.reason


def test_the_order_may_be_named_by_its_number_alone(shop: Visit) -> None:
    assert isinstance(REFUND.perform(wanted(amount=1, order=OrderRef(number="#1001")), shop.access), Done)
    assert isinstance(REFUND.perform(wanted(amount=1, order=OrderRef(number="#9")), shop.access), Refused)


def test_what_goes_wrong_says_what_became_of_it(shop: Visit) -> None:
    for found, right in results_of_troubles(REFUND, wanted(amount=1, since=AT), shop):
        assert isinstance(found, right), (found, right)


def test_where_nothing_could_be_read_nothing_was_done(shop: Visit) -> None:
    assert isinstance(REFUND.perform(wanted(amount=1), nobody_answers()), Later)


def test_looking_says_whether_so_much_went_back_since(shop: Visit) -> None:
    asked = wanted(amount=5000, since=shop.world.now())

    assert REFUND.look(asked, shop.access) == NotDone()
    shop.world.refund("#1001", amount=4000, reason="other")
    assert REFUND.look(asked, shop.access) == NotDone()
    refund = shop.world.refund("#1001", amount=5000, reason="")
    assert REFUND.look(asked, shop.access) == Done(external_id=refund.id.removeprefix("r"))
    assert REFUND.look(wanted(amount=5000, since=AT + timedelta(days=1)), shop.access) == NotDone()
    assert isinstance(REFUND.look(asked, nobody_answers()), Stopped)


def test_no_request_costs_more_than_we_say(shop: Visit) -> None:
    REFUND.perform(wanted(amount=1), shop.access)
    REFUND.look(wanted(amount=1), shop.access)

    assert all(cost_of(request, shop) == request.cost for request in shop.access.way.asked)
