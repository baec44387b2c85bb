"""What Walmart has is read page by page, a customer's order always whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.feeding import TODAY, assert_stops, failing, feed_of, understood_by, whole_of
from tests.factories.sales import a_sale, a_shelf, many_sales
from tresen.channels.contract import Inbound
from tresen.channels.feeds import Page, Stale, Stopped
from tresen.channels.http import HeldBack, HttpResponse
from tresen.channels.order_door import NoSuchOrder, OrderRef, ReadInPart
from tresen.channels.order_news import OrderSnapshot, OrderState, Payment, ReturnNotice, ReturnState, StockNotice
from tresen.channels.tracking import TrackingState
from tresen.channels.walmart import CONNECTOR
from tresen.fakes.sales import Line
from tresen.fakes.walmart import FakeWalmart
from tresen.fakes.world import World

SHADE = Line(id="l-2", sku="LW-2", item="P-4712", title="Shade Oda", quantity=1, price=1990)
LAMP = Line(id="l-1", sku="LW-1", item="P-4711", title="Lamp Mira", quantity=2, price=4990)


feed = partial(feed_of, CONNECTOR)
whole = partial(whole_of, CONNECTOR)
understood = partial(understood_by, CONNECTOR)


def test_all_orders_of_a_window_come_over_several_pages(world: World, access: OpenAccess) -> None:
    world.fill(sales=many_sales(120))

    found = whole("orders", access)

    assert {one.number for one in found if isinstance(one, OrderSnapshot)} == set(world.sales)
    assert len(found) == len(world.sales)


def test_all_orders_come_though_the_reader_dies_at_each_step(world: World, access: OpenAccess) -> None:
    world.fill(sales=many_sales(120))

    found: list[Inbound] = []
    place = ""
    while True:
        lost, step = (feed("orders").read(access, TODAY, place) for _ in range(2))
        assert isinstance(lost, Page)
        assert isinstance(step, Page)
        assert (lost.told, waiting(lost)) == (step.told, waiting(step))
        found += understood(*step.told)
        place = step.next
        if not place:
            break

    assert {one.number for one in found if isinstance(one, OrderSnapshot)} == set(world.sales)


def waiting(page: Page) -> str:
    """The orders still to be read; where the list goes on says besides at which second it was asked for."""
    return page.next.partition("#")[0]


def test_a_customers_order_of_two_purchase_orders_is_one_though_only_one_of_them_changed(
    world: World, walmart: FakeWalmart, access: OpenAccess
) -> None:
    world.fill(sales=[a_sale("2000010000001", id="1796270000001", lines=[LAMP, SHADE], currency="USD")])
    walmart.split.add("2000010000001")

    (found,) = whole("orders", access)

    assert isinstance(found, OrderSnapshot)
    assert found.number == "2000010000001"
    assert [(one.external_id, one.quantity, one.price) for one in found.lines or ()] == [
        ("17962700000011/1", 2, 4990),
        ("17962700000012/2", 1, 1990),
    ]


def test_an_order_is_told_as_walmart_has_it(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale("2000010000001", id="1796270000001", currency="USD")])
    world.ship("2000010000001", carrier="UPS", tracking="1Z1")
    world.scan("2000010000001", TrackingState.DELIVERED)
    refund = world.refund("2000010000001", amount=990, reason="DamagedItem")
    refund.line = world.sale("2000010000001").lines[0].id

    (found,) = whole("orders", access)

    assert isinstance(found, OrderSnapshot)
    assert (found.state, found.payment, found.total) == (OrderState.DELIVERED, Payment.PART_REFUNDED, 9980)
    assert [(one.carrier, one.tracking, one.state) for one in found.parcels or ()] == [
        ("UPS", "1Z1", TrackingState.DELIVERED)
    ]
    assert [(one.external_id, one.amount, one.reason) for one in found.refunds or ()] == [
        (refund.id, 990, "DamagedItem")
    ]
    assert found.buyer is not None
    assert found.buyer.reply_to.endswith("@relay.walmart.com")
    assert found.ship_to is not None
    assert (found.ship_to.postcode, found.ship_to.country) == ("12345", "US")


@pytest.mark.parametrize(("cancelled", "total"), [(0, 9980), (1, 4990), (2, 9980)])
def test_what_was_cancelled_is_not_paid(world: World, access: OpenAccess, cancelled: int, total: int) -> None:
    line = replace(LAMP, quantity=2, price=4990, cancelled=cancelled)
    world.fill(sales=[a_sale("2000010000001", id="1796270000001", lines=[line], currency="USD")])

    (found,) = whole("orders", access)

    assert isinstance(found, OrderSnapshot)
    assert found.total == total, "of an order that was cancelled, what it cost"


def test_what_was_read_before_a_refusal_is_kept_and_the_rest_asked_for_later(
    answering: Callable[..., OpenAccess],
) -> None:
    held = HeldBack(after=timedelta(seconds=7), reason="too many")
    order = HttpResponse(status=200, headers={}, body=b'{"list": {"elements": {"order": []}}}')

    step = feed("orders").read(answering(order, held), TODAY, "1,2,3#?soIndex=50")

    assert isinstance(step, Page)
    assert (len(step.told), step.next, step.after) == (1, "2,3#?soIndex=50", timedelta(seconds=7))


@pytest.mark.parametrize(
    ("key", "place"), [("orders", "#?soIndex=50"), ("returns", "?limit=200&soIndex=200"), ("stock", "n50")]
)
def test_a_place_that_walmart_does_not_know_any_more_begins_the_window_again(
    key: str, place: str, answering: Callable[..., OpenAccess]
) -> None:
    gone = HttpResponse(status=400, headers={}, body=b"{}")
    unchecked = answering(gone)
    unchecked.way.interfaces = ()

    assert feed(key).read(unchecked, TODAY, place) == Stale()


def test_nothing_found_is_an_empty_page_and_no_trouble(access: OpenAccess) -> None:
    assert feed("orders").read(access, TODAY, "") == Page(told=())


def test_returns_and_stock_are_told(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()], stock=[a_shelf(f"LW-{n:03}", n) for n in range(70)])
    back = world.ask_for_return("ORD-1-A", reason="DAMAGED")

    (told,) = whole("returns", access)
    levels = whole("stock", access)

    assert isinstance(told, ReturnNotice)
    assert (told.external_id, told.order_number, told.state) == (back.id, "ORD-1-A", ReturnState.AUTHORISED)
    assert [one.available for one in levels if isinstance(one, StockNotice)] == list(range(70))


def test_one_order_is_read_with_its_returns(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale(), a_sale("ORD-2-A")])
    world.ask_for_return("ORD-1-A", reason="DAMAGED")
    assert CONNECTOR.order is not None

    told = CONNECTOR.order.read(OrderRef(number="ORD-1-A"), access)

    assert not isinstance(told, NoSuchOrder | ReadInPart | Stopped)
    assert [type(one) for one in understood(*told)] == [OrderSnapshot, ReturnNotice]
    assert CONNECTOR.order.read(OrderRef(number="ORD-9-A"), access) == NoSuchOrder()


@pytest.mark.parametrize("key", ["orders", "returns", "stock"])
@failing
def test_what_goes_wrong_stops_the_feed_and_says_why(
    key: str, outcome: object, *, reconnect: bool, held: bool, answering: Callable[..., OpenAccess]
) -> None:
    assert_stops(feed(key), answering(outcome), reconnect=reconnect, held=held)
