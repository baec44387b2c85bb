"""What is typed as an amount of money is read as its writer means it, or not at all."""

import pytest
from django.core.exceptions import ValidationError

from tresen.workspace.amount_field import AmountField, plain_amount


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("10,50", "10.50"),
        ("10.50", "10.50"),
        ("10", "10"),
        (",5", "0.5"),
        ("12,", "12"),
        ("1,050", "1050"),
        ("1.050", "1050"),
        ("1.050,00", "1050.00"),
        ("1,050.00", "1050.00"),
        ("1'050.20", "1050.20"),
        ("1\N{NO-BREAK SPACE}050,20", "1050.20"),
        ("1.234.567", "1234567"),
        ("12345,67", "12345.67"),
    ],
)
def test_point_and_comma_mean_the_same_in_every_language(typed: str, read: str) -> None:
    assert plain_amount(typed) == read


@pytest.mark.parametrize("typed", ["1,2,3", "1,234,5", "ten", ".", "-3,2", "1.5e3", "10.50 EUR"])
def test_what_may_mean_two_things_is_no_amount(typed: str) -> None:
    with pytest.raises(ValidationError):
        AmountField(min_value=0, max_digits=12, decimal_places=2).clean(typed)


def test_a_currency_without_decimals_takes_whole_amounts_and_no_others() -> None:
    field = AmountField(min_value=0, max_digits=12, decimal_places=0)
    assert field.clean("1.500") == 1500
    with pytest.raises(ValidationError):
        field.clean("15,50")
