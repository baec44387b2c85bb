"""What people decide where nobody knows, and what they say who do not agree."""

from datetime import timedelta

import pytest

from tests.factories.acting import a_refund, asked, somebody
from tests.factories.sales import AT
from tresen.accounts.models import Role
from tresen.actions.asking import CannotAct, Wanted
from tresen.actions.deciding import approve, decline, it_was_not_done, try_again
from tresen.actions.looking import look_for_actions
from tresen.actions.models import Action, ActionState
from tresen.actions.performing import perform_due
from tresen.actions.remaining import going_back, left_to_refund
from tresen.channels.order_door import OrderAction
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.world import World
from tresen.orders.models import Order
from tresen.tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db
DUE = AT + timedelta(seconds=10)
LOOKED = DUE + timedelta(minutes=1)


@pytest.fixture
def uncertain(ticket: Ticket, order: Order, faults: Faults) -> Action:
    action = asked(ticket, order)
    faults.demand([Fault.SILENT])
    perform_due(DUE)
    return action


def test_what_was_not_done_is_left_at_that_and_its_money_is_free_again(uncertain: Action, order: Order) -> None:
    assert (left_to_refund(order), going_back(order)) == (8990, [uncertain])
    with pytest.raises(CannotAct, match="First the platform is read"):
        it_was_not_done(uncertain.pk, by=somebody(), at=DUE)
    look_for_actions(LOOKED)

    it_was_not_done(uncertain.pk, by=somebody(), at=LOOKED)

    uncertain.refresh_from_db()
    assert (uncertain.state, uncertain.next_look_at, uncertain.settled_at) == (ActionState.REFUSED, None, LOOKED)
    assert (left_to_refund(order), going_back(order)) == (9980, [])
    assert TicketEvent.objects.filter(ticket=uncertain.ticket, kind="action_refused").count() == 1
    assert try_again(uncertain.pk, by=somebody(), at=LOOKED).state == ActionState.QUEUED


def test_only_what_nobody_knows_of_was_not_done(ticket: Ticket, order: Order) -> None:
    with pytest.raises(CannotAct, match="nobody knows"):
        it_was_not_done(asked(ticket, order).pk, by=somebody(), at=AT)


def test_who_does_not_agree_may_say_why(ticket: Ticket, order: Order) -> None:
    action = asked(ticket, order, a_refund(order, 6000))

    decline(action.pk, why=" Ask for a photograph first. ", by=somebody(Role.LEAD), at=AT)

    action.refresh_from_db()
    assert (action.state, action.why_not) == (ActionState.DECLINED, "Ask for a photograph first.")


def test_a_cancellation_under_way_leaves_nothing_to_refund(ticket: Ticket, order: Order) -> None:
    asked(ticket, order, Wanted(kind=OrderAction.CANCEL, reason="buyer"), by=somebody(Role.ADMIN))

    assert left_to_refund(order) == 0


@pytest.mark.parametrize("changed", [{"state": "cancelled"}, {"payment": "refunded"}])
def test_of_a_cancelled_order_nothing_is_left(order: Order, changed: dict[str, str]) -> None:
    Order.objects.filter(pk=order.pk).update(**changed)

    assert left_to_refund(Order.objects.get(pk=order.pk)) == 0


def test_what_was_refused_is_not_tried_again_once_another_refund_has_gone_back(
    ticket: Ticket, order: Order, world: World, faults: Faults
) -> None:
    world.refund("ORD-1-A", amount=5000, reason="REFUND_OTHER")
    refused = asked(ticket, order, a_refund(order, 9980), by=somebody(Role.ADMIN))
    perform_due(DUE)
    asked(ticket, order, a_refund(order, 4980), by=somebody(Role.ADMIN))
    assert perform_due(DUE) == 1

    with pytest.raises(CannotAct, match="more than is left"):
        try_again(refused.pk, by=somebody(Role.ADMIN), at=LOOKED)

    refused.refresh_from_db()
    assert refused.state == ActionState.REFUSED


def test_nobody_agrees_to_what_has_gone_back_elsewhere_meanwhile(ticket: Ticket, order: Order) -> None:
    waits = asked(ticket, order, a_refund(order, 6000))
    order.refunds.create(external_id="r7", amount=5000, reason="", refunded_at=AT)

    with pytest.raises(CannotAct, match="more than is left"):
        approve(waits.pk, by=somebody(Role.ADMIN), at=AT)

    decline(waits.pk, by=somebody(Role.ADMIN), at=AT)
