"""A ticket about an order at a fake operator."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.factories.connected import a_mirakl_store
from tests.factories.sales import AT, a_sale, a_talk
from tresen.fakes.faults import Faults
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
    world.fill(sales=[a_sale()], talks=[a_talk()])
    return world


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(world: World, faults: Faults) -> Iterator[Store]:
    with a_mirakl_store(world, faults=faults) as connected:
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
