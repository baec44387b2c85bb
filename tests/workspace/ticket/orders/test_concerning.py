"""What may be meant is one click away from being the ticket's order, and from not being it."""

import pytest
from django.urls import reverse

from tests.factories.acting import asked
from tresen.tickets.models import RemovedOrder, TicketOrder


@pytest.fixture
def unnamed(ticket, order):
    """The order is the buyer's, and nothing names it."""
    TicketOrder.objects.filter(ticket=ticket).delete()
    return ticket


def given(order):
    return {"store": order.store_id, "number": order.number}


def test_the_buyers_own_order_stands_there_with_why(screen, unnamed, order):
    page = screen.get(reverse("ticket", args=[unnamed.pk])).text

    for words in ("ORD-1-A", "perhaps this one", "the buyer’s latest", "It is this one", "Not this order"):
        assert words in page, words
    assert "Refund …" not in page


def test_confirmed_it_is_the_order_and_can_be_acted_on(screen, agent, unnamed, order):
    page = screen.post(reverse("order-confirmation", args=[unnamed.pk]), given(order), follow=True).text

    assert TicketOrder.objects.get(ticket=unnamed).source == "agent"
    for words in ("said by a team member", "Refund …", f"{agent.name} confirmed the order"):
        assert words in page, words
    assert "perhaps this one" not in page


def test_removed_it_is_gone_and_can_be_put_back(screen, agent, ticket, order):
    page = screen.post(reverse("order-removal", args=[ticket.pk]), given(order), follow=True).text

    assert RemovedOrder.objects.get().number == order.number
    for words in ("Said not to belong here:", "Put back", "No order", "The order named here was removed."):
        assert words in page, words
    assert f'<small class="quiet">{agent.name}, ' in page
    assert "No order is named here." not in page
    screen.post(reverse("order-confirmation", args=[ticket.pk]), given(order))
    assert TicketOrder.objects.get(ticket=ticket).order == order


def test_what_is_named_says_so(screen, ticket):
    assert "named in the message" in screen.get(reverse("ticket", args=[ticket.pk])).text


def test_an_order_that_is_no_candidate_is_not_attached_by_its_number(screen, unnamed, order):
    order.identity = None
    order.buyer_email = ""
    order.save()

    for route in ("order-confirmation", "order-removal"):
        assert screen.post(reverse(route, args=[unnamed.pk]), given(order)).status_code == 404
    assert not TicketOrder.objects.filter(ticket=unnamed).exists()


def test_what_is_being_done_about_an_order_keeps_it_here(screen, ticket, order):
    asked(ticket, order)
    page = screen.post(reverse("order-removal", args=[ticket.pk]), given(order), follow=True).text

    assert "it stays until that is settled" in page
    assert TicketOrder.objects.filter(ticket=ticket).exists()
