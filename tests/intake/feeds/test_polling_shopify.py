"""Shopify's Admin API, served over HTTP, read by the feeds: orders, returns, stock and chargebacks."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.channels.shopify.shop import TOKEN, a_sale
from tests.factories.connected import a_shopify_store
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.sales import Shelved
from tresen.fakes.shopify.disputes import Dispute
from tresen.fakes.shopify.platform import FakeShopify
from tresen.fakes.world import World
from tresen.intake.feeds.polling import poll_due
from tresen.intake.feeds.starting import start_feeds
from tresen.intake.models import StoreFeed
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order, OrderLine, Return, StockLevel
from tresen.stores.models import Store
from tresen.tickets.models import Ticket
from tresen.timekeeping import wall

pytestmark = pytest.mark.django_db

NUMBERS = [f"#{number}" for number in range(1001, 1013)]
PAST = timedelta(days=2)


@pytest.fixture
def fake() -> FakeShopify:
    world = World(clock=lambda: wall.now() - timedelta(hours=1))
    yesterday = wall.now() - timedelta(days=1)
    world.fill(
        sales=[
            a_sale(1001 + index, lines=9 if index == 3 else 1, at=yesterday + timedelta(minutes=index))
            for index in range(12)
        ]
    )
    return FakeShopify(world=world, token=TOKEN)


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(fake: FakeShopify, faults: Faults) -> Iterator[Store]:
    with a_shopify_store(fake, faults=faults) as connected:
        yield connected


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """An allowance that is used up is not slept for: the time of these tests is told."""
    monkeypatch.setattr("tresen.stores.asking.SHORT_WAIT", timedelta(0))


def poll(at: datetime, *, turns: int = 20) -> None:
    """Some minutes of a worker."""
    for turn in range(turns):
        poll_due(at + timedelta(seconds=20 * turn))
    while parse_kept(at):
        pass


def test_all_that_a_shop_tells_is_taken_over(store: Store, fake: FakeShopify) -> None:
    fake.world.ship("#1002", carrier="DHL", tracking="0034")
    fake.world.ask_for_return("#1002", reason="Too big")
    shelf = Shelved(sku="LW-1", item="471", title="Lamp", available=7, changed_at=wall.now() - timedelta(days=1))
    fake.world.fill(stock=[shelf])
    opened = wall.now() - timedelta(hours=3)
    fake.shop.disputes["d1"] = Dispute(
        id="d1", sale="821003", amount=9980, currency="EUR", initiated_at=opened, due=opened + timedelta(days=7)
    )
    at = wall.now()
    start_feeds(store.pk, past=PAST, at=at)

    poll(at)

    assert sorted(Order.objects.filter(store=store).values_list("number", flat=True)) == NUMBERS
    assert OrderLine.objects.filter(order__number="#1004").count() == 9
    assert Return.objects.get().order == Order.objects.get(number="#1002")
    assert StockLevel.objects.get(store=store).available == 7
    assert Ticket.objects.get().orders.get().number == "#1003"
    assert list(StoreFeed.objects.exclude(trouble="").values_list("key", "trouble")) == []


def test_what_goes_wrong_on_the_way_loses_nothing(store: Store, faults: Faults) -> None:
    faults.demand([Fault.NONE, Fault.BROKEN, Fault.TOO_MANY, Fault.SILENT_AFTER, Fault.BROKEN_AFTER] * 3)
    at = wall.now()
    start_feeds(store.pk, past=PAST, at=at)

    poll(at, turns=90)

    assert sorted(Order.objects.filter(store=store).values_list("number", flat=True)) == NUMBERS
    assert OrderLine.objects.filter(order__number="#1004").count() == 9
