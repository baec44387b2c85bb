"""By when a request to forget is to be carried out."""

from datetime import UTC, datetime

import pytest

from tresen.channels.erasure import due


@pytest.mark.parametrize(
    ("asked", "by"),
    [((2026, 1, 31), (2026, 2, 28)), ((2026, 11, 30), (2026, 12, 30)), ((2026, 12, 15), (2027, 1, 14))],
)
def test_a_month_or_thirty_days_whichever_ends_first(asked: tuple[int, int, int], by: tuple[int, int, int]) -> None:
    assert due(datetime(*asked, 9, tzinfo=UTC)) == datetime(*by, 9, tzinfo=UTC)
