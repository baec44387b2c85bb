"""A ticket about an order at a fake operator, in an agent's browser."""

from collections.abc import Iterator

import pytest

from tests.factories.sales import a_shelf
from tests.factories.shops import an_agent
from tests.factories.told import a_told_store, asked_world
from tresen.accounts.models import Role
from tresen.fakes.world import World
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.tickets.models import Ticket


@pytest.fixture
def world() -> World:
    return asked_world(stock=[a_shelf()])


@pytest.fixture
def store(db, world: World) -> Iterator[Store]:
    with a_told_store(world) as connected:
        yield connected


@pytest.fixture
def ticket(store: Store) -> Ticket:
    return Ticket.objects.get(store=store)


@pytest.fixture
def order(ticket: Ticket) -> Order:
    return Order.objects.get(tickets__ticket=ticket)


@pytest.fixture
def agent(store: Store):
    return an_agent(store.default_team, name="Jana Meier")


@pytest.fixture
def lead(store: Store):
    return an_agent(store.default_team, role=Role.LEAD, name="Ole Lead")
