import pytest

from tresen.channels.money import minor_units


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("49.90", "EUR", 4990), (" 1200 ", "JPY", 1200), ("0.005", "EUR", 1), (12.3, "USD", 1230), ("-3.50", "GBP", -350)],
)
def test_sums_are_counted_in_the_currencys_smallest_unit(amount: str, currency: str, minor: int) -> None:
    assert minor_units(amount, currency) == minor


@pytest.mark.parametrize("amount", ["", "free", "NaN", "1e40", "12,50"])
def test_what_is_no_sum_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="no sum"):
        minor_units(amount, "EUR")
