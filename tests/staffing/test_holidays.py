from datetime import date

import pytest

from tresen.staffing.holidays import (
    countries,
    holiday_names,
    is_country,
    is_region,
    public_holidays,
    region_names,
    regions,
    years_around,
)


def test_regions_add_their_own_holidays():
    epiphany = date(2026, 1, 6)
    assert epiphany in public_holidays("DE", "BY", [2026])
    assert epiphany not in public_holidays("DE", "", [2026])


def test_only_the_asked_years_are_given():
    days = public_holidays("IT", "", [2026, 2028])
    assert {day.year for day in days} == {2026, 2028}
    assert date(2026, 8, 15) in days


def test_a_substitute_day_is_closed_too():
    # 26 December 2026 is a Saturday: in England, Monday the 28th stands in for it.
    assert date(2026, 12, 28) in public_holidays("GB", "ENG", [2026])


def test_no_country_has_no_holidays():
    assert public_holidays("", "", [2026]) == frozenset()


def test_a_timetable_keeps_last_year_and_three_years_ahead():
    assert list(years_around(2026)) == [2025, 2026, 2027, 2028, 2029]


@pytest.mark.parametrize("country", ["Germany", "de", "XX", "", "DEU", "__class__"])
def test_a_country_is_two_capital_letters_that_are_known(country):
    assert not is_country(country)
    assert regions(country) == ()


def test_regions_belong_to_their_country():
    assert {"DE", "AT", "IT"} <= set(countries())
    assert is_region("DE", "BY")
    assert not is_region("IT", "BY")


def test_holidays_have_names_in_a_language_the_data_speaks_and_else_in_their_own():
    day = date(2026, 5, 1)
    assert holiday_names("DE", "", [2026], language="de")[day] == "Erster Mai"
    assert holiday_names("DE", "", [2026], language="en")[day] == "Labor Day"
    assert holiday_names("DE", "", [2026], language="it")[day] == "Erster Mai"
    assert holiday_names("", "", [2026], language="de") == {}


def test_every_region_has_a_name_or_its_code():
    assert region_names("DE")["BY"] == "Bayern"
    assert set(region_names("IT")) == set(regions("IT"))
    assert region_names("XX") == {}


def test_a_country_is_offered_once_under_its_official_code():
    assert "GB" in countries()
    assert "UK" not in countries()
    assert is_country("UK")
    assert public_holidays("UK", "", [2026]) == public_holidays("GB", "", [2026])
