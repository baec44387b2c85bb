"""Amazon's interface, served over HTTP, read by the feeds: orders, returns, feedback, stock and the queue."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.channels.amazon.interface.stores import account, ago, sale
from tests.factories.connected import an_amazon_store
from tresen.fakes.amazon import FakeAmazon
from tresen.fakes.amazon.reports import Rated
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.sales import Shelved
from tresen.intake.feeds.polling import poll_due
from tresen.intake.feeds.starting import start_feeds
from tresen.intake.models import StoreFeed
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order, Return, StockLevel
from tresen.stores.models import Store
from tresen.tickets.models import Ticket
from tresen.timekeeping import wall

pytestmark = pytest.mark.django_db

NUMBERS = [f"303-1000001-20000{number:02}" for number in range(1, 6)]
QUICKLY = dict.fromkeys(
    ("searchOrders", "createReport", "getReport", "getReportDocument", "getInventorySummaries"), (1000.0, 1000.0)
)


@pytest.fixture
def fake() -> FakeAmazon:
    return account(*(sale(number) for number in NUMBERS), rates=QUICKLY, a_page=2)


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(fake: FakeAmazon, faults: Faults) -> Iterator[Store]:
    with an_amazon_store(fake, faults=faults) as connected:
        yield connected


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """An allowance that is used up is not slept for: the time of these tests is told."""
    monkeypatch.setattr("tresen.stores.asking.SHORT_WAIT", timedelta(0))


def poll(at: datetime, *, turns: int = 12) -> None:
    """Four minutes of a worker: so far its time may run ahead of the platform's."""
    for turn in range(turns):
        poll_due(at + timedelta(seconds=20 * turn))
    while parse_kept(at):
        pass


def test_all_that_amazon_tells_is_taken_over(store: Store, fake: FakeAmazon) -> None:
    fake.world.ask_for_return(NUMBERS[0], reason="Too big").asked_at = ago(hours=2)
    fake.world.sale(NUMBERS[0]).changed_at = ago(hours=2)
    fake.world.fill(stock=[Shelved(sku="LW-1", item="B1", title="Lamp", available=7, changed_at=ago(days=1))])
    fake.reports.rated.append(Rated(order=NUMBERS[1], rating=1, words="Never came", at=ago(hours=20)))
    at = wall.now()
    start_feeds(store.pk, past=timedelta(days=2), at=at)

    poll(at)

    assert sorted(Order.objects.filter(store=store).values_list("number", flat=True)) == NUMBERS
    assert Return.objects.get().order == Order.objects.get(number=NUMBERS[0])
    assert StockLevel.objects.get(store=store).available == 7
    assert Ticket.objects.get().orders.get().number == NUMBERS[1]
    assert list(StoreFeed.objects.exclude(trouble="").values_list("key", "trouble")) == []


def test_a_buyers_wish_to_cancel_comes_through_the_queue_and_is_deleted_there(store: Store, fake: FakeAmazon) -> None:
    at = wall.now()
    start_feeds(store.pk, past=timedelta(days=2), at=at)
    poll(at)
    fake.world.ask_to_cancel(NUMBERS[2])

    poll(at + timedelta(minutes=5), turns=4)

    assert Ticket.objects.get().orders.get().number == NUMBERS[2]
    assert fake.queue.waiting == []


def test_what_goes_wrong_on_the_way_loses_nothing(store: Store, faults: Faults) -> None:
    faults.demand([Fault.NONE, Fault.BROKEN, Fault.TOO_MANY, Fault.SILENT_AFTER, Fault.BROKEN_AFTER] * 3)
    at = wall.now()
    start_feeds(store.pk, past=timedelta(days=2), at=at)

    poll(at, turns=60)

    assert sorted(Order.objects.filter(store=store).values_list("number", flat=True)) == NUMBERS
