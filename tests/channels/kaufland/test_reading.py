"""What a seller has at Kaufland is read page by page, and one by one where a list says too little."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.feeding import DAY, TODAY, assert_stops, failing
from tests.channels.kaufland.feeding import feed, understood, whole
from tests.factories.sales import AT, IDA, a_sale, a_shelf, many_sales
from tresen.channels.feeds import Page, Stale, Stopped, Window
from tresen.channels.http import HttpResponse
from tresen.channels.kaufland import CONNECTOR
from tresen.channels.order_door import NoSuchOrder, OrderRef, ReadInPart
from tresen.channels.order_news import (
    FulfilledBy,
    OrderSnapshot,
    OrderState,
    ReturnNotice,
    ReturnState,
    StockNotice,
)
from tresen.channels.tracking import TrackingState
from tresen.fakes.kaufland import FakeKaufland
from tresen.fakes.sales import Line
from tresen.fakes.world import World


def test_all_orders_of_a_window_come_over_several_pages(world: World, access: OpenAccess) -> None:
    world.fill(sales=many_sales(70))

    found = whole("orders", access)

    assert {one.number for one in found if isinstance(one, OrderSnapshot)} == set(world.sales)


def test_an_order_is_told_piece_by_piece(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()])
    sale = world.sale("ORD-1-A")

    (found,) = whole("orders", access)

    assert isinstance(found, OrderSnapshot)
    assert (found.number, found.state, found.fulfilled_by) == ("ORD-1-A", OrderState.OPEN, FulfilledBy.US)
    assert (found.currency, found.total) == ("EUR", sale.total)
    assert (found.changed_at, found.ordered_at, found.ship_by) == (AT, sale.ordered_at, sale.ship_by)
    assert found.buyer is not None
    assert (found.buyer.name, found.buyer.reply_to) == ("Ida Muster", "")
    assert found.ship_to is not None
    assert (found.ship_to.postcode, found.ship_to.city, found.ship_to.country) == ("12345", "Musterstadt", "DE")
    assert [(one.title, one.quantity, one.price, one.sku, one.shipped) for one in found.lines or ()] == [
        ("Lampe Mira", 1, 4990, "LW-1", 0)
    ] * 2
    assert len({one.external_id for one in found.lines or ()}) == 2


def test_an_order_is_as_far_as_its_pieces_are(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()])
    states = []

    def look() -> None:
        (found,) = whole("orders", access)
        assert isinstance(found, OrderSnapshot)
        states.append(found.state)

    world.ship("ORD-1-A", carrier="DHL", tracking="1", pieces={"ORD-1-A-1": 1})
    look()
    world.ship("ORD-1-A", carrier="DHL", tracking="2")
    look()
    world.scan("ORD-1-A", TrackingState.DELIVERED)
    look()

    assert states == [OrderState.PART_SHIPPED, OrderState.SHIPPED, OrderState.DELIVERED]


def test_what_kaufland_sends_is_asked_for_too_and_told_so(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale(), a_sale("ORD-2-A", by_platform=True)])

    found = [one for one in whole("orders", access) if isinstance(one, OrderSnapshot)]

    assert {one.number: one.fulfilled_by for one in found} == {
        "ORD-1-A": FulfilledBy.US,
        "ORD-2-A": FulfilledBy.PLATFORM,
    }


def test_that_kaufland_sends_nothing_any_more_ends_the_window(answering: Callable[..., OpenAccess]) -> None:
    refused = HttpResponse(status=400, headers={}, body=b'{"message": "unknown", "errors": []}')

    assert feed("orders").read(answering(refused), TODAY, '{"sent_by":"fulfilled_by_kaufland"}') == Page(told=())
    assert isinstance(feed("orders").read(answering(refused), TODAY, ""), Stopped)


def test_an_order_that_changes_while_pages_are_read_hides_no_other(world: World, access: OpenAccess) -> None:
    world.fill(sales=many_sales(40))
    first = feed("orders").read(access, TODAY, "")
    assert isinstance(first, Page)
    world.ask_to_cancel("ORD-1-A")  # the last of all now stands in front, and all others move back by one

    found, place = [], first.next
    while place:
        step = feed("orders").read(access, TODAY, place)
        assert isinstance(step, Page)
        found += understood(*step.told)
        place = step.next

    numbers = {one.number for one in [*understood(*first.told), *found] if isinstance(one, OrderSnapshot)}
    assert set(world.sales) - numbers == {"ORD-1-A"}, "it changed after the window, so the next one tells of it"


def test_where_fewer_are_listed_than_before_the_list_is_read_from_its_beginning(
    world: World, access: OpenAccess
) -> None:
    world.fill(stock=[a_shelf(f"LW-{number:03}") for number in range(120)])
    first = feed("stock").read(access, TODAY, "")
    assert isinstance(first, Page)
    del world.stock["LW-000"]

    assert feed("stock").read(access, TODAY, first.next) == Stale()
    assert feed("stock").read(access, TODAY, "nonsense") == Stale()


def test_a_piece_that_comes_back_is_told_with_its_order_and_its_parcel(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()])
    world.ask_for_return("ORD-1-A", reason="defect", comment="Glass broken")

    (told,) = whole("returns", access)

    assert isinstance(told, ReturnNotice)
    assert (told.order_number, told.state, told.reason) == ("ORD-1-A", ReturnState.REQUESTED, "defect")
    assert (told.comment, told.carrier, told.tracking) == ("Glass broken", "DHL", "MADEUP123")
    assert [(one.title, one.quantity, one.sku) for one in told.items] == [("Lampe Mira", 1, "LW-1")]


def test_stock_is_told(world: World, access: OpenAccess) -> None:
    world.fill(stock=[a_shelf(f"LW-{number:03}", available=number) for number in range(120)])

    found = [one for one in whole("stock", access) if isinstance(one, StockNotice)]

    assert [(one.sku, one.available) for one in found] == [(f"LW-{number:03}", number) for number in range(120)]
    assert found[0].title == "Lampe Mira"


def test_one_order_is_read_with_its_returns_and_what_is_there_of_its_products(world: World, access: OpenAccess) -> None:
    lines = [
        Line(id="1", sku="LW-1", item="P-1", title="Lampe", quantity=1, price=1000),
        Line(id="2", sku="LW-2", item="P-2", title="Schirm", quantity=1, price=2000),
    ]
    world.fill(sales=[a_sale(lines=lines), a_sale("ORD-2-A")], stock=[a_shelf(), a_shelf("LW-2"), a_shelf("LW-3")])
    world.ask_for_return("ORD-1-A", reason="defect")
    assert CONNECTOR.order is not None

    told = CONNECTOR.order.read(OrderRef(number="ORD-1-A"), access)

    assert not isinstance(told, NoSuchOrder | ReadInPart | Stopped)
    assert [type(one) for one in understood(*told)] == [OrderSnapshot, ReturnNotice, StockNotice, StockNotice]
    assert CONNECTOR.order.read(OrderRef(number="ORD-9-A"), access) == NoSuchOrder()


def test_only_the_stores_own_site_is_asked_for(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale(buyer=IDA)])

    for key in ("messages", "orders", "returns", "stock"):
        access.way.asked.clear()
        feed(key).read(access, Window(since=AT - DAY, until=AT), "")
        assert "storefront=de" in access.way.asked[0].address


@pytest.mark.parametrize("key", ["orders", "messages", "returns", "stock"])
@failing
def test_what_goes_wrong_stops_the_feed_and_says_why(
    key: str, outcome: object, *, reconnect: bool, held: bool, answering: Callable[..., OpenAccess]
) -> None:
    assert_stops(feed(key), answering(outcome), reconnect=reconnect, held=held)


def test_what_is_gone_between_list_and_reading_is_left_out(
    fake: FakeKaufland, world: World, access: OpenAccess, answering: Callable[..., OpenAccess]
) -> None:
    world.fill(sales=[a_sale()])
    listed = access.http.send(_list_request(access))
    gone = HttpResponse(status=404, headers={}, body=b"{}")

    step = feed("orders").read(answering(listed, gone), TODAY, "")

    assert isinstance(step, Page)
    assert step.told == []
    assert fake.bucket.refused == 0


def test_where_one_entry_cannot_be_read_those_before_it_are_told_and_what_is_left_is_read_first(
    world: World, access: OpenAccess, answering: Callable[..., OpenAccess]
) -> None:
    world.fill(sales=many_sales(70))
    feed("orders").read(access, TODAY, "")
    broken = HttpResponse(status=500, headers={}, body=b"{}")
    page, *orders = access.way.asked
    listed, last, last_but_one = (access.http.send(one) for one in (page, orders[-1], orders[-2]))

    step = feed("orders").read(answering(in_no_order(listed), last, last_but_one, broken), TODAY, "")
    found = []
    while isinstance(step, Page):
        found += understood(*step.told)
        if not step.next:
            break
        step = feed("orders").read(access, TODAY, step.next)

    assert {one.number for one in found if isinstance(one, OrderSnapshot)} == set(world.sales)


def in_no_order(listed: HttpResponse) -> HttpResponse:
    """The page with its last entry first, and told twice."""
    told = json.loads(listed.body)
    told["data"] = [told["data"][-1], *reversed(told["data"])]
    return replace(listed, body=json.dumps(told).encode())


def _list_request(access: OpenAccess) -> object:
    feed("orders").read(access, TODAY, "")
    return next(one for one in access.way.asked if "/order-units" in one.address)
