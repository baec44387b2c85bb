"""How stores stand with their platforms, told from the rows of their feeds."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.intake.feeds.queries import Standing, standings
from tresen.intake.feeds.starting import read_now, start_feeds
from tresen.intake.models import StoreFeed
from tresen.stores.models import Health, Store, StoreConnection
from tresen.stores.platform_connecting import Entered, connect_store

pytestmark = pytest.mark.django_db

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
ENTERED = Entered(settings={"address": "https://marketplace.example"}, secrets={"api_key": "invented-key"})


def a_connected_store() -> Store:
    store = a_store("mirakl", "conrad")
    connect_store(store.pk, ENTERED, by=SYSTEM, at=MONDAY)
    start_feeds(store.pk, past=30 * DAY, at=MONDAY)
    return store


def standing_of(store: Store, *, at=MONDAY) -> Standing:
    return standings([store], at=at)[store.pk]


def feed_of(store: Store, key: str = "orders", *, at=MONDAY):
    return next(feed for feed in standing_of(store, at=at).feeds if feed.key == key)


def test_only_stores_that_can_be_connected_have_a_standing_and_many_cost_no_more_than_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    stores = [a_connected_store(), a_connected_store(), a_store("mirakl", "conrad"), a_store("email")]

    with django_assert_num_queries(2):
        found = standings(stores, at=MONDAY)

    assert set(found) == {store.pk for store in stores[:3]}
    assert found[stores[2].pk].connected is None
    assert [feed.key for feed in found[stores[0].pk].feeds] == ["orders", "messages", "returns", "stock"]


def test_a_feed_is_behind_after_six_of_its_pauses() -> None:
    store = a_connected_store()
    assert feed_of(store, at=MONDAY + 30 * MINUTE).behind_since is None
    assert feed_of(store, at=MONDAY + 31 * MINUTE).behind_since == MONDAY
    assert feed_of(store, "stock", at=MONDAY + 31 * MINUTE).behind_since is None

    StoreFeed.objects.filter(key="orders", backwards=False).update(checked_at=MONDAY + 29 * MINUTE)
    assert feed_of(store, at=MONDAY + 31 * MINUTE).behind_since is None


def test_the_past_says_how_much_of_it_is_read_and_what_remains() -> None:
    store = a_connected_store()
    StoreFeed.objects.filter(key="orders", backwards=True).update(read_to=MONDAY - 21 * DAY)

    past = feed_of(store).past
    assert past is not None
    assert (past.share, past.remains, past.done) == (pytest.approx(0.7), 9 * DAY, False)
    assert standing_of(store).moves

    StoreFeed.objects.filter(backwards=True).update(next_at=None)
    StoreFeed.objects.filter(backwards=False).update(next_at=MONDAY + MINUTE)
    past = feed_of(store).past
    assert past is not None
    assert (past.share, past.remains, past.done) == (1.0, timedelta(0), True)
    assert not standing_of(store).moves


def test_a_feed_in_trouble_makes_a_connection_that_does_well_a_troubled_one() -> None:
    store = a_connected_store()
    StoreConnection.objects.update(health=Health.GOOD)
    assert standing_of(store).health == Health.GOOD

    StoreFeed.objects.filter(key="returns", backwards=True).update(trouble="403 Forbidden")
    assert standing_of(store).health == Health.TROUBLED
    assert feed_of(store, "returns").trouble == "403 Forbidden"


def test_who_wants_more_of_the_past_gets_it_and_nobody_loses_what_was_wanted_before() -> None:
    store = a_connected_store()
    StoreFeed.objects.filter(backwards=True).update(read_to=MONDAY - 30 * DAY, next_at=None)

    start_feeds(store.pk, past=90 * DAY, at=MONDAY + HOUR)
    past = feed_of(store).past
    assert past is not None
    assert not past.done
    assert past.back_to == MONDAY + HOUR - 90 * DAY

    start_feeds(store.pk, past=30 * DAY, at=MONDAY + HOUR)
    again = feed_of(store).past
    assert again is not None
    assert again.back_to == past.back_to


def test_a_feed_that_was_just_read_waits_for_a_third_of_its_pause_and_one_in_trouble_does_not() -> None:
    store = a_connected_store()
    orders = StoreFeed.objects.filter(key="orders", backwards=False)
    orders.update(checked_at=MONDAY, next_at=MONDAY + 5 * MINUTE)

    assert read_now(store.pk, "orders", at=MONDAY + MINUTE) == MONDAY + timedelta(seconds=100)
    assert orders.get().next_at == MONDAY + timedelta(seconds=100)

    orders.update(trouble="500 oops", next_at=MONDAY + HOUR)
    assert read_now(store.pk, "orders", at=MONDAY + MINUTE) == MONDAY + MINUTE
    assert read_now(store.pk, "nothing", at=MONDAY) is None
