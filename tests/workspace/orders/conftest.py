"""An order at a fake platform, and nobody who has written about it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.factories.connected import an_amazon_store
from tests.factories.sales import AT, a_sale
from tests.factories.shops import an_agent
from tresen.fakes.amazon import FakeAmazon
from tresen.fakes.faults import Faults
from tresen.fakes.world import World
from tresen.intake.feeds.starting import start_feeds
from tresen.orders.models import Order
from tresen.stores.models import Store

NUMBER = "902-1845936-5435065"


@pytest.fixture
def fake() -> FakeAmazon:
    world = World(clock=lambda: AT)
    world.fill(sales=[a_sale(NUMBER)])
    return FakeAmazon(world)


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(db: None, fake: FakeAmazon, faults: Faults) -> Iterator[Store]:
    with an_amazon_store(fake, faults=faults) as connected:
        start_feeds(connected.pk, past=timedelta(days=1), at=AT)
        yield connected


@pytest.fixture
def order(store: Store) -> Order:
    return Order.objects.create(
        store=store,
        brand=store.brand,
        number=NUMBER,
        state="open",
        currency="EUR",
        total=9980,
        ordered_at=AT - timedelta(hours=1),
        changed_at=AT,
    )


@pytest.fixture
def agent(store: Store):
    return an_agent(store.default_team, name="Jana Meier")
