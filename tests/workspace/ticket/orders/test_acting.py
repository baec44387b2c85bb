"""Refunds and the like from the ticket: shown with their cost, once at the platform, agreed to above a limit."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories.acting import asked
from tresen.accounts.actors import Actor
from tresen.actions.deciding import withdraw
from tresen.actions.models import Action, ActionState
from tresen.channels.amazon.interface.sending import ACTIONS
from tresen.channels.order_door import ActionLine, OrderAction
from tresen.stores.models import Store
from tresen.workspace.ticket.orders.forms import ActionForm


def form_of(order, ticket, kind="refund"):
    return reverse("order-action", args=[ticket.pk, order.pk, kind])


def refund(screen, order, ticket, amount="9.90", **more):
    line = order.lines.get()
    given = {"key": str(uuid4()), f"amount-{line.pk}": amount, "reason": "REFUND_LATE"}
    return screen.post(form_of(order, ticket), {**given, **more})


def test_the_form_shows_what_went_back_before_and_how_much_is_left(screen, ticket, order):
    order.refunds.create(external_id="r0", amount=980, reason="REFUND_OTHER", refunded_at=order.ordered_at)

    page = screen.get(form_of(order, ticket)).text

    for words in ("ORD-1-A", "€9.80", "€90.00", "You may give back €50.00", "Too late", "Lampe Mira"):
        assert words in page, words


def test_what_went_back_elsewhere_is_not_claimed_where_the_platform_tells_of_none(screen, ticket, order):
    assert "Nothing has gone back before." in screen.get(form_of(order, ticket)).text

    Store.objects.update(channel="kaufland", marketplace="kaufland.de")

    page = screen.get(form_of(order, ticket)).text
    assert "Nothing has gone back from here." in page
    assert "Nothing has gone back before." not in page


@pytest.mark.parametrize("state", ["shipped", "cancelled"])
def test_what_can_not_be_cancelled_any_more_has_no_form_and_says_so(screen, ticket, order, state):
    order.state = "open"
    order.save()
    assert 'name="key"' in screen.get(form_of(order, ticket, "cancel")).text
    order.state = state
    order.save()

    page = screen.get(form_of(order, ticket, "cancel")).text

    assert "An order that has been shipped or cancelled can’t be cancelled." in page
    assert 'name="key"' not in page
    assert "Left of what was paid" not in page


def test_a_refund_is_on_its_way_and_can_be_taken_back(screen, ticket, order, agent):
    answer = refund(screen, order, ticket)

    assert answer.headers["Location"] == reverse("ticket", args=[ticket.pk])
    action = Action.objects.get()
    assert (action.amount, action.reason, action.state) == (990, "REFUND_LATE", "queued")
    assert action.reason_title == "Too late"
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    assert "on its way" in page
    screen.post(reverse("action-withdrawal", args=[action.pk]))
    assert Action.objects.get().state == ActionState.WITHDRAWN


@pytest.mark.parametrize(("amount", "pieces"), [("9.90", 0), ("49.90", 1), ("60", 1), ("99.80", 2)])
def test_money_takes_whole_pieces_off_the_order_alone(screen, ticket, order, amount, pieces):
    refund(screen, order, ticket, amount=amount)

    (line,) = Action.objects.get().lines
    assert line["quantity"] == pieces


def test_an_amount_is_taken_with_a_comma_on_an_english_page(screen, ticket, order):
    refund(screen, order, ticket, amount="10,50")

    assert Action.objects.get().amount == 1050


def test_the_same_form_sent_twice_is_one_refund(screen, ticket, order):
    key = str(uuid4())
    for _ in range(2):
        refund(screen, order, ticket, key=key)

    assert Action.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"amount": "999"}, "more than is left"),
        ({"amount": ""}, "how much"),
        ({"amount": "five"}, "number"),
        ({"reason": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(screen, ticket, order, more, words):
    answer = refund(screen, order, ticket, **more)

    assert answer.status_code == 422
    assert words in answer.text
    assert not Action.objects.exists()


def test_above_the_limit_somebody_else_agrees(client, screen, ticket, order, lead):
    refund(screen, order, ticket, amount="60")
    action = Action.objects.get()
    assert "somebody else must agree" in screen.get(reverse("ticket", args=[ticket.pk])).text
    screen.post(reverse("action-approval", args=[action.pk]))
    assert Action.objects.get().state == ActionState.ASKED

    client.force_login(lead)
    waiting = client.get(reverse("approvals")).text
    assert "€60.00" in waiting
    assert "Agree" in waiting
    client.post(reverse("action-approval", args=[action.pk]))

    assert Action.objects.get().state == ActionState.QUEUED
    assert "Nothing to agree to" in client.get(reverse("approvals")).text


def test_what_the_platform_does_not_offer_has_no_form(screen, ticket, order):
    assert screen.get(form_of(order, ticket, "no-such-thing")).status_code == 404


def test_a_store_in_shadow_offers_nothing(screen, ticket, order, store):
    Store.objects.filter(pk=store.pk).update(shadow=True)

    assert "Refund …" not in screen.get(reverse("ticket", args=[ticket.pk])).text


def test_what_lies_outside_ones_scope_can_not_be_decided(blind_screen, ticket, order, lead):
    action = asked(ticket, order)

    assert blind_screen.post(reverse("action-withdrawal", args=[action.pk])).status_code == 404
    assert withdraw(action.pk, by=Actor.agent(lead.pk), at=action.asked_at)


def parcel_form(order, **given):
    """Of a platform that wants to know what is in the parcel."""
    offer = ACTIONS[OrderAction.MARK_SHIPPED]
    data = {"key": str(uuid4()), "carrier": "DHL", "tracking": "00340", **given} if given else None
    return ActionForm(data, kind=OrderAction.MARK_SHIPPED, offer=offer, reasons={}, order=order, back=None)


def test_a_parcel_holds_what_waits_unless_less_is_said(order):
    line = order.lines.get()

    (shown,) = parcel_form(order).pieces_fields()
    assert (shown[0], shown[1].value()) == (line, 2)
    form = parcel_form(order, **{f"pieces-{line.pk}": "1"})
    assert form.is_valid()
    assert form.wanted().lines == [ActionLine(external_id=line.external_id, quantity=1)]


@pytest.mark.parametrize(("typed", "words"), [("3", "less than or equal to 2"), ("0", "how many"), ("", "how many")])
def test_a_parcel_holds_neither_nothing_nor_more_than_waits(order, typed, words):
    line = order.lines.get()

    form = parcel_form(order, **{f"pieces-{line.pk}": typed})

    assert words in str(form.errors)
