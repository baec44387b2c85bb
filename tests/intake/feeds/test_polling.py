"""Platforms are asked for what is new, on a real server, and nothing is lost or taken over twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.factories.connected import a_mirakl_store
from tests.factories.sales import AT, a_sale, a_shelf, a_talk, many_sales
from tresen.accounts.actors import SYSTEM
from tresen.channels.http import HttpRequest
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.sales import By
from tresen.fakes.world import World
from tresen.intake.feeds import rows
from tresen.intake.feeds.polling import poll_due
from tresen.intake.feeds.starting import keep_feeds, start_feeds
from tresen.intake.models import StoredPayload, StoreFeed
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order, Return, StockLevel
from tresen.stores.adding import retire_store
from tresen.stores.models import Health, Store, StoreConnection
from tresen.tickets.models import Message, Ticket
from tresen.vault.models import SealedSecret

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
NOW = AT + HOUR


@pytest.fixture
def world() -> World:
    return World(clock=lambda: NOW)


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(world: World, faults: Faults) -> Iterator[Store]:
    with a_mirakl_store(world, faults=faults) as connected:
        yield connected


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """An allowance that is used up is not slept for: the time of these tests is told."""
    monkeypatch.setattr("tresen.stores.asking.SHORT_WAIT", timedelta(0))


def poll(at: datetime = NOW) -> None:
    """A few minutes of a worker."""
    for turn in range(40):
        poll_due(at + timedelta(seconds=5 * turn))
    while parse_kept(at):
        pass


def orders_feed(store: Store, *, backwards: bool = False) -> StoreFeed:
    return StoreFeed.objects.get(store=store, key="orders", backwards=backwards)


def test_the_past_of_a_new_store_is_read_the_newest_first_and_then_only_what_is_new(store: Store, world: World) -> None:
    world.fill(sales=many_sales(60, every=timedelta(days=1), until=AT), stock=[a_shelf()])
    start_feeds(store.pk, past=timedelta(days=90), at=NOW)

    poll()

    assert Order.objects.filter(store=store).count() == 60
    assert StockLevel.objects.get(store=store).available == 7
    assert orders_feed(store, backwards=True).next_at is None
    forward = orders_feed(store)
    assert forward.checked_at is not None
    assert forward.next_at is not None
    assert NOW + timedelta(minutes=5) <= forward.next_at <= NOW + timedelta(minutes=9)


def test_what_changes_is_taken_over_at_the_next_reading(store: Store, world: World) -> None:
    world.fill(sales=[a_sale(changed_at=NOW - timedelta(days=2))])
    start_feeds(store.pk, at=NOW)
    poll()

    world.ship("ORD-1-A", carrier="DHL", tracking="003")
    world.ask_for_return("ORD-1-A", reason="RETURN_BROKEN_ITEM")
    poll(NOW + HOUR)

    order = Order.objects.get(store=store)
    assert (order.state, order.fulfilments.get().tracking) == ("shipped", "003")
    assert Return.objects.get(store=store).order == order


def test_what_is_asked_for_twice_is_kept_once(store: Store, world: World) -> None:
    world.fill(sales=[a_sale()])
    start_feeds(store.pk, at=NOW)
    poll()
    kept = StoredPayload.objects.filter(about="orders").count()

    poll(NOW + timedelta(minutes=6))
    poll(NOW + timedelta(minutes=12))

    # The order left the overlap; pages without anything new differ only by being empty.
    assert StoredPayload.objects.filter(about="orders").count() <= kept + 1
    assert Order.objects.count() == 1


def test_a_question_becomes_a_ticket_and_an_answer_given_there_answers_it(store: Store, world: World) -> None:
    world.fill(sales=[a_sale()], talks=[a_talk(at=NOW - HOUR)])
    start_feeds(store.pk, at=NOW)
    poll()

    ticket = Ticket.objects.get()
    assert (ticket.messages.get().text, ticket.orders.get().number) == ("Wo ist mein Paket?", "ORD-1-A")

    world.write("t-1", by=By.SELLER, text="Es kommt am Montag.", to=(By.BUYER,))
    poll(NOW + HOUR)
    poll(NOW + 2 * HOUR)

    kinds = list(Message.objects.filter(ticket=ticket).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["message", "own_answer"]
    assert Ticket.objects.count() == 1


def test_a_reader_that_dies_in_the_middle_of_a_window_is_followed_by_one_who_goes_on(
    store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.fill(sales=many_sales(350, every=timedelta(seconds=10), until=AT))
    start_feeds(store.pk, at=NOW)
    asked = []
    monkeypatch.setattr("tresen.intake.feeds.polling.MOST_PAGES", 1)
    for turn in range(60):
        poll_due(NOW + timedelta(seconds=5 * turn), most=1)
        feed = orders_feed(store, backwards=True)
        asked.append(feed.place)
    parse_kept(NOW)
    while parse_kept(NOW):
        pass

    assert {"100/350", "200/350", "300/350"} <= set(asked)
    assert Order.objects.count() == 350


def test_whoever_lost_his_hold_changes_nothing(store: Store, world: World) -> None:
    start_feeds(store.pk, at=NOW)
    mine = rows.claim(at=NOW)
    assert mine is not None
    theirs = rows.claim(at=NOW + rows.HOLD + timedelta(seconds=1))
    while theirs is not None and theirs.pk != mine.pk:
        theirs = rows.claim(at=NOW + rows.HOLD + timedelta(seconds=1))
    assert theirs is not None

    with pytest.raises(rows.LostHold):
        rows.let_go(mine, next_at=NOW)
    rows.let_go(theirs, next_at=NOW)


def test_one_who_is_held_is_not_given_to_another(store: Store, world: World) -> None:
    start_feeds(store.pk, at=NOW)
    claimed = set()
    while (feed := rows.claim(at=NOW)) is not None:
        assert feed.pk not in claimed
        claimed.add(feed.pk)

    assert len(claimed) == StoreFeed.objects.filter(store=store).count()


@pytest.mark.parametrize("fault", [Fault.BROKEN, Fault.SILENT, Fault.SILENT_AFTER])
def test_trouble_is_told_and_passes(store: Store, world: World, faults: Faults, fault: Fault) -> None:
    world.fill(sales=[a_sale()])
    start_feeds(store.pk, at=NOW)
    faults.demand([fault] * 10)
    poll_due(NOW)

    feed = orders_feed(store)
    assert feed.failures == 1
    assert feed.trouble
    assert StoreConnection.objects.get(store=store).health == Health.TROUBLED

    faults.demand([])
    faults._demanded.clear()
    poll(NOW + HOUR)
    feed.refresh_from_db()
    assert (feed.failures, feed.trouble) == (0, "")
    assert StoreConnection.objects.get(store=store).health == Health.GOOD
    assert Order.objects.count() == 1


def test_to_be_asked_too_often_is_no_trouble(store: Store, world: World, faults: Faults) -> None:
    start_feeds(store.pk, at=NOW)
    faults.demand([Fault.TOO_MANY])
    poll_due(NOW, most=1)

    held = StoreFeed.objects.filter(store=store, next_at__gt=NOW).get()
    assert (held.failures, held.trouble) == (0, "")


def test_a_key_that_was_withdrawn_asks_for_a_new_one(store: Store, world: World) -> None:
    start_feeds(store.pk, at=NOW)
    StoreConnection.objects.filter(store=store).update(settings={"address": "http://127.0.0.1:9/gone"})
    poll_due(NOW, most=1)
    assert StoreFeed.objects.filter(store=store, failures=1).count() == 1

    SealedSecret.objects.filter(name=f"store:{store.pk}:api_key").delete()
    poll_due(NOW + timedelta(minutes=1), most=1)
    assert StoreFeed.objects.filter(store=store, reconnect=True).count() == 1
    assert StoreConnection.objects.get(store=store).health == Health.RECONNECT


def test_a_connector_that_fails_stops_its_feed_alone(
    store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.fill(stock=[a_shelf()])
    start_feeds(store.pk, at=NOW)

    def broken(*_: object, **__: object) -> HttpRequest:
        raise ZeroDivisionError

    monkeypatch.setattr("tresen.channels.mirakl.reading.moment", broken)
    poll()

    assert "ZeroDivisionError" in orders_feed(store).trouble
    assert StockLevel.objects.count() == 1


def test_a_store_that_is_retired_is_asked_no_more(store: Store, world: World) -> None:
    start_feeds(store.pk, at=NOW)
    retire_store(store.pk, by=SYSTEM, at=NOW)

    assert poll_due(NOW) == 0


def test_a_newer_version_brings_its_feeds_to_connected_stores(store: Store, world: World) -> None:
    keep_feeds(NOW)
    first = set(StoreFeed.objects.values_list("key", "backwards"))
    keep_feeds(NOW + HOUR)

    assert {key for key, _ in first} == {"orders", "messages", "returns", "stock"}
    assert StoreFeed.objects.count() == len(first)
