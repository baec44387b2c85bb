"""What OTTO has is read page by page, and what lists leave out beside it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.feeding import TODAY, assert_stops, failing, feed_of, understood_by, whole_of
from tests.factories.sales import AT, a_sale, a_shelf, many_sales
from tresen.channels.contract import Inbound
from tresen.channels.feeds import Page, Stale, Stopped, Window
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import NoSuchOrder, OrderRef, ReadInPart
from tresen.channels.order_news import (
    OrderNamed,
    OrderSnapshot,
    OrderState,
    ReturnNotice,
    ReturnState,
    StockNotice,
)
from tresen.channels.otto import CONNECTOR
from tresen.channels.tracking import TrackingState
from tresen.fakes.otto import FakeOtto
from tresen.fakes.world import World

feed = partial(feed_of, CONNECTOR)
whole = partial(whole_of, CONNECTOR)
understood = partial(understood_by, CONNECTOR)
ALL = ("orders", "parcels", "returns", "returns_under_way", "stock")


def test_all_orders_of_a_window_come_though_the_reader_dies_at_each_step(world: World, access: OpenAccess) -> None:
    world.fill(sales=many_sales(230))

    found: list[Inbound] = []
    place = ""
    while True:
        lost, step = (feed("orders").read(access, TODAY, place) for _ in range(2))
        assert isinstance(step, Page)
        assert lost == step
        found += understood(*step.told)
        place = step.next
        if not place:
            break

    assert {one.number for one in found if isinstance(one, OrderSnapshot)} == set(world.sales)
    assert len(found) == len(world.sales)


def test_an_order_that_changes_while_the_list_is_read_hides_no_other(world: World, access: OpenAccess) -> None:
    world.fill(sales=many_sales(150))

    first = feed("orders").read(access, TODAY, "")
    assert isinstance(first, Page)
    world.ask_to_cancel("ORD-1-A")
    second = feed("orders").read(access, TODAY, first.next)

    assert isinstance(second, Page)
    told = understood(*first.told, *second.told)
    assert {one.number for one in told if isinstance(one, OrderSnapshot)} == set(world.sales)


def test_an_order_is_told_as_otto_has_it(world: World, otto: FakeOtto, access: OpenAccess) -> None:
    world.fill(sales=[a_sale(), a_sale("ORD-2-A")])
    otto.unpaid.add("ORD-2-A")
    world.ship("ORD-1-A", carrier="HERMES", tracking="H1", pieces={"ORD-1-A-1": 1})

    found = whole("orders", access)

    states = {one.number: one.state for one in found if isinstance(one, OrderSnapshot)}
    assert states == {"ORD-1-A": OrderState.PART_SHIPPED, "ORD-2-A": OrderState.PENDING}
    assert [one for one in found if isinstance(one, OrderNamed)] == [
        OrderNamed(number="ORD-1-A", external_id="ORD-1-A")
    ]


def test_one_order_comes_with_its_parcels_and_what_went_back(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()])
    world.ship("ORD-1-A", carrier="HERMES", tracking="H1", pieces={"ORD-1-A-1": 1})
    world.ship("ORD-1-A", carrier="DHL", tracking="D1")
    world.scan("ORD-1-A", TrackingState.DELIVERED)
    back = world.refund("ORD-1-A", amount=990, reason="PARTIAL_REFUND")
    assert CONNECTOR.order is not None

    told = CONNECTOR.order.read(OrderRef(number="ORD-1-A"), access)

    assert not isinstance(told, NoSuchOrder | ReadInPart | Stopped)
    order, parcels, receipts = understood(*told)
    assert isinstance(order, OrderSnapshot)
    assert (order.state, order.total) == (OrderState.SHIPPED, 9980)
    assert isinstance(parcels, OrderSnapshot)
    assert [(one.carrier, one.tracking, one.state) for one in parcels.parcels or ()] == [
        ("DHL", "D1", TrackingState.DELIVERED)
    ]
    assert isinstance(receipts, OrderSnapshot)
    assert [(one.external_id, one.amount) for one in receipts.refunds or ()] == [(back.id, 990)]
    assert {one.changed_at for one in (order, parcels, receipts)} == {order.changed_at}


def test_an_order_that_otto_does_not_know_is_none(access: OpenAccess) -> None:
    assert CONNECTOR.order is not None
    assert CONNECTOR.order.read(OrderRef(number="ORD-9-A"), access) == NoSuchOrder()


def test_where_parcels_may_not_be_read_the_order_comes_all_the_same(
    world: World, otto: FakeOtto, access: OpenAccess
) -> None:
    world.fill(sales=[a_sale()])
    world.ship("ORD-1-A", carrier="HERMES", tracking="H1")
    otto.allowed -= {"shipments", "receipts"}
    assert CONNECTOR.order is not None

    told = CONNECTOR.order.read(OrderRef(number="ORD-1-A", external_id="ORD-1-A"), access)

    assert not isinstance(told, NoSuchOrder | ReadInPart | Stopped)
    assert len(understood(*told)) == 1


def test_only_parcels_that_moved_name_their_orders(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale(f"ORD-{n}-A", changed_at=AT - timedelta(days=2)) for n in range(1, 31)])
    for number in world.sales:
        world.ship(number, carrier="HERMES", tracking=f"H{number}")
    for sale in world.sales.values():
        sale.parcels[0].shipped_at = sale.changed_at = AT - timedelta(days=2)
    world.scan("ORD-7-A", TrackingState.DELIVERED)

    found = whole("parcels", access, Window(since=AT - timedelta(hours=1), until=AT))

    assert found == [OrderNamed(external_id="ORD-7-A")]


def test_returns_are_told_with_their_orders_until_those_that_are_older_than_the_window(
    world: World, access: OpenAccess
) -> None:
    world.fill(sales=many_sales(25))
    for number in world.sales:
        world.ship(number, carrier="HERMES", tracking=f"H{number}")
        world.ask_for_return(number, reason="")
    for number, sale in world.sales.items():
        if number not in {"ORD-24-A", "ORD-25-A"}:
            sale.returns[0].asked_at = sale.returns[0].changed_at = AT - timedelta(days=9)

    found = whole("returns", access)

    assert len(found) == 10, "the page is read to its end, and no further one"
    told = [one for one in found if isinstance(one, ReturnNotice)]
    assert {one.order_number for one in told} >= {"ORD-24-A", "ORD-25-A"}
    assert {one.state for one in told} == {ReturnState.REQUESTED}


def test_what_was_announced_is_followed_until_it_has_come(world: World, access: OpenAccess) -> None:
    world.fill(sales=many_sales(12))
    for number in world.sales:
        world.ship(number, carrier="HERMES", tracking=f"H{number}")
        world.ask_for_return(number, reason="")
    back = world.sale("ORD-3-A").returns[0]
    back.state, back.changed_at = ReturnState.RECEIVED, AT + timedelta(minutes=5)

    found = [one for one in whole("returns_under_way", access) if isinstance(one, ReturnNotice)]

    assert {one.order_number for one in found} == set(world.sales)
    (come,) = [one for one in found if one.received_at]
    assert (come.order_number, come.received_at) == ("ORD-3-A", AT + timedelta(minutes=5))
    assert (come.carrier, come.state) == ("HERMES", ReturnState.REQUESTED)


def test_all_stock_is_read_by_pages(world: World, access: OpenAccess) -> None:
    world.fill(stock=[a_shelf(f"LW-{n:03}", n) for n in range(450)])

    levels = whole("stock", access)

    assert [one.available for one in levels if isinstance(one, StockNotice)] == list(range(450))


@pytest.mark.parametrize("key", ALL)
def test_nothing_found_is_an_empty_page_and_no_trouble(key: str, access: OpenAccess) -> None:
    assert feed(key).read(access, TODAY, "") == Page(told=())


@pytest.mark.parametrize(("key", "status"), [("orders", 400), ("parcels", 404), ("stock", 410)])
def test_a_place_that_otto_does_not_know_any_more_begins_the_window_again(
    key: str, status: int, answering: Callable[..., OpenAccess]
) -> None:
    gone = HttpResponse(status=status, headers={}, body=b"{}")

    assert feed(key).read(answering(gone), TODAY, "lost") == Stale()


@pytest.mark.parametrize("key", ALL)
@failing
def test_what_goes_wrong_stops_the_feed_and_says_why(
    key: str, outcome: object, *, reconnect: bool, held: bool, answering: Callable[..., OpenAccess]
) -> None:
    assert_stops(feed(key), answering(outcome), reconnect=reconnect, held=held)
