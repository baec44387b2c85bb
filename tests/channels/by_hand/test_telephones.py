"""A number means the same however it was typed; what is none stays what it is."""

import pytest

from tresen.channels.by_hand.telephones import e164, looks_like_a_number


@pytest.mark.parametrize("typed", ["030 23125 014", "+49 30 23125014", "0049-30-23125014", "(030) 23125014"])
def test_a_german_store_knows_a_number_by_all_its_spellings(typed: str) -> None:
    assert looks_like_a_number(typed)
    assert e164(typed, language="de") == "+493023125014"


def test_a_bare_number_is_of_the_country_of_the_store() -> None:
    assert e164("020 7946 0018", language="en") == "+442079460018"


@pytest.mark.parametrize("typed", ["12345", "+49 17", "000000000"])
def test_a_wrong_number_is_meant_as_one_and_is_none(typed: str) -> None:
    assert looks_like_a_number(typed)
    assert e164(typed, language="de") is None


@pytest.mark.parametrize("typed", ["Ida Muster", "Ida 2", "#1042", "ida@kundin.example"])
def test_names_and_addresses_are_no_numbers(typed: str) -> None:
    assert not looks_like_a_number(typed)
