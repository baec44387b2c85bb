from datetime import date

import pytest

from tresen.channels.mailed.figures import Money, day_in, last_days_in, money_in, plain_amount


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("di 49,90\u00a0€ per", Money("49.90", "EUR")),
        ("rimborso 12.9 EUR avviato", Money("12.90", "EUR")),
        ("claim of $12.34.", Money("12.34", "USD")),
        ("for 1,084.50 USD.", Money("1084.50", "USD")),
        ("1.084,50 €", Money("1084.50", "EUR")),
        ("£1,049", Money("1049.00", "GBP")),
        ("¥1,200", Money("1200.00", "JPY")),
        ("R$ 99,00", Money("99.00", "BRL")),
        ("199 zł", Money("199.00", "PLN")),
        ("EUR 89,00", Money("89.00", "EUR")),
        ("1\u202f084,50 €", Money("1084.50", "EUR")),
        ("order 404-1000001-2000001", None),
        ("3 days", None),
        ("", None),
    ],
)
def test_a_sum_is_read_in_the_notation_of_its_country(text: str, money: Money | None) -> None:
    assert money_in(text, local="USD") == money


@pytest.mark.parametrize(
    ("written", "plain"),
    [("1", "1.00"), ("1,5", "1.50"), ("1.000", "1000.00"), ("1.000,5", "1000.50"), ("12,34", "12.34")],
)
def test_the_last_separator_before_one_or_two_digits_is_the_decimal_one(written: str, plain: str) -> None:
    assert plain_amount(written) == plain


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by November 20, 2026.", date(2026, 11, 20)),
        ("by Nov. 5, 2026", date(2026, 11, 5)),
        ("il 2026-11-14 per", date(2026, 11, 14)),
        ("by 05/12/2026", date(2026, 5, 12)),
        ("February 30, 2026", None),
        ("13/13/2026", None),
        ("Foobar 20, 2026", None),
        ("no day", None),
    ],
)
def test_a_day_is_read_as_platforms_write_it(text: str, day: date | None) -> None:
    assert day_in(text) == day


def test_the_first_day_counts() -> None:
    assert day_in("from November 2, 2026 until 2026-11-01") == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Please answer by December 1, 2026.", {date(2026, 12, 1): "by December 1, 2026"}),
        ("Open until 2026-12-03, please", {date(2026, 12, 3): "until 2026-12-03"}),
        ("Bitte bis zum 01.12.2026 antworten", {date(2026, 12, 1): "bis zum 01.12.2026"}),
        ("Bought on December 1, 2026", {}),
        ("by 12/01/2026", {}),
        ("by Smarch 1, 2026 or bis 31.02.2026", {}),
    ],
)
def test_a_last_day_is_one_that_can_mean_no_other(text, days):
    assert last_days_in(text) == days
