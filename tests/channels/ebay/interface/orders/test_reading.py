"""Orders are read whole, whatever happens on the way."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.ebay.interface.shop import (
    AT,
    WINDOW,
    a_fake,
    a_sale,
    answer,
    number,
    opened,
    read_all,
    read_through,
    understood,
)
from tests.channels.specifications.documents import needs_specifications
from tresen.channels.contract import Inbound, Unreadable
from tresen.channels.ebay import CONNECTOR
from tresen.channels.ebay.interface.orders.reading import read_order, read_orders
from tresen.channels.feeds import Stale, Stopped
from tresen.channels.http import HeldBack, Unanswered, Unreached
from tresen.channels.order_door import NoSuchOrder, OrderRef
from tresen.channels.order_news import OrderSnapshot, OrderState, Payment
from tresen.channels.senders import IdentityKind
from tresen.channels.tracking import TrackingState
from tresen.fakes.ebay.platform import Ebay
from tresen.fakes.sales import Sale


def joined(found: list[Inbound]) -> dict[str, OrderSnapshot]:
    """What was told of each order, the later parts over the earlier ones."""
    orders: dict[str, OrderSnapshot] = {}
    for each in found:
        if not isinstance(each, OrderSnapshot):
            continue
        parts = {name: value for name in each.__slots__ if (value := getattr(each, name)) not in (None, "")}
        orders[each.number] = replace(orders.get(each.number, each), **parts)
    return orders


def busy_fake(count: int = 37) -> Ebay:
    sales = [a_sale(index, at=AT - timedelta(minutes=index)) for index in range(count)]
    fake = a_fake(sales=sales)
    for index in range(0, count, 3):
        fake.world.ship(number(index), carrier="DHL", tracking=f"00{index}")
    fake.world.refund(number(1), amount=500, reason="OTHER_ADJUSTMENT")
    fake.world.ask_to_cancel(number(2))
    fake.world.cancel(number(4))
    return fake


def is_told(told: OrderSnapshot, sale: Sale) -> None:
    assert told.changed_at == sale.changed_at.replace(microsecond=sale.changed_at.microsecond // 1000 * 1000)
    assert (told.ordered_at, told.ship_by, told.deliver_by) == (sale.ordered_at, sale.ship_by, sale.deliver_by)
    assert (told.total, told.currency) == (sale.total, sale.currency)
    assert told.cancel_asked_at == sale.cancel_asked_at
    assert told.buyer
    assert (told.buyer.kind, told.buyer.key) == (IdentityKind.USERNAME, sale.buyer.key.lower())
    assert (told.buyer.name, told.buyer.reply_to) == (sale.buyer.key, sale.buyer.email)
    assert told.ship_to
    assert told.ship_to.lines[0] == sale.buyer.name
    assert (told.ship_to.postcode, told.ship_to.country) == (sale.buyer.postcode, sale.buyer.country)
    assert [
        (one.external_id, one.sku, one.item_id, one.title, one.quantity, one.price) for one in told.lines or ()
    ] == [(line.id, line.sku, line.item, line.title, line.quantity, line.price) for line in sale.lines]
    assert [one.shipped for one in told.lines or ()] == [line.shipped for line in sale.lines]
    assert [(one.external_id, one.carrier, one.tracking) for one in told.parcels or ()] == [
        (parcel.id, parcel.carrier, parcel.tracking) for parcel in sale.parcels
    ]
    assert [(one.external_id, one.amount) for one in told.refunds or ()] == [
        (back.id, back.amount) for back in sale.refunds
    ]


def test_all_orders_come_field_by_field_though_the_reader_dies_at_each_step() -> None:
    fake = busy_fake()
    told, cost = read_all(opened(fake), "orders", dying=True)
    orders = joined(understood(told))

    assert orders.keys() == fake.world.sales.keys()
    for sale in fake.world.sales.values():
        is_told(orders[sale.number], sale)
    assert orders[number(0)].state is OrderState.SHIPPED
    assert orders[number(4)].state is OrderState.CANCELLED
    assert orders[number(1)].payment is Payment.PART_REFUNDED
    assert max(cost) <= 42  # twice what one step takes


def test_what_fails_on_the_way_costs_nothing_that_was_read_before_it() -> None:
    fake = busy_fake()

    told, failed, in_vain = read_through(opened(fake), "orders", fails=4)

    orders = joined(understood(told))
    assert orders.keys() == fake.world.sales.keys()
    for sale in fake.world.sales.values():
        is_told(orders[sale.number], sale)
    assert in_vain < failed


def test_an_order_that_changes_while_it_is_read_hides_no_other() -> None:
    fake = busy_fake(25)
    access = opened(fake)
    first = read_orders(access, WINDOW, "")
    assert not isinstance(first, Stale | Stopped)
    assert first.next == "20"
    second = read_orders(access, WINDOW, first.next)
    assert not isinstance(second, Stale | Stopped)
    # It falls out of the window, and all behind it come one forward.
    fake.world.sale(number(7)).changed_at = WINDOW.until + timedelta(hours=1)
    told = list(second.told)
    place = second.next
    while place:
        step = read_orders(access, WINDOW, place)
        assert not isinstance(step, Stale | Stopped)
        told += step.told
        place = step.next

    assert fake.world.sales.keys() - joined(understood(told)).keys() <= {number(7)}


def test_one_odd_order_takes_no_other_with_it() -> None:
    fake = a_fake(sales=[a_sale(1), a_sale(2)])
    told, _cost = read_all(opened(fake), "orders")
    page = json.loads(told[0].body)
    page["orders"][0]["pricingSummary"] = {"total": {"value": "free", "currency": "EUR"}}
    page["orders"].append("nonsense")
    found = understood([replace(told[0], body=json.dumps(page).encode())])

    assert [type(each) for each in found] == [Unreadable, OrderSnapshot, Unreadable]
    assert isinstance(found[0], Unreadable)
    assert found[0].subject == page["orders"][0]["orderId"]


def test_words_that_ebay_may_invent_leave_an_order_readable() -> None:
    fake = a_fake(sales=[a_sale(1)])
    told, _cost = read_all(opened(fake), "orders")
    page = json.loads(told[0].body)
    page["orders"][0] |= {"orderFulfillmentStatus": "TELEPORTED", "orderPaymentStatus": "IN_SHELLS"}
    (found,) = understood([replace(told[0], body=json.dumps(page).encode())])

    assert isinstance(found, OrderSnapshot)
    assert found.state is OrderState.OPEN


def test_a_refund_is_done_once_ebay_has_paid_it() -> None:
    fake = a_fake(sales=[a_sale(1)])
    back = fake.world.refund(number(1), amount=100, reason="OTHER_ADJUSTMENT")
    waiting = joined(understood(read_all(opened(fake), "orders")[0]))[number(1)]
    back.at -= timedelta(minutes=5)
    paid = joined(understood(read_all(opened(fake), "orders")[0]))[number(1)]

    assert [one.done for one in waiting.refunds or ()] == [False]
    assert [one.done for one in paid.refunds or ()] == [True]


def test_one_order_is_read_with_its_parcels_its_returns_and_who_wants_it_cancelled() -> None:
    fake = a_fake(sales=[a_sale(1), a_sale(2)])
    fake.world.ask_to_cancel(number(1))
    fake.world.ship(number(1), carrier="DHL", tracking="003")
    fake.world.ask_for_return(number(1), reason="DEFECTIVE_ITEM")
    told = read_order(OrderRef(number=number(1)), opened(fake))
    assert not isinstance(told, NoSuchOrder | Stopped)
    order = joined(understood(list(told)))[number(1)]

    assert [one.about for one in told] == ["order", "order/shipping_fulfillment", "return/search"]
    assert order.cancel_asked_at == fake.world.sale(number(1)).cancel_asked_at
    assert [(one.tracking, one.state) for one in order.parcels or ()] == [("003", TrackingState.PENDING)]
    assert read_order(OrderRef(number="10-00000-00000"), opened(fake)) == NoSuchOrder()
    unheard = answer(400, b'{"errors": [{"errorId": 32100}]}')
    assert read_order(OrderRef(number="x"), opened(None, unheard)) == NoSuchOrder()


@needs_specifications
def test_the_order_comes_without_returns_where_post_order_does_not_let_in() -> None:
    fake = a_fake(sales=[a_sale(1)])
    access = opened(fake)
    whole = read_order(OrderRef(number=number(1)), access)
    assert not isinstance(whole, NoSuchOrder | Stopped)
    answers = [answer(200, whole[0].body), answer(200, whole[1].body), answer(403)]
    told = read_order(OrderRef(number=number(1)), opened(None, *answers))

    assert not isinstance(told, NoSuchOrder | Stopped)
    assert [one.about for one in told] == ["order", "order/shipping_fulfillment"]


@pytest.mark.parametrize(
    ("outcome", "reconnect"),
    [
        (answer(401), True),
        (answer(403), False),
        (answer(500), False),
        (answer(200, b"garbage"), False),
        (answer(200, b'{"orders": 5}'), False),
        (HeldBack(after=timedelta(seconds=9), reason="429"), False),
        (Unreached(reason="no line"), False),
        (Unanswered(reason="silence"), False),
    ],
)
def test_what_is_no_answer_says_why(outcome: object, reconnect: bool) -> None:  # noqa: FBT001
    for found in (
        read_orders(opened(None, outcome), WINDOW, ""),  # type: ignore[arg-type]
        read_order(OrderRef(number=number(1)), opened(None, outcome)),  # type: ignore[arg-type]
    ):
        assert isinstance(found, Stopped)
        assert found.reconnect is reconnect
        assert found.lacks == found.reason.startswith("403")


def test_a_place_that_is_none_of_ours_begins_anew() -> None:
    assert isinstance(read_orders(opened(a_fake()), WINDOW, "page two"), Stale)


def test_the_feed_asks_for_what_changed_in_the_window() -> None:
    access = opened(a_fake(sales=[a_sale(1)]))
    read_all(access, "orders")
    asked = dict(access.way.asked[-1].query)

    assert asked["filter"] == "lastmodifieddate:[2026-11-18T09:00:00.000Z..2026-11-20T10:00:00.000Z]"
    assert CONNECTOR.order is not None
