from datetime import UTC, datetime

import pytest

from tresen.mail.headers.dates import read_date

NOON = datetime(2026, 11, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "Mon, 09 Nov 2026 12:00:00 +0000",
        "9 Nov 2026 13:00 +0100",
        "Mon, 9 Nov 2026 12:00:00 GMT",
        "Mon, 09 Nov 2026 07:00:00 EST",
        "Mon, 9 Nov 2026 12:00:00 -0000",
        "Mon, 09 Nov 2026 13:00:00 +0100 (CET)",
        "Mon, 9 Nov 2026 12:00:00",
        "Tue, 10 Nov 2026 02:00:00 +1400",
    ],
)
def test_a_moment_is_read_in_utc_however_it_is_written(value):
    assert read_date(value) == NOON


@pytest.mark.parametrize(
    "value",
    [
        "",
        "soon",
        "Mon, 32 Nov 2026 12:00:00 +0000",
        "9 Nov 2026 25:00 +0000",
        "9 Nov 20266 12:00 +0000",
        "9 Nov 2026 12:00 +9999",
        "1 Jan 1950 00:00 +0000",
        "\x00",
    ],
)
def test_what_is_no_moment_is_none(value):
    assert read_date(value) is None


def test_a_leap_second_is_the_second_before():
    assert read_date("31 Dec 2016 23:59:60 +0000") == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)
