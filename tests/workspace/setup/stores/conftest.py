"""A store at a fake operator that answers over HTTP on this machine."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.connected import an_operator, entered
from tests.factories.shops import a_store
from tresen.fakes.faults import Faults
from tresen.fakes.world import World
from tresen.stores.models import Store, StoreConnection
from tresen.timekeeping import wall


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tresen.stores.asking.SHORT_WAIT", timedelta(0))


@pytest.fixture
def now() -> datetime:
    return wall.now().astimezone(UTC).replace(microsecond=0)


@pytest.fixture
def world(now: datetime) -> World:
    return World(clock=lambda: now)


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def operator(world: World, faults: Faults) -> Iterator[str]:
    with an_operator(world, faults=faults) as address:
        yield address


@pytest.fixture
def store(db: None) -> Store:
    return a_store("mirakl", "conrad")


@pytest.fixture
def connected(by_admin: Client, store: Store, operator: str) -> StoreConnection:
    by_admin.post(reverse("setup-store-connection", args=[store.pk]), entered(operator))
    return StoreConnection.objects.get(store=store)
