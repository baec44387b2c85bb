from datetime import timedelta

import pytest

from tresen.channels.limits import Weekday, written


def test_a_week_begins_on_monday() -> None:
    assert [day.number for day in Weekday] == list(range(7))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(minutes=90), "90 min"),
        (timedelta(hours=24), "24 h"),
        (timedelta(hours=48), "48 h"),
        (timedelta(days=7), "7 d"),
    ],
)
def test_a_length_of_time_is_written_as_the_files_write_it(span: timedelta, words: str) -> None:
    assert written(span) == words
