"""A refund stands once in the order's card, with who and why."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories.acting import asked
from tests.factories.sales import AT
from tresen.accounts.actors import Actor
from tresen.actions.models import Action, ActionState
from tresen.orders.models import Order, Return
from tresen.stores.models import Store
from tresen.workspace.ticket.orders.refunds_shown import reason_words, why_back

MINUTE = timedelta(minutes=1)


@pytest.fixture
def done(ticket, order, agent):
    """A refund of ours of 9.90 that the platform took, and calls r1."""
    action = asked(ticket, order, by=Actor.agent(agent.pk))
    Action.objects.update(state=ActionState.DONE, external_id="r1", settled_at=AT + MINUTE)
    return action


def told(order, *, name="r1", amount=990):
    """The platform tells of a refund."""
    order.refunds.create(external_id=name, amount=amount, reason="REFUND_LATE", refunded_at=AT + MINUTE)
    Order.objects.update(told_at=AT + 2 * MINUTE)


def card(screen, ticket) -> str:
    return screen.get(reverse("orders", args=[ticket.pk])).text


def test_until_the_platform_tells_of_it_it_is_ours(screen, ticket, order, done):
    page = card(screen, ticket)

    assert page.count("€9.90") == 1
    assert "done" in page


@pytest.mark.parametrize("name", ["r1", "something else"])
def test_then_it_is_the_platforms_with_who_and_why(screen, ticket, order, done, name):
    told(order, name=name)

    page = card(screen, ticket)

    assert page.count("€9.90") == 1
    assert "Too late · Jana Meier · " in page


def test_a_refund_of_another_sum_is_another(screen, ticket, order, done):
    told(order, name="r9", amount=500)

    page = card(screen, ticket)

    assert "€5.00" in page
    assert "€9.90" in page


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("REFUND_DAMAGED", "Damaged"),
        ("RETURN_BROKEN_ITEM", "Broken item"),
        ("too_large", "too large"),
        ("Kulanz wegen Verspätung", "Kulanz wegen Verspätung"),
        ("buyer", "The customer wants it"),
        ("", ""),
    ],
)
def test_a_reason_is_named_where_it_is_known_and_readable_where_not(order, reason, words):
    assert reason_words(order, reason, {}) == words


@pytest.mark.parametrize(
    ("channel", "reason", "comment", "words"),
    [
        ("otto", "REFUND_COMPLAINT_ITEM", "", "Die Reklamation des Käufers war berechtigt"),
        ("otto", "RETURN_RECEIVED", "Condition A", "Es ist zurückgekommen – Zustand A"),
        ("otto", "MISDIRECTED", "HH-1", "Es ging an ein Lager von OTTO – HH-1"),
        ("otto", "REASON_OF_TOMORROW", "Condition F", "Reason of tomorrow – Condition F"),
        ("kaufland", "bad_quality", "Wackelt.", "Die Qualität ist schlecht – Wackelt."),
        ("walmart", "WRONG_SIZE/POOR_FIT", "", "Passt nicht"),
        ("walmart", "Merchandise not received", "", "Nicht angekommen"),
        ("mirakl", "bad_quality", "Condition A", "bad_quality – Condition A"),
        ("mirakl", "", "", ""),
    ],
)
def test_a_platforms_codes_are_said_in_words_and_a_buyers_words_left_alone(channel, reason, comment, words):
    order = Order(store=Store(pk=1, channel=channel))
    with translation.override("de"):
        assert why_back(order, Return(reason=reason, comment=comment), {}) == words


def test_the_card_of_an_order_says_why_in_words(screen, ticket, order):
    where = {"store": order.store, "brand": order.brand, "order_number": order.number, "external_id": "1"}
    told = {"state": "requested", "requested_at": AT, "changed_at": AT, "reason": "too_large", "comment": "Zu groß."}
    order.returns.create(**where, **told)
    assert "too large – Zu groß." in card(screen, ticket)
    assert "too large – Zu groß." in screen.get(reverse("order", args=[order.pk])).text


def test_the_operators_own_title_counts_most(order):
    assert reason_words(order, "REFUND_LATE", {(order.store_id, "REFUND_LATE"): "Zu spät"}) == "Zu spät"


def test_without_a_reason_the_time_stands_alone(screen, ticket, order):
    order.refunds.create(external_id="r2", amount=100, reason="", refunded_at=AT)

    assert '<p class="quiet"> · ' not in card(screen, ticket)
    assert '<p class="quiet">·' not in card(screen, ticket)
