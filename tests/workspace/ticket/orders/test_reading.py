"""What stands beside the ticket of its orders, and how it is asked for anew."""

from django.urls import reverse

from tests.factories.sales import AT
from tresen.intake.models import AskedOrder
from tresen.orders.models import Order


def test_the_order_stands_beside_the_ticket_with_what_is_on_the_shelf(screen, ticket, order):
    page = screen.get(reverse("ticket", args=[ticket.pk])).text

    for words in ("ORD-1-A", "Lampe Mira", "7 in stock", "paid", "Ask again", "Refund …", "Mark as shipped …"):
        assert words in page, words


def test_asked_for_anew_the_part_asks_for_itself_until_the_platform_has_answered(screen, ticket, order):
    Order.objects.update(told_at=AT.replace(year=2025))
    named = ticket.orders.get()

    part = screen.post(reverse("order-reading", args=[ticket.pk, named.pk]), headers={"HX-Request": "true"}).text

    assert "being asked" in part
    assert "every 2s" in part
    assert AskedOrder.objects.get().next_at is not None
    AskedOrder.objects.all().delete()
    assert "every 2s" not in screen.get(reverse("orders", args=[ticket.pk])).text


def test_without_scripts_it_leads_back_to_the_ticket(screen, ticket):
    answer = screen.post(reverse("order-reading", args=[ticket.pk, ticket.orders.get().pk]))

    assert answer.headers["Location"] == reverse("ticket", args=[ticket.pk])
    assert screen.post(reverse("order-reading", args=[ticket.pk, 10**9])).status_code == 404


def test_a_number_that_the_platform_does_not_know_is_told(screen, ticket, order):
    ticket.orders.update(order=None, number="ORD-9-A")
    AskedOrder.objects.create(store=ticket.store, number="ORD-9-A", asked_at=AT, unknown=True)

    assert "knows no order of this number" in screen.get(reverse("ticket", args=[ticket.pk])).text


def test_who_sees_nothing_sees_no_orders(blind_screen, ticket):
    assert blind_screen.get(reverse("orders", args=[ticket.pk])).status_code == 404
