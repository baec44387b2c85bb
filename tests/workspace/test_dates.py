from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from tresen.workspace.dates import clock_time, day, day_and_time, file_size, iso

NOW = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)  # a Friday, 14:00 in Berlin


@pytest.fixture(autouse=True)
def _in_berlin():
    with timezone.override(ZoneInfo("Europe/Berlin")), translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2026, 11, 20, 13, 20, tzinfo=UTC), "14:20"),
        (datetime(2026, 11, 20, 23, 5, tzinfo=UTC), "tomorrow 00:05"),
        (datetime(2026, 11, 19, 8, 5, tzinfo=UTC), "yesterday 09:05"),
        (datetime(2026, 11, 24, 17, 40, tzinfo=UTC), "Tue 18:40"),
        (datetime(2026, 12, 1, 17, 40, tzinfo=UTC), "1 Dec 18:40"),
        (datetime(2027, 1, 2, 17, 40, tzinfo=UTC), "2 Jan 2027 18:40"),
    ],
)
def test_a_time_is_as_short_as_it_can_be_without_doubt(instant, words):
    assert day_and_time(instant, NOW) == words


def test_the_agents_zone_decides_what_today_is():
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)

    assert day(late, NOW) == "Tomorrow"
    with timezone.override(ZoneInfo("America/New_York")):
        assert day(late, NOW) == "Today"
        assert clock_time(late) == "18:30"


def test_days_are_told_in_the_agents_language():
    with translation.override("de"):
        assert day(datetime(2026, 11, 5, 9, tzinfo=UTC), NOW) == "Donnerstag, 5. November"
    with translation.override("it"):
        assert day(datetime(2025, 11, 5, 9, tzinfo=UTC), NOW) == "5 novembre 2025"


def test_machines_get_the_instant_to_the_second():
    assert iso(datetime(2026, 11, 20, 13, 0, 5, 250_000, tzinfo=UTC)) == "2026-11-20T13:00:05+00:00"


def test_a_size_is_told_for_people():
    assert [file_size(size) for size in (812, 14_200, 2_340_000)] == ["812 B", "14 kB", "2.3 MB"]
    with translation.override("it"):
        assert file_size(2_340_000) == "2,3 MB"


@pytest.mark.parametrize(("language", "summer", "winter"), [("en", "CEST", "CET"), ("de", "MESZ", "MEZ")])
def test_in_the_hour_that_comes_twice_a_time_says_which_of_both_it_is(language, summer, winter):
    """DST in autumn: 02:30 comes twice, an hour apart; the minutes around it come once and say nothing."""
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    with translation.override(language):
        assert [clock_time(first), clock_time(second)] == [f"02:30 {summer}", f"02:30 {winter}"]
        assert day_and_time(second, first) == f"02:30 {winter}"
        assert clock_time(datetime(2026, 10, 24, 23, 59, tzinfo=UTC)) == "01:59"
        assert clock_time(datetime(2026, 10, 25, 2, 0, tzinfo=UTC)) == "03:00"


def test_in_spring_no_time_needs_its_zone():
    assert clock_time(datetime(2027, 3, 28, 0, 59, tzinfo=UTC)) == "01:59"
    assert clock_time(datetime(2027, 3, 28, 1, 0, tzinfo=UTC)) == "03:00"
