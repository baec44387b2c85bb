"""A buyer's wish to cancel, refused from the ticket."""

from datetime import timedelta

import pytest

from tests.channels.tiktok_shop.test_messages_in_the_product import connected
from tests.factories.acting import asked
from tests.factories.sales import AT, a_sale, a_talk
from tests.factories.shops import a_store
from tests.factories.told import take_in, told_of
from tresen.actions.asking import CannotAct, Wanted
from tresen.actions.models import ActionState
from tresen.actions.performing import perform_due
from tresen.actions.queries import actions_of
from tresen.channels.order_door import OrderAction
from tresen.fakes.serving import Account, running
from tresen.fakes.tiktok_shop import FakeTikTokShop
from tresen.fakes.tiktok_shop.acting import REJECT_REASONS
from tresen.fakes.world import World
from tresen.orders.models import Order
from tresen.orders.queries import orders_named
from tresen.tickets.models import Ticket
from tresen.workspace.ticket.orders.actions_shown import offers_shown

pytestmark = pytest.mark.django_db

NUMBER = "576486316948490001"


def offered(ticket: Ticket, order: Order) -> list[str]:
    orders = orders_named([order.pk])
    return [one.label for one in offers_shown(orders, actions_of([order.pk]), ticket_id=ticket.pk).of_order(orders[0])]


def test_it_is_offered_while_the_buyer_waits_and_refused_once() -> None:
    world = World(clock=lambda: AT)
    world.fill(sales=[a_sale(NUMBER)], talks=[a_talk("7", sale=NUMBER)])
    fake = FakeTikTokShop(world)
    with running([Account(name="shop", fake=fake)]) as served:
        store = connected(a_store("tiktok_shop", "tiktok.com/us"), f"{served}/shop")
        told_of(store)
        ticket, order = Ticket.objects.get(conversations__messages__text="Wo ist mein Paket?"), Order.objects.get()
        refusal = Wanted(kind=OrderAction.KEEP, reason=next(iter(REJECT_REASONS)))
        assert "Refuse the cancellation …" not in offered(ticket, order)
        with pytest.raises(CannotAct):
            asked(ticket, order, refusal)

        world.ask_to_cancel(NUMBER)
        take_in(AT + timedelta(minutes=20))
        assert "Refuse the cancellation …" in offered(ticket, order)
        order.refresh_from_db()
        action = asked(ticket, order, refusal)
        assert "Refuse the cancellation …" not in offered(ticket, order)
        perform_due(AT + timedelta(minutes=21))

    action.refresh_from_db()
    assert (action.state, action.amount, fake.kept) == (ActionState.DONE, 0, {NUMBER})
