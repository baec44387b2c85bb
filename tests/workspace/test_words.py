from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from tresen.workspace.words import for_scripts, time_left

NOW = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(seconds=0), "in 0 min 00 s"),
        (timedelta(minutes=4, seconds=32), "in 4 min 32 s"),
        (timedelta(minutes=9, seconds=59), "in 9 min 59 s"),
        (timedelta(minutes=10), "in 10 min"),
        (timedelta(minutes=59, seconds=59), "in 59 min"),
        (timedelta(hours=1), "in 1 h 00 min"),
        (timedelta(hours=47, minutes=5), "in 47 h 05 min"),
        (timedelta(days=2), "in 2 d 0 h"),
        (timedelta(days=3, hours=4), "in 3 d 4 h"),
        (-timedelta(seconds=1), "0 min late"),
        (-timedelta(minutes=47), "47 min late"),
        (-timedelta(hours=3, minutes=5), "3 h 05 min late"),
        (-timedelta(days=5, hours=1), "5 d 1 h late"),
    ],
)
def test_time_left_is_told_as_exactly_as_it_matters(left, words):
    with translation.override("en"):
        assert time_left(NOW + left, NOW) == words


def test_the_browser_gets_every_pattern_that_the_server_uses():
    patterns = for_scripts()

    assert {f"in_{unit}" for unit in ("seconds", "minutes", "hours", "days")} <= patterns.keys()
    assert {f"late_{unit}" for unit in ("minutes", "hours", "days")} <= patterns.keys()
