"""What changed at a platform is there again after whatever ended its process."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.local.demo.dice import dice_of
from tresen.fakes.ebay.post_order import Requested
from tresen.fakes.sales import By, Sale
from tresen.fakes.world import World
from tresen.local.demo.platforms.keeping import WorldFile
from tresen.local.demo.platforms.sales import sale_of
from tresen.local.demo.platforms.worlds import CLOSED, OPEN, Told, told_to_platforms
from tresen.local.demo.tale.orders import planned_order
from tresen.local.demo.tale.people import any_buyer
from tresen.local.demo.tale.stores import store_plan
from tresen.local.demo.tale.story import story

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def _a_sale(number: int) -> Sale:
    plan, dice = store_plan("shop"), dice_of(number)
    order = planned_order(dice, plan, any_buyer(dice, plan), at=NOW - timedelta(days=6))
    return sale_of(order, number, plan=plan, now=NOW)


type Opened = Callable[[], WorldFile]


def _world(open_file: Opened, account: str = "shop") -> tuple[World, list[Requested]]:
    """The world as a new process finds it; the old one was not asked to close anything."""
    world = World(clock=lambda: NOW)
    return world, open_file().bring_back(account, world)


def test_a_story_comes_back_as_it_was_told(open_file: Opened) -> None:
    told = told_to_platforms(story(seed=2, now=NOW, tickets=60), now=NOW)
    open_file().begin("then", told)
    assert open_file().told == "then"
    for account, content in told.items():
        world, requests = _world(open_file, account)
        assert {sale.number: sale for sale in content.sales} == world.sales
        assert {talk.id: talk for talk in content.talks} == world.talks
        assert {shelf.sku: shelf for shelf in content.stock} == world.stock
        assert requests == content.requests


def test_what_was_done_there_outlives_the_process(open_file: Opened) -> None:
    sale = _a_sale(1)
    open_file().begin("then", {"shop": Told(sales=[sale])})
    world, _ = _world(open_file)
    paid = world.refund(sale.number, amount=100, reason="late")
    back = world.ask_for_return(sale.number, reason="too_large")

    again, _ = _world(open_file)
    assert again.sale(sale.number) == world.sale(sale.number)
    assert {paid.id, back.id}.isdisjoint({again.number("r"), again.number("ret")})


def test_a_piece_of_work_is_kept_as_it_stands_at_its_end(open_file: Opened) -> None:
    sale = _a_sale(1)
    open_file().begin("then", {"shop": Told(sales=[sale])})
    world, _ = _world(open_file)
    with world.alone():
        paid = world.refund(sale.number, amount=100, reason="late")
        paid.line = sale.lines[0].id
    again, _ = _world(open_file)
    assert again.sale(sale.number).refunds[0].line == sale.lines[0].id


def test_a_new_story_forgets_the_old_one(open_file: Opened) -> None:
    open_file().begin("then", {"shop": Told(sales=[_a_sale(1)])})
    open_file().begin("now", {"shop": Told(sales=[_a_sale(2)])})
    world, _ = _world(open_file)
    assert list(world.sales) == [_a_sale(2).number]


def test_requests_and_letters_are_kept_too(open_file: Opened) -> None:
    told = told_to_platforms(story(seed=2, now=NOW, tickets=60), now=NOW)["ebay_de"]
    request = Requested(id=1, sale=told.sales[0].number, status=OPEN, opened_at=NOW, changed_at=NOW)
    told.requests = [request]
    file = open_file()
    file.begin("then", {"ebay_de": told})
    request.status = CLOSED
    file.keep("ebay_de", [request], numbered=7)
    world, _ = _world(open_file, "ebay_de")
    world.write(told.talks[0].id, by=By.SELLER, text="Gern.")

    again, requests = _world(open_file, "ebay_de")
    assert requests == [request]
    assert again.talks[told.talks[0].id].letters[-1].text == "Gern."
    assert again.numbered == 8


def test_a_token_that_was_given_is_good_for_the_next_process_until_another_story_begins(open_file: Opened) -> None:
    open_file().tokens("amazon_de").add("Atza|1")
    assert open_file().tokens("amazon_de") == {"Atza|1"}
    assert open_file().tokens("amazon_it") == set()
    open_file().begin("now", {})
    assert open_file().tokens("amazon_de") == set()
