"""An order is put to a ticket by its number: one that is known, or one that the platform is asked for."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.sales import AT
from tests.factories.shops import a_store
from tresen.intake.asked_orders import read_asked
from tresen.intake.models import AskedOrder
from tresen.orders.models import Order
from tresen.stores.models import StoreConnection
from tresen.tickets.models import RemovedOrder, TicketOrder


@pytest.fixture
def bare(ticket, order):
    """Nothing names an order, and the buyer has none."""
    TicketOrder.objects.filter(ticket=ticket).delete()
    Order.objects.update(identity=None, buyer_email="")
    return ticket


def add(screen, ticket, number):
    return screen.post(reverse("order-addition", args=[ticket.pk]), {"number": number}, follow=True).text


def another(store, number):
    return Order.objects.create(
        store=store, brand=store.brand, number=number, state="open", currency="EUR", total=100, ordered_at=AT,
        changed_at=AT,
    )  # fmt: skip


def test_without_an_order_its_number_can_be_typed(screen, bare):
    page = screen.get(reverse("ticket", args=[bare.pk])).text
    assert "No order is named here." in page
    assert page.count(reverse("order-addition", args=[bare.pk])) == 2  # the form, and the same for htmx
    assert "Add an order" not in page


def test_with_one_another_can_be_added_below(screen, ticket):
    assert "Add an order" in screen.get(reverse("ticket", args=[ticket.pk])).text


def test_an_order_that_is_known_is_the_tickets(screen, agent, bare, order):
    page = add(screen, bare, f" {order.number} ")

    named = TicketOrder.objects.get(ticket=bare)
    assert (named.order, named.source) == (order, "agent")
    for words in ("said by a team member", "Refund …", f"{order.number} belongs to this ticket."):
        assert words in page, words


def test_that_is_undone_with_not_this_order(screen, bare, order):
    add(screen, bare, order.number)
    screen.post(reverse("order-removal", args=[bare.pk]), {"store": order.store_id, "number": order.number})
    assert not TicketOrder.objects.filter(ticket=bare).exists()
    assert RemovedOrder.objects.get().removed_by is not None


def test_the_order_of_the_tickets_own_store_is_meant_before_others(screen, bare, order):
    another(a_store("shopify"), order.number)
    add(screen, bare, order.number)
    assert TicketOrder.objects.get(ticket=bare).order == order


def test_an_order_of_another_store_is_found_too_unless_several_have_it(screen, bare):
    elsewhere = another(a_store("shopify"), "#1042")
    add(screen, bare, "1042")
    assert TicketOrder.objects.get(ticket=bare).order == elsewhere

    TicketOrder.objects.all().delete()
    another(a_store("shopify"), "#1042")
    assert "Several stores have an order 1042" in add(screen, bare, "1042")
    assert not TicketOrder.objects.filter(ticket=bare).exists()


def test_the_beginning_of_a_number_is_enough_where_one_order_begins_so(screen, bare, store):
    known = another(store, "67075830-A")
    add(screen, bare, "67075830")
    assert TicketOrder.objects.get(ticket=bare).order == known


def test_what_is_not_known_is_asked_of_the_platform_and_waits(screen, bare):
    page = add(screen, bare, "ORD-UNKNOWN")
    assert "The platform is being asked" in page
    assert "The customer names this order" not in page
    asked_at = AskedOrder.objects.get(number="ORD-UNKNOWN").next_at

    read_asked(asked_at + timedelta(seconds=1))
    page = screen.get(reverse("ticket", args=[bare.pk])).text
    assert "The platform knows no order of this number." in page


def test_where_nobody_can_be_asked_the_agent_is_told(screen, bare):
    StoreConnection.objects.all().delete()
    page = add(screen, bare, "ORD-UNKNOWN")
    assert "has no platform to be asked" in page
    assert not TicketOrder.objects.filter(ticket=bare).exists()


def test_nothing_typed_is_no_order(screen, bare):
    assert "Type the order’s number." in add(screen, bare, " ")
    assert not TicketOrder.objects.filter(ticket=bare).exists()
