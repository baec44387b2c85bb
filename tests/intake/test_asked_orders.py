"""An order that somebody wants to see is read anew, once however many want it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories.connected import a_mirakl_store, a_woocommerce_store
from tests.factories.messages import understood
from tests.factories.sales import AT, a_sale
from tests.factories.shops import MONDAY, a_store
from tresen.channels.order_news import OrderNamed
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.woocommerce.platform import FakeWooCommerce
from tresen.fakes.world import World
from tresen.intake.asked_orders import ask_for, ask_for_named, read_asked
from tresen.intake.filing import file
from tresen.intake.models import AskedOrder
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order, OrderLine
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db

NUMBER = "ORD-1-A"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> World:
    world = World(clock=lambda: AT)
    world.fill(sales=[a_sale(NUMBER)])
    return world


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(world: World, faults: Faults) -> Iterator[Store]:
    with a_mirakl_store(world, faults=faults) as connected:
        yield connected


def test_an_order_nobody_knew_stands_in_the_mirror_afterwards(store: Store) -> None:
    assert ask_for([(store.pk, NUMBER), (store.pk, NUMBER)], at=AT) == 1
    assert read_asked(AT) == 1
    parse_kept(AT)

    order = Order.objects.get()
    assert (order.number, order.total) == (NUMBER, 9980)
    assert read_asked(AT) == 0


def test_what_was_told_a_moment_ago_is_not_asked_for_again(store: Store) -> None:
    ask_for([(store.pk, NUMBER)], at=AT)
    read_asked(AT)
    parse_kept(AT)

    assert ask_for([(store.pk, NUMBER)], at=AT + MINUTE / 2) == 0
    assert ask_for([(store.pk, NUMBER)], at=AT + 2 * MINUTE) == 1


def test_an_order_that_is_as_it_was_is_known_to_be_so(store: Store) -> None:
    for at in (AT, AT + 5 * MINUTE):
        ask_for([(store.pk, NUMBER)], at=at)
        read_asked(at)
        parse_kept(at)

    assert Order.objects.get().told_at >= AT + 5 * MINUTE


def test_a_number_the_platform_does_not_know_is_told_so(store: Store) -> None:
    ask_for([(store.pk, "ORD-9-A")], at=AT)
    read_asked(AT)

    asked = AskedOrder.objects.get()
    assert (asked.unknown, asked.next_at) == (True, None)


def test_trouble_is_tried_again_and_told(store: Store, faults: Faults) -> None:
    ask_for([(store.pk, NUMBER)], at=AT)
    faults.demand([Fault.BROKEN])

    assert read_asked(AT) == 0
    asked = AskedOrder.objects.get()
    assert asked.failures == 1
    assert "500" in asked.trouble
    assert read_asked(AT + 5 * MINUTE) == 1


def test_of_an_order_read_in_part_that_much_is_kept_and_the_rest_is_read_later(world: World, faults: Faults) -> None:
    number = "#1001"
    world.fill(sales=[replace(a_sale(number), id="1001")])
    world.refund(number, amount=990, reason="")
    with a_woocommerce_store(FakeWooCommerce(world=world, key="ck", secret="cs"), faults=faults) as shop:
        ask_for([(shop.pk, number)], at=AT)
        faults.demand([Fault.NONE, Fault.BROKEN])  # the order, and not its refunds
        read_asked(AT)
        parse_kept(AT)
        assert not Order.objects.get(number=number).refunds.exists()
        assert AskedOrder.objects.get().trouble

        read_asked(AT + 2 * MINUTE)
        parse_kept(AT + 2 * MINUTE)

    assert [one.amount for one in Order.objects.get(number=number).refunds.all()] == [990]
    assert (AskedOrder.objects.get().next_at, AskedOrder.objects.get().trouble) == (None, "")


def test_a_store_that_can_not_ask_asks_nobody(world: World) -> None:
    assert ask_for([(a_store("email", "").pk, NUMBER)], at=AT) == 0
    assert ask_for([], at=AT) == 0


def test_an_order_that_a_platform_names_many_times_is_read_once(store: Store) -> None:
    named = [(store.pk, OrderNamed(number=NUMBER), AT + MINUTE * n / 60) for n in range(5)]

    assert ask_for_named(named, at=AT + MINUTE) == 1
    ask_for_named(named, at=AT + MINUTE)
    assert read_asked(AT + MINUTE) == 1
    assert read_asked(AT + 2 * MINUTE) == 0
    parse_kept(AT + MINUTE)

    assert Order.objects.get().number == NUMBER
    assert ask_for_named(named, at=AT + 3 * MINUTE) == 0, "old payloads that are read again name nothing new"
    assert ask_for_named([(store.pk, OrderNamed(number=NUMBER), AT + 3 * MINUTE)], at=AT + 3 * MINUTE) == 1


def test_one_that_was_told_of_a_moment_ago_is_read_all_the_same_when_it_is_named_anew(store: Store) -> None:
    ask_for([(store.pk, NUMBER)], at=AT)
    read_asked(AT)
    parse_kept(AT)

    soon = AT + MINUTE / 10
    assert ask_for_named([(store.pk, OrderNamed(number=NUMBER), soon)], at=soon) == 1


def test_an_order_named_by_the_platforms_id_is_found_where_it_is_known(store: Store) -> None:
    by_id = OrderNamed(external_id="platform-7")
    assert ask_for_named([(store.pk, by_id, AT)], at=AT) == 0, "the next reading of orders brings it"

    ask_for([(store.pk, NUMBER)], at=AT)
    read_asked(AT)
    parse_kept(AT)
    Order.objects.update(external_id="platform-7")

    assert ask_for_named([(store.pk, by_id, AT + MINUTE)], at=AT + MINUTE) == 1
    assert AskedOrder.objects.get().number == NUMBER


def test_an_order_named_by_one_of_its_lines_is_found_where_it_is_known(store: Store) -> None:
    by_line = OrderNamed(line_id="line-7")
    assert ask_for_named([(store.pk, by_line, AT)], at=AT) == 0

    ask_for([(store.pk, NUMBER)], at=AT)
    read_asked(AT)
    parse_kept(AT)
    OrderLine.objects.update(external_id="line-7")

    assert ask_for_named([(store.pk, by_line, AT + MINUTE), (store.pk, OrderNamed(), AT)], at=AT + MINUTE) == 1
    assert AskedOrder.objects.get().number == NUMBER


def test_what_was_named_long_ago_or_at_a_store_that_cannot_ask_is_left(store: Store) -> None:
    old = AT - 60 * 25 * MINUTE
    assert ask_for_named([(store.pk, OrderNamed(number=NUMBER), old)], at=AT) == 0
    assert ask_for_named([(a_store("email").pk, OrderNamed(number=NUMBER), AT)], at=AT) == 0
    assert ask_for_named([], at=AT) == 0


def test_what_names_an_order_comes_in_by_the_door_of_all_else(store: Store) -> None:
    file([understood(store, OrderNamed(number=NUMBER))], at=MONDAY)

    assert AskedOrder.objects.get().number == NUMBER
