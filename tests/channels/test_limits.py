from datetime import timedelta

import pytest

from tresen.channels.limits import Average, SendWindow, Until, Weekday, Within, as_said, written


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


def test_a_limit_with_another_time_is_of_the_same_kind() -> None:
    other, window = timedelta(hours=12), timedelta(days=30)
    noon = Until(weekday=Weekday.MONDAY, time="12:00", zone="UTC", when="bots")
    assert as_said(Within(months=1), 720) == Within(allowed=other)
    assert as_said(Within(allowed=window, calendar="office"), 720) == Within(allowed=other, calendar="office")
    assert as_said(Average(below=window, window=window), 720) == Average(below=other, window=window)
    assert as_said(SendWindow(open_for=window), 720) == SendWindow(open_for=other)
    assert as_said(noon, 720) == noon
    assert as_said(Within(allowed=window), 0) == Within(allowed=window)
