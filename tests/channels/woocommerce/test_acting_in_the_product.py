"""What is done about a shop's order, as the whole product keeps it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.channels.woocommerce.shop import AT, a_sale
from tests.factories.acting import somebody
from tests.factories.connected import a_woocommerce_store
from tests.factories.replies import a_ticket
from tresen.accounts.models import Role
from tresen.actions.asking import Wanted, ask
from tresen.actions.models import Action, ActionState
from tresen.actions.performing import perform_due
from tresen.actions.remaining import going_back, left_to_refund
from tresen.channels.order_door import ActionLine, OrderAction
from tresen.fakes.woocommerce.platform import FakeWooCommerce
from tresen.fakes.world import World
from tresen.intake.asked_orders import ask_for, read_asked
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.tickets.models import TicketOrder

pytestmark = pytest.mark.django_db

NUMBER = "#1001"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> World:
    world = World(clock=lambda: AT)
    world.fill(sales=[a_sale()])
    return world


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    with a_woocommerce_store(FakeWooCommerce(world=world, key="ck", secret="cs")) as connected:
        yield connected


def read_at(store: Store, minutes: int) -> Order:
    ask_for([(store.pk, NUMBER)], at=AT + minutes * MINUTE, whatever_is_known=True)
    read_asked(AT + minutes * MINUTE)
    parse_kept(AT + minutes * MINUTE)
    return Order.objects.get(number=NUMBER)


def done(store: Store, order: Order, wanted: Wanted, *, minutes: int) -> Action:
    named = TicketOrder.objects.filter(order=order).first() or TicketOrder.objects.create(
        ticket=a_ticket(store), store=store, number=NUMBER, order=order, source="agent"
    )
    at = AT + minutes * MINUTE
    action = ask(named.ticket_id, order.pk, wanted, key=wanted_key(minutes), by=somebody(Role.ADMIN), at=at)
    perform_due(at + MINUTE)
    action.refresh_from_db()
    return action


def wanted_key(minutes: int) -> str:
    return f"00000000-0000-4000-8000-{minutes:012}"


def test_a_cancellation_keeps_the_money_which_can_go_back_after_it(store: Store, world: World) -> None:
    order = read_at(store, 0)
    whole = order.total

    cancelled = done(store, order, Wanted(kind=OrderAction.CANCEL, reason="buyer"), minutes=1)

    assert (cancelled.state, cancelled.amount) == (ActionState.DONE, 0)
    assert world.sale(NUMBER).refunds == []
    order = read_at(store, 5)
    assert order.state == "cancelled"
    assert (left_to_refund(order), going_back(order)) == (whole, [])

    line = ActionLine(external_id=order.lines.get().external_id, quantity=2, amount=whole)
    refund = done(store, order, Wanted(kind=OrderAction.REFUND, reason="not_arrived", lines=(line,)), minutes=6)

    assert refund.state == ActionState.DONE, refund.answer
    assert [one.amount for one in world.sale(NUMBER).refunds] == [whole]
    assert left_to_refund(read_at(store, 10)) == 0


def test_of_a_cancelled_order_that_nobody_paid_nothing_is_left(store: Store) -> None:
    order = read_at(store, 0)
    Order.objects.filter(pk=order.pk).update(state="cancelled", payment="pending")

    assert left_to_refund(Order.objects.get(pk=order.pk)) == 0
