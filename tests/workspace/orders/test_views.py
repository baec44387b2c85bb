"""Orders are found by their number, with what was said about them."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.replies import a_ticket
from tests.factories.sales import AT
from tests.factories.shops import an_agent
from tests.workspace.orders.conftest import NUMBER
from tresen.orders.models import Order
from tresen.workspace.orders.views import PAGE


def listed(screen, **query):
    return screen.get(reverse("order-list"), query).text


def more_orders(order, count):
    Order.objects.bulk_create(
        Order(
            store=order.store,
            brand=order.brand,
            number=f"#{number}",
            state="open",
            currency="EUR",
            total=100,
            ordered_at=AT - timedelta(days=1 + number // 3),
            changed_at=AT,
        )
        for number in range(count)
    )


def test_an_order_is_found_by_its_number(screen, order):
    more_orders(order, 3)

    page = listed(screen, number=f" {NUMBER} ")

    assert NUMBER in page
    assert "Write to the buyer" in page
    assert "#2" not in page
    assert "#2" in listed(screen, number="2")
    assert "No such order" in listed(screen, number="404-404")


def test_the_newest_come_page_by_page_each_once(screen, order):
    more_orders(order, 2 * PAGE)
    seen, address = [], reverse("order-list")
    while address:
        page = screen.get(address).text
        seen += re.findall(r'<strong class="figures breaking">([^<]+)</strong>', page)
        following = re.search(r'hx-get="([^"]+after=[^"]+)"', page)
        address = html.unescape(following[1]) if following else ""
        assert not following or re.search(r'</li>\s*<li class="more">', page), "the next page takes the place of a row"

    assert len(seen) == len(set(seen)) == 2 * PAGE + 1
    assert seen[0] == NUMBER


def test_a_place_that_is_none_begins_at_the_front(screen, order):
    for wrong in ("x", "2026-01-01~1", "2026-01-01T00:00:00+00:00~x"):
        assert NUMBER in listed(screen, after=wrong)


def test_a_page_costs_the_same_however_many_orders_stand_on_it(screen, order, django_assert_max_num_queries):
    more_orders(order, PAGE)
    with django_assert_max_num_queries(16):
        listed(screen)


def test_a_row_leads_to_its_order_with_all_that_is_known_of_it(screen, order):
    order.lines.create(position=1, title="Lampe Mira", sku="LW-1", quantity=2, price=4990)
    order.fulfilments.create(external_id="1", carrier="GLS", tracking="60217", state="in_transit", shipped_at=AT)
    order.refunds.create(external_id="r", amount=980, reason="late", refunded_at=AT)
    order.ship_to, order.country = "Ida Muster\nHauptstraße 1\nDE", "DE"
    order.save()
    address = reverse("order", args=[order.pk])
    assert f'href="{address}"' in listed(screen, number=NUMBER)

    page = screen.get(address).text

    for words in (
        NUMBER, "Lampe Mira", "2&nbsp;×&nbsp;€49.90", "https://gls-group.eu/track/60217", "€9.80", "Germany",
        "Open at Amazon", "Amazon allows refunds and cancellations only in Seller Central.", "Write to the buyer",
        "No ticket that you see is about this order.",
    ):  # fmt: skip
        assert words in page, words
    assert "Refund …" not in page


def test_the_page_of_an_order_leads_to_the_tickets_about_it(screen, order):
    ticket = a_ticket(order.store)
    ticket.orders.create(store=order.store, number=order.number, order=order, source="text", primary=True)
    page = screen.get(reverse("order", args=[order.pk])).text
    assert f'href="{reverse("ticket", args=[ticket.pk])}"' in page
    assert "No ticket that you see" not in page


def test_an_order_that_one_may_not_see_has_no_page(client, order):
    client.force_login(an_agent(everything=False))
    assert client.get(reverse("order", args=[order.pk])).status_code == 404


def test_an_order_whose_buyer_has_not_written_is_found_and_shown_by_its_recipient(screen, order):
    order.ship_to = "Ida Muster\nHauptstraße 1"
    order.save()
    assert "· Ida Muster ·" in listed(screen, number="muster")


def test_the_beginning_of_a_number_finds_its_order(screen, order):
    assert NUMBER in listed(screen, number=NUMBER.rpartition("-")[0])


@pytest.mark.parametrize("few", ["302", "#12", "405-8"])
def test_too_few_characters_of_a_number_are_said_to_be_too_few(screen, order, few):
    assert "Too short for the beginning of a number" in listed(screen, number=few)


@pytest.mark.parametrize("none", ["Xaver", "302-999"])
def test_what_is_not_there_is_said_not_to_be_there(screen, order, none):
    assert "No such order" in listed(screen, number=none)
