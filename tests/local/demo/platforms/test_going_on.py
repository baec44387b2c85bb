"""Life goes on at the platforms, and leaves their books straight."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.local.demo.dice import dice_of
from tresen.channels.order_news import ReturnState
from tresen.channels.tracking import TrackingState
from tresen.fakes.sales import By
from tresen.fakes.tiktok_shop import FakeTikTokShop
from tresen.local.demo.platforms import going_on
from tresen.local.demo.platforms.accounts import Stalls, stalls_of
from tresen.local.demo.platforms.keeping import WorldFile
from tresen.local.demo.platforms.sales import shelves
from tresen.local.demo.platforms.worlds import Told, told_to_platforms
from tresen.local.demo.tale.story import story

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture
def stalls(open_file: Callable[[], WorldFile]) -> Stalls:
    file = open_file()
    file.begin("then", told_to_platforms(story(seed=4, now=NOW, tickets=300), now=NOW))
    return stalls_of(file, clock=lambda: NOW + timedelta(minutes=1))


def test_the_shop_at_tiktok_is_known_there_in_its_own_country(open_file: Callable[[], WorldFile]) -> None:
    file = open_file()
    file.begin("then", {"tiktok": Told(stock=shelves(now=NOW))})
    fake = stalls_of(file, clock=lambda: NOW).by_key["tiktok"].entry.fake

    assert isinstance(fake, FakeTikTokShop)
    assert fake.region == "DE"


@pytest.mark.parametrize("key", ["amazon_de", "ebay_de", "market", "shop"])
def test_what_is_bought_is_shipped_and_arrives(stalls: Stalls, key: str) -> None:
    dice, stall = dice_of(1), stalls.by_key[key]
    numbers = [going_on.new_order(dice, stall, NOW) for _ in range(3)]
    bought = [stall.world.sale(number) for number in numbers]
    assert all(sale.ordered_at == NOW < sale.changed_at and not sale.parcels for sale in bought)

    later = NOW + timedelta(days=1)
    while going_on.ship(dice, stall, later):
        pass
    ours = [sale for sale in bought if not sale.by_platform]
    assert all(sale.parcels[0].tracking for sale in ours)
    while going_on.arrive(dice, stall, NOW + timedelta(days=2)):
        pass
    assert {sale.parcels[0].state for sale in ours} <= {TrackingState.DELIVERED}


def test_buyers_ask_reply_and_are_answered_there(stalls: Stalls) -> None:
    dice, stall = dice_of(2), stalls.by_key["market"]
    before = set(stall.world.talks)
    while not going_on.new_question(dice, stall, NOW):
        pass
    (fresh,) = set(stall.world.talks) - before
    talk = stall.world.talks[fresh]
    assert not talk.sale or stall.world.sale(talk.sale)
    for other in before:
        del stall.world.talks[other]

    assert going_on.answer_there(dice, stall, NOW) == "", "somebody may just be looking at it"
    assert going_on.answer_there(dice, stall, NOW + timedelta(hours=1)) == fresh
    assert going_on.reply(dice, stall, NOW + timedelta(hours=1)) == fresh
    assert [letter.by for letter in talk.letters] == [By.BUYER, By.SELLER, By.BUYER]
    assert going_on.reply(dice, stall, NOW + timedelta(hours=1)) == ""


def test_buyers_wish_to_cancel_and_to_send_back(stalls: Stalls) -> None:
    dice, stall = dice_of(3), stalls.by_key["shop"]
    number = going_on.new_order(dice, stall, NOW)
    assert number in {going_on.wish_to_cancel(dice, stall, NOW) for _ in range(20)}
    assert stall.world.sale(number).cancel_asked_at
    returned = going_on.wish_to_return(dice, stall, NOW)
    assert stall.world.sale(returned).returns[-1].state is ReturnState.REQUESTED


def test_something_happens_and_is_still_so_for_the_next_process(
    stalls: Stalls, open_file: Callable[[], WorldFile]
) -> None:
    dice = dice_of(7)
    happened = [going_on.something(dice, stalls.by_key, at=NOW) for _ in range(60)]
    assert sum(map(bool, happened)) > 30
    again = stalls_of(open_file(), clock=lambda: NOW)
    for key, stall in stalls.by_key.items():
        assert again.by_key[key].world.sales == stall.world.sales
        assert again.by_key[key].world.talks == stall.world.talks
