"""What is done about an order at the operator, and how it is found out whether it was."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.channels.asking import OpenAccess
from tests.factories.sales import AT, a_sale
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse, Unanswered
from tresen.channels.mirakl.acting import ACTIONS
from tresen.channels.order_door import ActionLine, ActionWanted, Done, NotDone, NotTold, OrderAction, OrderRef
from tresen.channels.order_news import ReturnState
from tresen.channels.outbound import Refused, Uncertain
from tresen.fakes.world import World


@pytest.fixture
def sold(world: World) -> World:
    world.fill(sales=[a_sale()])
    return world


def wanted(**more: object) -> ActionWanted:
    known: dict[str, object] = {"key": "k1", "order": OrderRef(number="ORD-1-A"), "currency": "EUR", "since": AT}
    return ActionWanted(**{**known, **more})  # type: ignore[arg-type]


def refund_of(amount: int) -> ActionWanted:
    lines = (ActionLine(external_id="ORD-1-A-1", quantity=1, amount=amount),)
    return wanted(amount=amount, reason="REFUND_LATE", lines=lines)


def test_money_goes_back_and_is_found_there(sold: World, access: OpenAccess) -> None:
    offer = ACTIONS[OrderAction.REFUND]
    assert offer.look(refund_of(990), access) == NotDone()

    done = offer.perform(refund_of(990), access)

    assert isinstance(done, Done)
    assert [(one.amount, one.reason) for one in sold.sale("ORD-1-A").refunds] == [(990, "REFUND_LATE")]
    assert offer.look(refund_of(990), access) == Done(external_id=done.external_id)
    assert offer.look(refund_of(991), access) == NotDone()
    assert offer.look(replace(refund_of(990), others=frozenset({done.external_id})), access) == NotDone()


def test_more_than_was_paid_is_refused_in_the_operators_words(sold: World, access: OpenAccess) -> None:
    result = ACTIONS[OrderAction.REFUND].perform(refund_of(999_999), access)

    assert isinstance(result, Refused)
    assert "9980" in result.reason


def test_the_operators_own_reasons_are_offered(access: OpenAccess) -> None:
    ask = ACTIONS[OrderAction.REFUND].ask_reasons
    assert ask is not None

    reasons = ask(access, OrderRef(number="ORD-1-A"), "")

    assert not isinstance(reasons, Stopped)
    assert reasons["REFUND_DAMAGED"] == "Damaged"


def test_an_order_is_cancelled(sold: World, access: OpenAccess) -> None:
    offer = ACTIONS[OrderAction.CANCEL]
    assert offer.look(wanted(), access) == NotDone()
    assert offer.perform(wanted(), access) == Done()

    assert sold.sale("ORD-1-A").cancelled_at is not None
    assert offer.look(wanted(), access) == Done()


def test_an_order_is_marked_as_shipped_with_its_tracking(sold: World, access: OpenAccess) -> None:
    offer = ACTIONS[OrderAction.MARK_SHIPPED]
    parcel = wanted(carrier="DHL", tracking="00340434161094000000")
    assert offer.look(parcel, access) == NotDone()
    assert offer.perform(parcel, access) == Done()

    assert [(one.carrier, one.tracking) for one in sold.sale("ORD-1-A").parcels] == [("DHL", "00340434161094000000")]
    assert offer.look(parcel, access) == Done()


@pytest.mark.parametrize(
    ("action", "state"),
    [(OrderAction.APPROVE_RETURN, ReturnState.AUTHORISED), (OrderAction.REFUSE_RETURN, ReturnState.REFUSED)],
)
def test_a_return_is_decided_once(sold: World, access: OpenAccess, action: OrderAction, state: ReturnState) -> None:
    back = sold.ask_for_return("ORD-1-A", reason="RETURN_BROKEN_ITEM")
    decision = wanted(return_id=back.id, reason="RETURN_REJECTION_WINDOW_CLOSED")
    assert ACTIONS[action].look(decision, access) == NotDone()
    assert ACTIONS[action].perform(decision, access) == Done(external_id=back.id)

    assert back.state is state
    assert ACTIONS[action].look(decision, access) == Done(external_id=back.id)
    assert isinstance(ACTIONS[action].perform(decision, access), Refused)


@pytest.mark.parametrize("action", list(ACTIONS))
@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Unanswered(reason="silence"), Uncertain),
        (HttpResponse(status=500, headers={}, body=b"{}"), Uncertain),
        (HttpResponse(status=400, headers={}, body=b'{"message": "no"}'), Refused),
    ],
)
def test_whatever_the_operator_says_is_told_as_it_is(
    action: OrderAction, outcome: object, kind: type, answering: Callable[..., OpenAccess]
) -> None:
    reason = "RETURN_REJECTION_WINDOW_CLOSED"
    asked = wanted(lines=refund_of(990).lines, reason=reason, return_id="r1", carrier="DHL", tracking="1")

    assert isinstance(ACTIONS[action].perform(asked, answering(outcome)), kind)
    assert isinstance(ACTIONS[action].look(asked, answering(outcome)), Stopped)


@pytest.mark.parametrize("action", [OrderAction.REFUND, OrderAction.CANCEL, OrderAction.MARK_SHIPPED])
def test_of_an_order_that_is_gone_a_person_says_what_was_done(action: OrderAction, access: OpenAccess) -> None:
    assert isinstance(ACTIONS[action].look(refund_of(990), access), NotTold), "it would be asked for for ever"
