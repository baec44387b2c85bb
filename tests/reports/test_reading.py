"""The platforms' own figures are read once a day, over HTTP, and each is kept once."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.factories.sales import AT
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING
from tresen.channels.walmart.interface.performance import NO_RATE
from tresen.fakes.serving import Account, running
from tresen.fakes.walmart import CLIENT_ID, CLIENT_SECRET, FakeWalmart
from tresen.fakes.world import World
from tresen.reports.entering import Given, enter_figures
from tresen.reports.health import Standing, standings
from tresen.reports.models import FigureReading, PlatformFigure
from tresen.reports.reading import HOLD, claim, read_figures
from tresen.stores.models import Store
from tresen.stores.platform_connecting import Entered, connect_store

pytestmark = pytest.mark.django_db

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def walmart() -> FakeWalmart:
    return FakeWalmart(World(clock=lambda: AT))


@pytest.fixture
def store(walmart: FakeWalmart) -> Iterator[Store]:
    a_store("walmart", "walmart.com")  # never connected: never asked
    with running([Account(name="seller", fake=walmart)]) as served:
        connected = a_store("walmart", "walmart.com")
        settings = {"client_id": CLIENT_ID, "address": f"{served}/seller"}
        secrets = {"client_secret": CLIENT_SECRET}
        connect_store(connected.pk, Entered(settings=settings, secrets=secrets), by=SYSTEM, at=MONDAY)
        yield connected


def standing(store: Store) -> Standing:
    (found,) = standings(scope=EVERYTHING, at=AT, store=store.pk)
    return found


def kept() -> list[tuple[int, Decimal, object]]:
    return [(one.store_id, one.value, one.entered_by_id) for one in PlatformFigure.objects.order_by("pk")]


def test_a_figure_is_read_once_a_day_and_nobody_entered_it(store: Store, walmart: FakeWalmart) -> None:
    assert read_figures(AT) == 1
    assert read_figures(AT + DAY - 2 * MINUTE) == 0
    walmart.rate = 96
    assert read_figures(AT + DAY + MINUTE) == 1

    assert kept() == [(store.pk, Decimal("97.50"), None), (store.pk, Decimal("96.00"), None)]
    told = standing(store)
    assert told.reported is not None
    assert (told.reported.value, told.reported.as_of, told.reported.by_itself) == (96.0, (AT + DAY).date(), True)


def test_what_is_read_twice_is_kept_once_and_a_correction_too(store: Store, walmart: FakeWalmart) -> None:
    for minutes in (0, 2, 4):
        FigureReading.objects.update(next_at=AT)
        assert read_figures(AT + minutes * MINUTE) == 1
    assert len(kept()) == 1

    walmart.rate = 97.4
    FigureReading.objects.update(next_at=AT)
    read_figures(AT + 6 * MINUTE)
    assert [value for _store, value, _by in kept()] == [Decimal("97.50"), Decimal("97.40")]


def test_whoever_dies_while_reading_leaves_it_to_the_next(store: Store) -> None:
    read_figures(AT)
    later = AT + DAY + MINUTE
    assert claim(later) is not None

    assert read_figures(later) == 0
    assert read_figures(later + HOLD) == 1
    assert len(kept()) == 2


def test_what_is_no_rate_is_told_and_tried_again(store: Store, walmart: FakeWalmart) -> None:
    walmart.rate = None
    assert read_figures(AT) == 1
    assert kept() == []
    reading = standing(store).reading
    assert reading is not None
    assert reading.trouble == NO_RATE
    assert read_figures(AT + timedelta(hours=5)) == 0

    walmart.rate = 100
    assert read_figures(AT + timedelta(hours=7)) == 1
    reading = standing(store).reading
    assert reading is not None
    assert reading.trouble == ""


def test_a_figure_entered_by_hand_later_stands(store: Store) -> None:
    read_figures(AT)
    given = Given(store=store.pk, measure="response_rate_30", as_of=(AT + DAY).date(), value=Decimal(95))
    enter_figures([given], by=SYSTEM, at=AT)

    told = standing(store).reported
    assert told is not None
    assert told.value == 95
