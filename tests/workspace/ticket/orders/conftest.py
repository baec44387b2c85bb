"""A ticket about an order at a fake operator, in an agent's browser."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.factories.connected import a_mirakl_store
from tests.factories.sales import AT, a_sale, a_shelf, a_talk
from tests.factories.shops import an_agent
from tresen.accounts.models import Role
from tresen.fakes.world import World
from tresen.intake.feeds.polling import poll_due
from tresen.intake.feeds.starting import start_feeds
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.tickets.models import Ticket


@pytest.fixture
def world() -> World:
    world = World(clock=lambda: AT)
    world.fill(sales=[a_sale()], talks=[a_talk()], stock=[a_shelf()])
    return world


@pytest.fixture
def store(db, world: World) -> Iterator[Store]:
    with a_mirakl_store(world) as connected:
        start_feeds(connected.pk, past=timedelta(days=1), at=AT)
        poll_due(AT + timedelta(seconds=1))
        while parse_kept(AT):
            pass
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
