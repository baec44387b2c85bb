"""An account at a fake platform keeps its own books straight."""

from datetime import UTC, datetime

import pytest

from tresen.channels.order_news import ReturnState
from tresen.fakes.sales import Buyer, By, Line, Sale, Talk
from tresen.fakes.world import NotPossible, World

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
IDA = Buyer(key="ida", name="Ida Muster", email="ida@mail.example")


def a_sale(number: str = "1001") -> Sale:
    line = Line(id="1", sku="LW-1", item="4711", title="Lamp", quantity=2, price=4990)
    return Sale(number=number, id=f"id-{number}", buyer=IDA, lines=[line], currency="EUR", ordered_at=AT, changed_at=AT)


@pytest.fixture
def world() -> World:
    world = World(clock=lambda: AT)
    world.fill(sales=[a_sale()], talks=[Talk(id="t1", buyer=IDA, topic="Question", sale="1001")])
    return world


def test_each_change_is_later_than_the_one_before_though_the_clock_stands(world: World) -> None:
    world.ship("1001", carrier="DHL", tracking="003")
    first = world.sale("1001").changed_at
    world.refund("1001", amount=100, reason="late")

    assert AT <= first < world.sale("id-1001").changed_at
    assert [sale.number for sale in world.changed_between(first)] == ["1001"]
    assert world.changed_between(AT, until=first) == []


def test_a_refund_with_a_key_is_made_once_and_never_of_more_than_was_paid(world: World) -> None:
    first, second = (world.refund("1001", amount=9000, reason="broken", key="k1") for _ in range(2))

    assert first is second
    with pytest.raises(NotPossible, match="980"):
        world.refund("1001", amount=981, reason="more")


def test_what_was_shipped_is_not_cancelled_and_what_was_cancelled_not_shipped(world: World) -> None:
    world.buy(a_sale("1002"))
    world.ship("1001", carrier="DHL", tracking="003")
    world.cancel("1002")

    with pytest.raises(NotPossible):
        world.cancel("1001")
    with pytest.raises(NotPossible):
        world.ship("1002", carrier="DHL", tracking="004")
    assert world.sale("1002").refunded == world.sale("1002").total


def test_a_return_is_decided_once(world: World) -> None:
    back = world.ask_for_return("1001", reason="damaged")

    assert world.decide_return(back.id, approve=True).state is ReturnState.AUTHORISED
    with pytest.raises(NotPossible):
        world.decide_return(back.id, approve=False)


def test_what_is_written_is_remembered(world: World) -> None:
    letter = world.write("t1", by=By.SELLER, text="It comes on Monday.", to=(By.BUYER,))

    assert world.talks["t1"].letters == [letter]


def test_who_keeps_a_world_is_told_once_of_what_a_piece_of_work_changed(world: World) -> None:
    kept: list[list[str]] = []
    world.keepers.append(lambda changed: kept.append([type(one).__name__ for one in changed]))
    with world.alone():
        world.refund("1001", amount=100, reason="late")
        world.ship("1001", carrier="DHL", tracking="003")
        world.write("t1", by=By.BUYER, text="Danke!")
    world.now()
    with pytest.raises(NotPossible):
        world.refund("1001", amount=1_000_000, reason="greed")
    assert kept == [["Sale", "Talk"]]


def test_numbers_go_on_behind_those_that_were_given(world: World) -> None:
    world.numbered = 41
    assert world.number("m") == "m42"
    world.numbered = 7
    assert world.numbered == 42
