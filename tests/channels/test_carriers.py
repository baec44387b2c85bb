"""Where carriers show their parcels."""

import pytest

from tresen.channels.carriers import carriers, parcel_page


@pytest.mark.parametrize("name", ["GLS", "gls", "GLS Germany", "gls-germany"])
def test_a_carrier_is_known_by_any_of_its_names(name):
    assert parcel_page(name, "6021 754") == "https://gls-group.eu/track/6021%20754"


@pytest.mark.parametrize(("carrier", "number"), [("Somebody", "1"), ("", "1"), ("GLS", " ")])
def test_without_a_known_carrier_or_a_number_there_is_no_page(carrier, number):
    assert parcel_page(carrier, number) == ""


def test_a_number_stays_inside_its_page():
    assert parcel_page("DHL", "1&x=2#y").endswith("piececode=1%26x%3D2%23y")


def test_every_page_is_of_https_and_takes_the_number():
    assert carriers()
    for carrier in carriers():
        assert carrier.page.startswith("https://"), carrier
        assert carrier.page.count("{number}") == 1, carrier
