"""What is left of an order: pieces that wait to be shipped, where the platform wants to know which, and money."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories.acting import asked
from tests.factories.connected import an_amazon_store
from tests.factories.replies import a_ticket
from tests.factories.sales import AT, a_sale
from tresen.actions.asking import CannotAct, Wanted
from tresen.actions.models import Action, ActionState
from tresen.actions.performing import perform_due
from tresen.actions.remaining import going_back, is_decided, left_to_refund, left_to_ship
from tresen.channels.order_door import ActionLine, OrderAction
from tresen.fakes.amazon import FakeAmazon
from tresen.fakes.world import World
from tresen.intake.asked_orders import ask_for, read_asked
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order, Return
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


def a_done_refund(order: Order, amount: int, *, kind: OrderAction = OrderAction.REFUND) -> Action:
    """Money that went back by an action of ours, before the order was read last."""
    return Action.objects.create(
        ticket=TicketOrder.objects.get(order=order).ticket,
        order=order,
        store=order.store,
        kind=kind.value,
        key=uuid4(),
        currency=order.currency,
        amount=amount,
        state=ActionState.DONE,
        asked_at=order.told_at - timedelta(hours=1),
        settled_at=order.told_at - timedelta(minutes=1),
    )


@pytest.mark.parametrize("kind", [OrderAction.REFUND, OrderAction.APPROVE_RETURN])
def test_what_went_back_from_here_is_gone_though_the_platform_tells_of_it_late_or_never(
    order: Order, kind: OrderAction
) -> None:
    done = a_done_refund(order, 990, kind=kind)

    assert left_to_refund(order) == order.total - 990
    assert going_back(order) == [done]

    order.refunds.create(external_id="r1", amount=990, reason="", refunded_at=AT)
    assert left_to_refund(order) == order.total - 990
    assert going_back(order) == []


def test_of_two_the_one_that_is_not_told_yet_is_coming(order: Order) -> None:
    a_done_refund(order, 990)
    second = a_done_refund(order, 500)
    order.refunds.create(external_id="r1", amount=990, reason="", refunded_at=AT)

    assert going_back(order) == [second]
    assert left_to_refund(order) == order.total - 1490


def test_a_sum_that_the_platform_tells_a_little_smaller_is_not_taken_off_twice(order: Order) -> None:
    a_done_refund(order, 990)
    order.refunds.create(external_id="r1", amount=985, reason="", refunded_at=AT)

    assert left_to_refund(order) == order.total - 990


def test_a_return_that_changed_after_it_was_decided_waits_once_more(order: Order) -> None:
    done = a_done_refund(order, 0, kind=OrderAction.APPROVE_RETURN)
    Action.objects.filter(pk=done.pk).update(return_id="r1")
    assert is_decided(order, Return(external_id="r1", changed_at=order.told_at - timedelta(hours=1)))

    assert not is_decided(order, Return(external_id="r1", changed_at=order.told_at + timedelta(days=3)))
