"""Marking pieces of an order as shipped, where the platform wants to know which."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.factories.acting import asked
from tests.factories.connected import an_amazon_store
from tests.factories.replies import a_ticket
from tests.factories.sales import AT, a_sale
from tresen.actions.asking import CannotAct, Wanted
from tresen.actions.models import ActionState
from tresen.actions.performing import perform_due
from tresen.actions.remaining import left_to_ship
from tresen.channels.order_door import ActionLine, OrderAction
from tresen.fakes.amazon import FakeAmazon
from tresen.fakes.world import World
from tresen.intake.asked_orders import ask_for, read_asked
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.tickets.models import Ticket, TicketOrder
from tresen.timekeeping import wall

pytestmark = pytest.mark.django_db

NUMBER = "902-1845936-5435065"
LINE = f"{NUMBER}-1"
DUE = AT + timedelta(minutes=1)


@pytest.fixture
def fake() -> FakeAmazon:
    world = World(clock=wall.now)
    world.fill(sales=[a_sale(NUMBER)])
    return FakeAmazon(world)


@pytest.fixture
def store(fake: FakeAmazon) -> Iterator[Store]:
    with an_amazon_store(fake) as connected:
        yield connected


@pytest.fixture
def ticket(store: Store) -> Ticket:
    return a_ticket(store)


@pytest.fixture
def order(store: Store, ticket: Ticket) -> Order:
    ask_for([(store.pk, NUMBER)], at=AT)
    read_asked(AT)
    parse_kept(AT)
    told = Order.objects.get(number=NUMBER)
    TicketOrder.objects.create(ticket=ticket, store=store, number=NUMBER, order=told, source="agent")
    return told


def parcel(*lines: ActionLine) -> Wanted:
    return Wanted(kind=OrderAction.MARK_SHIPPED, carrier="DHL", tracking="00340", lines=lines)


def pieces(many: int) -> ActionLine:
    return ActionLine(external_id=LINE, quantity=many)


def test_who_names_no_pieces_ships_all_that_wait(ticket: Ticket, order: Order, fake: FakeAmazon) -> None:
    action = asked(ticket, order, parcel())
    assert action.lines == [{"id": LINE, "quantity": 2, "amount": 0}]

    perform_due(DUE)

    action.refresh_from_db()
    assert action.state == ActionState.DONE, action.answer
    assert [one.tracking for one in fake.world.sale(NUMBER).parcels] == ["00340"]


def test_a_part_leaves_the_rest_to_be_shipped_and_no_more(ticket: Ticket, order: Order) -> None:
    asked(ticket, order, parcel(pieces(1)))

    assert left_to_ship(order) == {LINE: 1}
    with pytest.raises(CannotAct, match="So many pieces"):
        asked(ticket, order, parcel(pieces(2)))
    asked(ticket, order, parcel(pieces(1)))
    with pytest.raises(CannotAct, match="waits to be shipped"):
        asked(ticket, order, parcel())


def test_what_is_cancelled_or_shipped_does_not_wait(ticket: Ticket, order: Order) -> None:
    order.lines.update(quantity=5, cancelled=1, shipped=2)
    assert left_to_ship(order) == {LINE: 2}
