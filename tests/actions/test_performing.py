"""At the platform it happens once, whatever goes wrong on the way; what came of it stands in the ledger."""

from datetime import timedelta

import pytest

from tests.factories.acting import a_refund, asked, somebody
from tests.factories.sales import AT
from tresen.accounts.models import Role
from tresen.actions.asking import CannotAct, Wanted
from tresen.actions.deciding import approve, decline, it_was_done, try_again, withdraw
from tresen.actions.looking import look_for_actions
from tresen.actions.models import Action, ActionState
from tresen.actions.performing import HOLD, _claim, perform_due, settle_interrupted
from tresen.channels.order_door import OrderAction
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.world import World
from tresen.intake.asked_orders import ask_for, read_asked
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db

DUE = AT + timedelta(seconds=10)
MINUTE = timedelta(minutes=1)


def kinds(ticket: Ticket) -> list[str]:
    events = TicketEvent.objects.filter(ticket=ticket, kind__startswith="action_")
    return list(events.order_by("sequence").values_list("kind", flat=True))


def refunds(world: World) -> list[int]:
    return [refund.amount for refund in world.sale("ORD-1-A").refunds]


def state_of(action: Action) -> str:
    return Action.objects.get(pk=action.pk).state


def test_money_goes_back_and_the_order_beside_the_ticket_follows(ticket: Ticket, order: Order, world: World) -> None:
    action = asked(ticket, order)
    assert perform_due(AT) == 0

    assert perform_due(DUE) == 1

    action.refresh_from_db()
    assert (action.state, refunds(world)) == (ActionState.DONE, [990])
    assert action.external_id == world.sale("ORD-1-A").refunds[0].id
    done = TicketEvent.objects.get(ticket=ticket, kind="action_done")
    assert (done.facts["amount"], done.facts["reason"], done.facts["found"]) == (990, "refund_late", False)
    assert read_asked(DUE + timedelta(seconds=1)) == 1
    parse_kept(DUE)
    assert order.refunds.get().amount == 990


def test_a_return_is_approved_and_an_order_shipped(ticket: Ticket, order: Order, world: World) -> None:
    back = world.ask_for_return("ORD-1-A", reason="RETURN_BROKEN_ITEM")
    ask_for([(order.store_id, order.number)], at=DUE, whatever_is_known=True)
    read_asked(DUE)
    parse_kept(DUE)
    asked(ticket, order, Wanted(kind=OrderAction.APPROVE_RETURN, return_id=back.id))
    asked(ticket, order, Wanted(kind=OrderAction.MARK_SHIPPED, carrier="DHL", tracking="00340"))

    assert perform_due(DUE) == 2

    assert back.state == "authorised"
    assert [one.tracking for one in world.sale("ORD-1-A").parcels] == ["00340"]


def test_what_the_platform_does_not_take_is_told_in_its_words(
    ticket: Ticket, order: Order, world: World, faults: Faults
) -> None:
    world.refund("ORD-1-A", amount=9900, reason="REFUND_OTHER")
    action = asked(ticket, order)

    perform_due(DUE)

    action.refresh_from_db()
    assert action.state == ActionState.REFUSED
    assert "At most 80" in action.answer
    assert kinds(ticket)[-1] == "action_refused"


@pytest.mark.parametrize("fault", [Fault.SILENT, Fault.BROKEN])
def test_what_another_action_did_is_not_taken_for_this_one(
    ticket: Ticket, order: Order, world: World, faults: Faults, fault: Fault
) -> None:
    """Twice the same sum for the same line, of which the platform did one."""
    lost = asked(ticket, order)
    faults.demand([fault])
    perform_due(DUE)
    same = asked(ticket, order)
    perform_due(DUE + timedelta(seconds=1))
    assert (state_of(lost), state_of(same)) == (ActionState.UNCERTAIN, ActionState.DONE)

    assert look_for_actions(DUE + MINUTE) == 0

    assert state_of(lost) == ActionState.UNCERTAIN
    assert refunds(world) == [990]


