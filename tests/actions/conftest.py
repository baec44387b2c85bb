"""A ticket about an order at a fake operator."""

from collections.abc import Iterator

import pytest

from tests.factories.told import a_told_store, asked_world
from tresen.fakes.faults import Faults
from tresen.fakes.world import World
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.tickets.models import Ticket


@pytest.fixture
def world() -> World:
    return asked_world()


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(world: World, faults: Faults) -> Iterator[Store]:
    with a_told_store(world, faults=faults) as connected:
        yield connected


@pytest.fixture
def ticket(store: Store) -> Ticket:
    return Ticket.objects.get(store=store)


@pytest.fixture
def order(ticket: Ticket) -> Order:
    return Order.objects.get(tickets__ticket=ticket)
