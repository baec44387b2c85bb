"""The way to its platform that a store is opened with: whom it is counted with, and how far a shop's points go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from tests.channels.shopify.shop import TOKEN, a_sale
from tests.factories.connected import a_shopify_store, an_amazon_store, an_ebay_store
from tests.factories.shops import MONDAY, a_store
from tests.servers import platform as platforms
from tests.servers.platform import Answer, Platform
from tresen.accounts.actors import SYSTEM
from tresen.channels.amazon.interface.order_reading import SEARCH
from tresen.channels.amazon.interface.places import asked
from tresen.channels.ebay.interface import asking as ebay
from tresen.channels.feeds import Page, Window
from tresen.channels.http import HeldBack, HttpRequest, HttpResponse
from tresen.channels.shopify.admin import asking as shopify
from tresen.channels.shopify.admin import reading_orders
from tresen.channels.shopify.admin.order_questions import CHANGED, PAGE
from tresen.fakes.amazon import FakeAmazon
from tresen.fakes.ebay.platform import Ebay
from tresen.fakes.faults import Bucket
from tresen.fakes.shopify.platform import FakeShopify
from tresen.fakes.world import World
from tresen.stores import asking
from tresen.stores.access import access_to
from tresen.stores.allowances import left_of
from tresen.stores.models import Store, StoreConnection
from tresen.stores.platform_connecting import Entered, connect_store

pytestmark = pytest.mark.django_db

MANY = 1000


@dataclass
class Watch:
    """A time that passes only while somebody waits."""

    at: datetime = MONDAY

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return (self.at - MONDAY).total_seconds()

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(asking, "sleep", watch.wait)
    monkeypatch.setattr(asking, "SHORT_WAIT", timedelta(days=1))
    return watch


@pytest.fixture
def platform() -> Iterator[Platform]:
    with platforms.running() as running:
        yield running


def a_twin(store: Store, marketplace: str) -> Store:
    """Another store, let in with the same keys."""
    twin = a_store(store.channel, marketplace)
    settings = StoreConnection.objects.get(store=store).settings
    secrets = {"client_secret": "x", "refresh_token": "x", "cert_id": "x", "access_token": "x"}
    connect_store(twin.pk, Entered(settings=settings, secrets=secrets), by=SYSTEM, at=MONDAY)
    return twin


def take(store: Store, request: HttpRequest) -> HttpResponse | HeldBack:
    with asking.new_client() as client:
        outcome = asking.StoreHttp(store=store.pk, clock=lambda: MONDAY, client=client).send(request)
    assert isinstance(outcome, HttpResponse | HeldBack)
    return outcome


def test_amazons_marketplaces_of_one_seller_share_and_one_refusal_holds_for_all(platform: Platform) -> None:
    with an_amazon_store(FakeAmazon(World(clock=lambda: MONDAY))) as german:
        french = a_twin(german, "amazon.fr")
        StoreConnection.objects.update(settings={"client_id": "amzn1.app", "address": platform.address})
        search = [asked(access_to(one, clock=lambda: MONDAY), "/orders", SEARCH) for one in (german, french)]

        for _ in range(10):
            assert isinstance(take(german, search[0]), HttpResponse)
            assert isinstance(take(french, search[1]), HttpResponse)
        held = take(french, search[1])

        assert isinstance(held, HeldBack)
        assert len(platform.asked) == 20
        assert left_of(german.pk, at=MONDAY)[-1].others == {french.pk}

        StoreConnection.objects.filter(store=french).update(
            settings={"client_id": "another", "address": platform.address}
        )
        apart = asked(access_to(french, clock=lambda: MONDAY), "/orders", SEARCH)
        platform.answers = [Answer(status=429, headers={"Retry-After": "7"})]
        assert isinstance(take(french, apart), HeldBack)
        assert isinstance(take(german, apart), HeldBack)
        assert len(platform.asked) == 21


def test_stores_of_one_ebay_keyset_share() -> None:
    with an_ebay_store(Ebay(World(clock=lambda: MONDAY))) as german:
        british = a_twin(german, "ebay.co.uk")
        one, other = (
            ebay.get(access_to(store, clock=lambda: MONDAY), f"{ebay.ORDERS}/order").allowance
            for store in (german, british)
        )

    assert one == other
    assert one.counted_by


def test_a_thousand_orders_of_a_shop_take_what_they_cost_and_no_more(watch: Watch) -> None:
    world = World(clock=lambda: MONDAY)
    world.fill(sales=[a_sale(n, at=MONDAY - timedelta(minutes=n)) for n in range(1, MANY + 1)])
    fake = FakeShopify(world=world, token=TOKEN, bucket=Bucket(per_second=100, burst=1000, clock=watch.seconds))
    with a_shopify_store(fake) as store:
        access = access_to(store, clock=watch.now)
        window, place, orders = Window(since=MONDAY - timedelta(days=5), until=MONDAY), "", 0
        while True:
            step = reading_orders.FEED.read(access, window, place)
            assert isinstance(step, Page), "the fake's own bucket never refuses"
            orders += sum(told.body.count(b'"legacyResourceId": "82') for told in step.told)
            place = step.next
            if not place:
                break

    reckoned_before = (MANY / PAGE * CHANGED.cost - shopify.ALLOWANCE.burst) / shopify.ALLOWANCE.per_second
    assert orders >= MANY
    assert watch.seconds() < reckoned_before / 4, "seconds of allowance, by what is reckoned before a query runs"


def test_a_shop_that_others_ask_too_is_left_in_peace(watch: Watch) -> None:
    world = World(clock=lambda: MONDAY)
    world.fill(sales=[a_sale()])
    fake = FakeShopify(world=world, token=TOKEN, bucket=Bucket(per_second=100, burst=1000, clock=watch.seconds))
    with a_shopify_store(fake) as store:
        access = access_to(store, clock=watch.now)
        window = Window(since=MONDAY - timedelta(days=5), until=MONDAY)
        fake.bucket.take(500)  # another program of the same app
        assert isinstance(reading_orders.FEED.read(access, window, ""), Page)

        (left,) = left_of(store.pk, at=watch.now())
        assert left.left == int(fake.bucket.left)
        assert isinstance(reading_orders.FEED.read(access, window, ""), Page)
