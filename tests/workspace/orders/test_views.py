"""Orders are found by their number, with what was said about them."""

import html
import re
from datetime import timedelta

from django.urls import reverse

from tests.factories.sales import AT
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
    assert "No order of this number" in listed(screen, number="404-404")


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
