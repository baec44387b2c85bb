"""What an order's card offers and says, after what was done before."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.acting import asked
from tests.factories.sales import AT
from tresen.accounts.actors import Actor
from tresen.actions.asking import Wanted
from tresen.actions.models import Action, ActionState
from tresen.actions.queries import actions_of
from tresen.channels.order_door import OrderAction
from tresen.orders.models import Order, Return
from tresen.orders.queries import orders_named
from tresen.workspace.ticket.orders.actions_shown import action_shown, offers_shown


def labels(ticket, order) -> list[str]:
    orders = orders_named([order.pk])
    offered = offers_shown(orders, actions_of([order.pk]), ticket_id=ticket.pk)
    return [one.label for one in offered.of_order(orders[0])]


def shown(action: Action, order, *, agent, after=timedelta(0)):
    action.refresh_from_db()
    return action_shown(action, order, agent_id=agent.pk, at=AT + after)


def parcel() -> Wanted:
    return Wanted(kind=OrderAction.MARK_SHIPPED, carrier="DHL", tracking="00340")


@pytest.fixture
def back(order):
    return Return.objects.create(
        store=order.store,
        brand=order.brand,
        order=order,
        order_number=order.number,
        external_id="r1",
        reason="RETURN_BROKEN_ITEM",
        comment="Der Schirm hat einen Riss.",
        state="requested",
        items=[f"1 × Line {order.lines.get().external_id}"],
        requested_at=AT,
        changed_at=AT,
    )


def test_an_order_of_which_nothing_is_left_is_not_refunded(ticket, order):
    assert "Refund …" in labels(ticket, order)
    order.refunds.create(external_id="r0", amount=9980, reason="x", refunded_at=AT)

    assert "Refund …" not in labels(ticket, order)


def test_a_cancelled_order_offers_nothing(ticket, order):
    Order.objects.update(state="cancelled")

    assert labels(ticket, order) == []


@pytest.mark.parametrize(
    ("wanted", "label"),
    [(Wanted(kind=OrderAction.CANCEL, reason="buyer"), "Cancel the order …"), (parcel(), "Mark as shipped …")],
)
def test_what_is_under_way_is_not_offered_again(ticket, order, lead, wanted, label):
    assert label in labels(ticket, order)
    asked(ticket, order, wanted, by=Actor.agent(lead.pk))

    assert label not in labels(ticket, order)


def test_a_return_is_decided_once(screen, ticket, order, back):
    address = reverse("ticket", args=[ticket.pk])
    assert "Approve …" in screen.get(address).text
    asked(ticket, order, Wanted(kind=OrderAction.APPROVE_RETURN, return_id="r1"))

    page = screen.get(address).text
    assert "Approve …" not in page
    assert "Refuse …" not in page


def test_the_form_of_a_return_names_the_article_and_the_buyers_reason(screen, ticket, order, back):
    address = reverse("order-action", args=[ticket.pk, order.pk, "approve_return"])

    page = screen.get(f"{address}?return={back.pk}").text

    for words in ("Approve the return", "1 × Lampe Mira", "Broken item", "Der Schirm hat einen Riss.", ">Back<"):
        assert words in page, words
    assert "Line " not in page


def test_what_a_cancellation_does_is_said_before(screen, ticket, order):
    page = screen.get(reverse("order-action", args=[ticket.pk, order.pk, "cancel"])).text

    assert "The whole order is cancelled, and the operator gives the buyer all money back." in page
    assert ">Back<" in page
    assert ">Cancel<" not in page


def test_a_shipment_that_waits_says_with_whom_and_by_which_number(ticket, order, agent):
    assert "DHL 00340" in shown(asked(ticket, order, parcel()), order, agent=agent).detail


def test_the_way_back_ends_with_its_window(ticket, order, agent):
    action = asked(ticket, order)

    def ways_back(seconds: int) -> list[str]:
        return [one.label for one in shown(action, order, agent=agent, after=timedelta(seconds=seconds)).choices]

    assert [ways_back(seconds) for seconds in (5, 6, 65, 66)] == [["Undo"], [], [], ["Take back"]]


def test_the_card_asks_for_itself_while_something_is_about_to_change(ticket, order, agent):
    action = asked(ticket, order)
    moving = [shown(action, order, agent=agent, after=timedelta(seconds=seconds)).moves for seconds in (0, 65, 66)]
    assert moving == [True, True, False]

    Action.objects.update(state=ActionState.DONE)
    assert not shown(action, order, agent=agent).moves
