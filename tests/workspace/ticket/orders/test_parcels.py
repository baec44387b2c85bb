"""The way of a parcel, and where it goes."""

from datetime import timedelta

import pytest
from django.utils import translation

from tests.factories.shops import MONDAY
from tresen.orders.models import Fulfilment, Order
from tresen.workspace.ticket.orders.parcels import parcel_shown
from tresen.workspace.ticket.orders.places import address_shown


def shown(**told):
    known = {"carrier": "GLS", "tracking": "60217", "tracking_address": "", "state": "pending", **told}
    return parcel_shown(Fulfilment(external_id="1", **known), at=MONDAY)


def stages(parcel):
    return [(stage.name, stage.detail, stage.done) for stage in parcel.stages]


def test_what_was_handed_over_on_a_day_is_done_and_what_nobody_tells_of_says_so():
    parcel = shown(shipped_at=MONDAY - timedelta(minutes=5))
    (over, when, over_done), delivered = stages(parcel)
    assert (over, over_done) == ("Handed over", True)
    assert when
    assert delivered == ("Delivered", "not reported yet", False)


def test_nothing_is_reached_of_what_was_only_announced():
    assert stages(shown()) == [
        ("Handed over", "not reported yet", False),
        ("Delivered", "not reported yet", False),
    ]


def test_a_delivered_parcel_without_a_day_says_that_nobody_told_it():
    assert stages(shown(state="delivered"))[-1] == ("Delivered", "the platform does not say when", True)


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ({}, "https://gls-group.eu/track/60217"),
        ({"carrier": "Somebody"}, ""),
        ({"tracking_address": "https://shop.example/60217"}, "https://shop.example/60217"),
        ({"tracking_address": "javascript:alert(1)", "carrier": "Somebody"}, ""),
    ],
)
def test_a_number_leads_to_the_platforms_page_of_it_or_the_carriers(told, address):
    assert shown(**told).address == address


@pytest.mark.parametrize(
    ("last", "country", "language", "words"),
    [
        ("IT", "IT", "de", "Italien"),
        ("Germany", "DE", "it", "Germania"),
        ("DE", "DE", "en", "Germany"),
        ("DEU", "DE", "it", "Germania"),
        ("Hof", "DE", "de", "Hof"),
        ("IT", "", "de", "IT"),
    ],
)
def test_a_country_stands_by_its_name_in_the_readers_language(last, country, language, words):
    order = Order(ship_to=f"Ida Beispiel\nHauptstraße 1\n{last}", country=country)
    with translation.override(language):
        assert address_shown(order).splitlines() == ["Ida Beispiel", "Hauptstraße 1", words]


def test_no_address_stays_none():
    assert address_shown(Order(ship_to="", country="DE")) == ""
