"""What an operator has is read page by page, and read anew where a page was lost."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.feeding import DAY, assert_stops, failing, feed_of, understood_by, whole_of
from tests.factories.sales import AT, a_sale, a_shelf, a_talk, many_sales
from tresen.channels.contract import RawPayload, Source
from tresen.channels.feeds import Page, Stale, Stopped, Window
from tresen.channels.inbound import InboundMessage, OwnAnswer, Role
from tresen.channels.mirakl import CONNECTOR
from tresen.channels.mirakl.parsing import parse
from tresen.channels.order_door import NoSuchOrder, OrderRef, ReadInPart
from tresen.channels.order_news import OrderSnapshot, OrderState, Payment, ReturnNotice, ReturnState, StockNotice
from tresen.channels.tracking import TrackingState
from tresen.fakes.sales import By
from tresen.fakes.world import World

feed = partial(feed_of, CONNECTOR)
whole = partial(whole_of, CONNECTOR)
understood = partial(understood_by, CONNECTOR)


def test_all_orders_of_a_window_come_over_several_pages(world: World, access: OpenAccess) -> None:
    world.fill(sales=many_sales(230))

    found = whole("orders", access)

    assert len(access.way.asked) == 3
    assert {one.number for one in found if isinstance(one, OrderSnapshot)} == set(world.sales)


def test_an_order_is_told_as_the_operator_has_it(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()])
    world.ship("ORD-1-A", carrier="DHL", tracking="00340434161094000000")
    world.scan("ORD-1-A", TrackingState.DELIVERED)
    world.refund("ORD-1-A", amount=990, reason="REFUND_LATE")
    sale = world.sale("ORD-1-A")

    (found,) = whole("orders", access)

    assert isinstance(found, OrderSnapshot)
    assert (found.number, found.state, found.payment) == (sale.number, OrderState.DELIVERED, Payment.PART_REFUNDED)
    assert (found.currency, found.total) == ("EUR", sale.total)
    assert abs(found.changed_at - sale.changed_at) < timedelta(milliseconds=1)
    assert found.buyer is not None
    assert (found.buyer.name, found.buyer.key) == ("Ida Muster", "operator.example/c-1001")
    assert found.ship_to is not None
    assert (found.ship_to.postcode, found.ship_to.city, found.ship_to.country) == ("12345", "Musterstadt", "DE")
    assert [(one.title, one.quantity, one.price, one.sku, one.shipped) for one in found.lines or ()] == [
        ("Lampe Mira", 2, 4990, "LW-1", 2)
    ]
    assert [(one.carrier, one.tracking, one.state) for one in found.parcels or ()] == [
        ("DHL", "00340434161094000000", TrackingState.DELIVERED)
    ]
    assert [(one.amount, one.reason, one.done) for one in found.refunds or ()] == [(990, "REFUND_LATE", True)]


def test_where_an_order_has_left_the_window_meanwhile_it_is_read_from_its_beginning(
    world: World, access: OpenAccess
) -> None:
    world.fill(sales=many_sales(150, until=AT - timedelta(hours=3)))
    window = Window(since=AT - DAY, until=AT - timedelta(hours=2))
    first = feed("orders").read(access, window, "")
    assert isinstance(first, Page)

    world.ask_to_cancel("ORD-5-A")  # it changes now, and those behind it move up by one

    assert feed("orders").read(access, window, first.next) == Stale()


def test_messages_of_buyer_and_operator_are_two_conversations(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()], talks=[a_talk()])
    world.write("t-1", by=By.OPERATOR, text="<p>Please answer&nbsp;soon.</p>")
    world.write("t-1", by=By.SELLER, text="It comes on Monday.", to=(By.BUYER, By.OPERATOR))

    found = whole("messages", access)

    asked, operators, *ours = found
    assert isinstance(asked, InboundMessage)
    assert isinstance(operators, InboundMessage)
    assert (asked.text, asked.role, asked.order_ids) == ("Wo ist mein Paket?", Role.BUYER, ("ORD-1-A",))
    assert (operators.text, operators.role) == ("Please answer soon.", Role.OPERATOR)
    assert [one.thread_keys[0].value for one in (asked, operators)] == ["t-1", "t-1/operator"]
    assert operators.thread_keys[1] == asked.thread_keys[0], "one thread is one ticket"
    assert asked.readers == (Role.BUYER, Role.OPERATOR)
    assert all(isinstance(one, OwnAnswer) for one in ours)
    assert [one.thread_keys[0].value for one in ours if isinstance(one, OwnAnswer)] == ["t-1", "t-1/operator"]
    assert asked.sender.key == "operator.example/c-1001"


def test_returns_and_stock_are_told(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()], stock=[a_shelf()])
    back = world.ask_for_return("ORD-1-A", reason="RETURN_BROKEN_ITEM", comment="Glass broken")

    (told,) = whole("returns", access)
    (level,) = whole("stock", access)

    assert isinstance(told, ReturnNotice)
    assert (told.external_id, told.order_number, told.state) == (back.id, "ORD-1-A", ReturnState.REQUESTED)
    assert told.comment == "Glass broken"
    assert isinstance(level, StockNotice)
    assert (level.sku, level.available) == ("LW-1", 7)


def test_one_order_is_read_with_its_returns_and_what_is_there_of_its_products(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale(), a_sale("ORD-2-A")], stock=[a_shelf()])
    world.ask_for_return("ORD-1-A", reason="RETURN_BROKEN_ITEM")
    assert CONNECTOR.order is not None

    told = CONNECTOR.order.read(OrderRef(number="ORD-1-A"), access)

    assert not isinstance(told, NoSuchOrder | ReadInPart | Stopped)
    assert [type(one) for one in understood(*told)] == [OrderSnapshot, ReturnNotice, StockNotice]
    assert CONNECTOR.order.read(OrderRef(number="ORD-9-A"), access) == NoSuchOrder()


@pytest.mark.parametrize("key", ["orders", "messages", "returns", "stock"])
@failing
def test_what_goes_wrong_stops_the_feed_and_says_why(
    key: str, outcome: object, *, reconnect: bool, held: bool, answering: Callable[..., OpenAccess]
) -> None:
    assert_stops(feed(key), answering(outcome), reconnect=reconnect, held=held)


def test_an_entry_that_is_unlike_the_others_takes_none_with_it() -> None:
    body = b'{"orders": [{"order_id": "X-1", "order_state": 5}], "total_count": 1}'
    payload = RawPayload(
        number=1, source=Source.API, body=body, received_at=AT, recorded_at=AT, about="orders", headers={}
    )

    (unread,) = parse(payload)

    assert getattr(unread, "subject", "") == "X-1"
