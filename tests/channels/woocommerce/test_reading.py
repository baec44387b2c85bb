"""What is read of a shop: orders that changed, one with all beside it, stock."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.woocommerce.shop import (
    AT,
    NOW,
    WINDOW,
    a_sale,
    a_shelf,
    all_of,
    answered,
    pages,
    said,
    understood,
    visit,
)
from tresen.channels.contract import OwnAnswer
from tresen.channels.feeds import Page, Stale, Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import NoSuchOrder, OrderRef, ReadInPart
from tresen.channels.order_news import OrderSnapshot, OrderState, Payment, StockNotice
from tresen.channels.woocommerce.reading import DOOR, FEEDS

ORDERS, STOCK = FEEDS
MANY = 230


def numbers(found: list[object]) -> list[str]:
    return [one.number for one in found if isinstance(one, OrderSnapshot)]


def test_all_orders_of_a_window_come_over_several_pages() -> None:
    shop = visit(*(a_sale(1000 + n, at=AT + timedelta(seconds=n)) for n in range(MANY)))
    found = all_of(ORDERS, shop.access)
    assert sorted(set(numbers(found))) == [f"#{1000 + n}" for n in range(MANY)]
    assert len(shop.asked) == 3


def test_an_order_is_told_as_the_shop_has_it() -> None:
    shop = visit(a_sale())
    (order,) = all_of(ORDERS, shop.access)
    assert isinstance(order, OrderSnapshot)
    sale = shop.world.sale("#1001")
    assert (order.number, order.external_id, order.total) == (sale.number, sale.id, sale.total)
    assert (order.state, order.payment, order.changed_at) == (OrderState.OPEN, Payment.PAID, sale.changed_at)


def test_only_what_changed_in_the_window_comes_and_both_ends_belong_to_it() -> None:
    ends = [WINDOW.since, WINDOW.until]
    shop = visit(
        *(a_sale(1001 + n, at=at) for n, at in enumerate(ends)),
        a_sale(1003, at=WINDOW.since - timedelta(seconds=2)),
        a_sale(1004, at=WINDOW.until + timedelta(seconds=2)),
    )
    assert numbers(all_of(ORDERS, shop.access)) == ["#1001", "#1002"]


@pytest.mark.parametrize("leaves", ["#1005", "#1099"])
def test_where_an_order_leaves_the_list_it_is_begun_anew_and_hides_no_other(leaves: str) -> None:
    shop = visit(*(a_sale(1000 + n) for n in range(MANY)))
    first = ORDERS.read(shop.access, WINDOW, "")
    assert isinstance(first, Page)
    shop.world.sale(leaves).changed_at = WINDOW.until + timedelta(hours=1)
    assert ORDERS.read(shop.access, WINDOW, first.next) == Stale()


def test_where_an_order_comes_into_the_list_none_is_hidden() -> None:
    late = a_sale(999, at=WINDOW.since - timedelta(days=3))
    shop = visit(late, *(a_sale(1000 + n) for n in range(MANY)))
    step, found = ORDERS.read(shop.access, WINDOW, ""), []
    late.changed_at = NOW
    while True:
        assert isinstance(step, Page)
        found += [one for told in step.told for one in understood(told)]
        if not step.next:
            break
        step = ORDERS.read(shop.access, WINDOW, step.next)
    assert {f"#{1000 + n}" for n in range(MANY)} <= set(numbers(found))


def test_a_place_that_is_none_begins_the_window_anew() -> None:
    assert ORDERS.read(visit().access, WINDOW, "page 3") == Stale()


def test_the_last_page_may_be_full() -> None:
    shop = visit(*(a_sale(1000 + n) for n in range(100)))
    assert len(numbers(all_of(ORDERS, shop.access))) >= 100
    assert len(shop.asked) == 2


def test_what_is_no_list_stops_and_says_why() -> None:
    assert isinstance(ORDERS.read(answered(said({"code": "x"})), WINDOW, ""), Stopped)
    refused = ORDERS.read(answered(said({"code": "rest_forbidden"}, status=403)), WINDOW, "")
    assert isinstance(refused, Stopped)
    assert refused.lacks


def test_one_order_comes_with_refunds_notes_and_stock() -> None:
    shop = visit(a_sale(), stock=(a_shelf("LW-1", "47", 7), a_shelf("LW-2", "48", 1)))
    paid = shop.world.refund("#1001", amount=1000, reason="Kratzer")
    shop.fake.write("1001", "Wir schauen nach.", for_customer=True, author="Jana")
    shop.fake.write("1001", "Stammkundin", for_customer=False, author="Jana")

    told = DOOR.read(OrderRef(number="#1001", external_id="1001"), shop.access)

    assert isinstance(told, list)
    order, refunds, answer, level = (one for each in told for one in understood(each))
    assert isinstance(order, OrderSnapshot)
    assert order.payment is Payment.PART_REFUNDED
    assert isinstance(refunds, OrderSnapshot)
    assert refunds.refunds is not None
    assert [(one.amount, one.at) for one in refunds.refunds] == [(1000, paid.at.replace(microsecond=0))]
    assert isinstance(answer, OwnAnswer)
    assert answer.text == "Wir schauen nach."
    assert isinstance(level, StockNotice)
    assert (level.sku, level.available) == ("LW-1", 7)


@pytest.mark.parametrize("number", ["#1001", "1001"])
def test_an_order_is_found_by_its_number_where_that_is_the_id(number: str) -> None:
    told = DOOR.read(OrderRef(number=number), visit(a_sale()).access)
    assert isinstance(told, list)
    assert json.loads(told[0].body)["id"] == 1001


def test_an_order_is_found_by_a_number_of_a_plugins_own() -> None:
    shop = visit(replace(a_sale(), number="#2026-7"))
    told = DOOR.read(OrderRef(number="#2026-7"), shop.access)
    assert isinstance(told, list)
    assert json.loads(told[0].body)["id"] == 1001


@pytest.mark.parametrize("order", [OrderRef(number="#77"), OrderRef(number="#77", external_id="77")])
def test_an_order_that_is_not_there_is_said_to_be_none(order: OrderRef) -> None:
    assert DOOR.read(order, visit(a_sale()).access) == NoSuchOrder()


def test_an_order_whose_notes_were_not_told_is_read_in_part_and_stock_may_be_missing_for_once() -> None:
    shop = visit(a_sale())
    order, notes = said(shop.fake.told(shop.world.sale("#1001"))), said([])
    broken = HttpResponse(status=500, headers={}, body=b"")
    ref = OrderRef(number="#1001", external_id="1001")

    without_notes = DOOR.read(ref, answered(order, broken, broken))
    without_stock = DOOR.read(ref, answered(order, notes, broken))

    assert isinstance(without_notes, ReadInPart)
    assert [one.about for one in without_notes.told] == ["order"]
    assert isinstance(without_stock, list)
    assert [one.about for one in without_stock] == ["order", "notes"]


def test_all_stock_is_read_by_pages() -> None:
    shop = visit(stock=tuple(a_shelf(f"LW-{n}", str(n), n) for n in range(1, MANY + 1)))
    found = {one.sku: one.available for one in all_of(STOCK, shop.access) if isinstance(one, StockNotice)}
    assert found == {f"LW-{n}": n for n in range(1, MANY + 1)}


def test_variations_are_asked_for_one_product_after_the_other() -> None:
    parent = {"id": 87, "type": "variable", "sku": "", "manage_stock": False, "variations": [88]}
    varied = [{"id": 88, "name": "groß", "sku": "LW-01", "manage_stock": True, "stock_quantity": 3}]
    access = answered(said([parent, {**parent, "id": 90}]), said(varied), said([]))
    found = [one for page in pages(STOCK, access) for told in page.told for one in understood(told)]
    assert [(one.sku, one.item_id) for one in found if isinstance(one, StockNotice)] == [("LW-01", "87")]
    assert [one.address.rpartition("/wc/v3")[2] for one in access.way.asked] == [
        "/products",
        "/products/87/variations",
        "/products/90/variations",
    ]