def test_of_two_who_look_at_once_one_finds_it(
    ticket: Ticket, order: Order, world: World, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = asked(ticket, order), asked(ticket, order)
    faults.demand([Fault.BROKEN_AFTER, Fault.BROKEN])
    perform_due(DUE)
    assert {state_of(first), state_of(second)} == {ActionState.UNCERTAIN}
    # Neither knows yet what the other finds, as two workers may not.
    monkeypatch.setattr("tresen.actions.performing.done_besides", lambda _action: frozenset())

    assert look_for_actions(DUE + MINUTE) == 1

    assert sorted([state_of(first), state_of(second)]) == [ActionState.DONE, ActionState.UNCERTAIN]
    assert refunds(world) == [990]


@pytest.mark.parametrize("fault", [Fault.SILENT_AFTER, Fault.BROKEN_AFTER])
def test_what_was_done_without_an_answer_is_found_and_never_done_twice(
    ticket: Ticket, order: Order, world: World, faults: Faults, fault: Fault
) -> None:
    action = asked(ticket, order)
    faults.demand([fault])
    perform_due(DUE)
    assert state_of(action) == ActionState.UNCERTAIN
    with pytest.raises(CannotAct, match="read"):
        try_again(action.pk, by=somebody(), at=DUE)

    assert look_for_actions(DUE + MINUTE) == 1

    assert state_of(action) == ActionState.DONE
    assert refunds(world) == [990]
    assert kinds(ticket) == ["action_asked", "action_uncertain", "action_done"]


def test_what_is_not_there_is_tried_again_by_a_person_alone(
    ticket: Ticket, order: Order, world: World, faults: Faults
) -> None:
    action = asked(ticket, order)
    faults.demand([Fault.SILENT])
    perform_due(DUE)
    for minutes in range(1, 200):
        look_for_actions(DUE + minutes * MINUTE)
        perform_due(DUE + minutes * MINUTE)
    assert refunds(world) == []
    assert state_of(action) == ActionState.UNCERTAIN

    try_again(action.pk, by=somebody(), at=DUE + 300 * MINUTE)
    perform_due(DUE + 300 * MINUTE)

    assert (state_of(action), refunds(world)) == (ActionState.DONE, [990])


def test_a_passing_trouble_is_tried_again(ticket: Ticket, order: Order, world: World, faults: Faults) -> None:
    action = asked(ticket, order)
    faults.demand([Fault.TOO_MANY])
    perform_due(DUE)
    assert state_of(action) == ActionState.QUEUED

    perform_due(DUE + 2 * MINUTE)

    assert (state_of(action), refunds(world)) == (ActionState.DONE, [990])


def test_who_waits_for_an_allowance_waits_no_longer_the_more_often_he_has_waited(
    ticket: Ticket, order: Order, world: World, faults: Faults
) -> None:
    action = asked(ticket, order)
    faults.demand([Fault.TOO_MANY] * 8)
    for turn in range(8):
        perform_due(DUE + 2 * turn * MINUTE)
        assert state_of(action) == ActionState.QUEUED

    perform_due(DUE + 16 * MINUTE)

    assert (state_of(action), refunds(world)) == (ActionState.DONE, [990])
    assert Action.objects.get(pk=action.pk).attempts == 9


def test_what_is_tried_once_more_much_later_bears_a_passing_trouble(
    ticket: Ticket, order: Order, world: World, faults: Faults
) -> None:
    action = asked(ticket, order)
    faults.demand([Fault.SILENT])
    perform_due(DUE)
    look_for_actions(DUE + MINUTE)
    try_again(action.pk, by=somebody(), at=DUE + 600 * MINUTE)
    faults.demand([Fault.TOO_MANY])
    perform_due(DUE + 600 * MINUTE)
    assert state_of(action) == ActionState.QUEUED

    perform_due(DUE + 603 * MINUTE)

    assert (state_of(action), refunds(world)) == (ActionState.DONE, [990])


def test_a_process_that_died_on_the_way_leaves_something_to_look_for(
    ticket: Ticket, order: Order, world: World
) -> None:
    action = asked(ticket, order)
    assert _claim(DUE) is not None
    assert settle_interrupted(DUE + MINUTE) == 0

    assert settle_interrupted(DUE + HOLD + MINUTE) == 1

    assert state_of(action) == ActionState.UNCERTAIN
    assert perform_due(DUE + HOLD + 2 * MINUTE) == 0


def test_a_second_pair_of_eyes_agrees(ticket: Ticket, order: Order, world: World) -> None:
    agent = somebody()
    action = asked(ticket, order, a_refund(order, 6000), by=agent)
    for nobody in (agent, somebody()):
        with pytest.raises(CannotAct):
            approve(action.pk, by=nobody, at=AT)

    approve(action.pk, by=somebody(Role.LEAD), at=AT)
    perform_due(DUE)

    assert refunds(world) == [6000]
    assert kinds(ticket) == ["action_asked", "action_approved", "action_done"]


def test_or_does_not(ticket: Ticket, order: Order, world: World) -> None:
    action = asked(ticket, order, a_refund(order, 6000))

    decline(action.pk, by=somebody(Role.LEAD), at=AT)
    approve(action.pk, by=somebody(Role.ADMIN), at=AT)
    perform_due(DUE)

    assert (state_of(action), refunds(world)) == (ActionState.DECLINED, [])


def test_it_is_taken_back_while_nothing_was_tried(ticket: Ticket, order: Order, world: World) -> None:
    action = asked(ticket, order)
    assert withdraw(action.pk, by=somebody(), at=AT)
    assert withdraw(action.pk, by=somebody(), at=AT)
    perform_due(DUE)
    assert (state_of(action), refunds(world)) == (ActionState.WITHDRAWN, [])

    done = asked(ticket, order)
    perform_due(DUE)
    assert not withdraw(done.pk, by=somebody(), at=DUE)


def test_somebody_saw_it_there(ticket: Ticket, order: Order, faults: Faults) -> None:
    action = asked(ticket, order)
    faults.demand([Fault.SILENT])
    perform_due(DUE)

    it_was_done(action.pk, by=somebody(), at=DUE)

    assert state_of(action) == ActionState.DONE


def test_a_store_in_shadow_does_nothing_that_was_wanted_before(
    ticket: Ticket, order: Order, world: World, store: Store
) -> None:
    asked(ticket, order)
    Store.objects.filter(pk=store.pk).update(shadow=True)

    assert perform_due(DUE) == 0
    assert refunds(world) == []
