"""The way to an order at its platform, and what can be done only there."""

import pytest
from django.urls import reverse

from tests.factories.shops import MONDAY
from tresen.channels.order_news import ReturnState
from tresen.orders.models import Case, Order, Return
from tresen.stores.back_offices import order_pages
from tresen.workspace.ticket.orders.back_office import office_shown

NUMBER = "302-1234567-7654321"


@pytest.fixture
def at_platform(store):
    """Makes an order of a store at another platform."""

    def make(channel: str, marketplace: str = "", state: str = "open", **entered: str) -> Order:
        store.channel, store.marketplace = channel, marketplace
        store.save()
        store.connection.settings = entered
        store.connection.save()
        return Order.objects.create(
            store=store, brand=store.brand, number=NUMBER, external_id="4711", state=state, currency="EUR",
            total=8990, ordered_at=MONDAY, changed_at=MONDAY,
        )  # fmt: skip

    return make


def shown(order):
    order = Order.objects.select_related("store").get(pk=order.pk)
    return office_shown(order, order_pages([order.store]))


@pytest.mark.parametrize(
    ("place", "label", "address"),
    [
        (
            {"channel": "amazon", "marketplace": "amazon.it"},
            "Open at Amazon",
            f"https://sellercentral.amazon.it/orders-v3/order/{NUMBER}",
        ),
        (
            {"channel": "ebay", "marketplace": "ebay.de"},
            "Open at eBay",
            f"https://www.ebay.de/mesh/ord/details?orderid={NUMBER}",
        ),
        (
            {"channel": "mirakl", "address": "https://market.example/"},
            "Open at Mirakl",
            f"https://market.example/mmp/shop/order/{NUMBER}",
        ),
        (
            {"channel": "shopify", "shop": "birkenhof"},
            "Open at Shopify",
            "https://birkenhof.myshopify.com/admin/orders/4711",
        ),
    ],
)
def test_an_order_has_a_way_to_its_platforms_own_page(at_platform, place, label, address):
    office = shown(at_platform(**place))
    assert (office.label, office.address) == (label, address)


@pytest.mark.parametrize("entered", [{}, {"address": "http://market.example"}, {"address": "javascript:alert(1)"}])
def test_what_was_entered_leads_nowhere_unless_it_is_safe_to_follow(at_platform, entered):
    assert shown(at_platform("mirakl", **entered)) is None


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("open", ["Amazon allows refunds and cancellations only in Seller Central."]),
        ("shipped", ["Amazon allows refunds only in Seller Central."]),
        ("pending", ["Amazon allows cancellations only in Seller Central."]),
    ],
)
def test_what_the_interface_does_not_do_is_said_as_far_as_it_may_be_wanted(at_platform, state, words):
    assert list(shown(at_platform("amazon", "amazon.de", state=state)).only) == words


def test_what_the_interface_does_is_not_said(at_platform):
    assert list(shown(at_platform("ebay", "ebay.de")).only) == []


def a_return_request(order):
    Case.objects.create(
        store=order.store, brand=order.brand, order=order, order_number=order.number, external_id="5370783280",
        kind="return_request", opened_at=MONDAY, respond_by=MONDAY,
    )  # fmt: skip


def a_return(order, number="5370783280"):
    Return.objects.create(
        store=order.store, brand=order.brand, order=order, order_number=order.number, external_id=number,
        reason="defective", state=ReturnState.REQUESTED, requested_at=MONDAY, changed_at=MONDAY,
    )  # fmt: skip


def test_a_return_that_only_a_mail_told_of_is_decided_there(at_platform):
    order = at_platform("ebay", "ebay.de", state="shipped")
    a_return_request(order)
    a_return(order, "another")
    (words,) = shown(order).only
    assert words == "eBay’s interface does not tell of this return: decide about it in Seller Hub."


def test_a_return_to_be_decided_at_amazon_is_decided_there(at_platform):
    order = at_platform("amazon", "amazon.de", state="shipped")
    a_return(order)
    assert shown(order).only[0] == "Amazon allows refunds and decisions about returns only in Seller Central."


def test_a_case_that_is_a_return_is_shown_once_with_what_can_be_decided(screen, ticket, order):
    a_return_request(order)
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    assert ("to be answered" in page, "Approve …" in page) == (True, False)
    a_return(order)
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    assert ("to be answered" in page, "Approve …" in page, "Refuse …" in page) == (False, True, True)


def test_the_card_leads_there_in_a_tab_of_its_own(screen, ticket, order):
    order.store.connection.settings |= {"address": "https://market.example"}
    order.store.connection.save()
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    link = page[page.index(f'href="https://market.example/mmp/shop/order/{order.number}"') :].partition(">")[0]
    assert 'target="_blank"' in link
    assert 'rel="noopener noreferrer"' in link
