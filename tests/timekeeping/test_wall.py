from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tresen.timekeeping import wall
from tresen.timekeeping.wall import Pace

SPRING_NIGHT = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
TODAY = datetime(2026, 11, 28, 22, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def own_clock() -> Iterator[None]:
    yield
    wall.keep(None)


def test_without_a_pace_the_machine_tells_the_time():
    before = datetime.now(UTC)
    assert before <= wall.now() <= datetime.now(UTC)


def test_a_clock_shows_another_day_and_runs_as_fast_as_it_is_told(own_clock):
    pace = Pace(shown=SPRING_NIGHT, since=TODAY, speed=60)
    assert pace.at(TODAY) == SPRING_NIGHT
    assert pace.at(TODAY + timedelta(minutes=1)) == SPRING_NIGHT + HOUR
    assert pace.really(SPRING_NIGHT + HOUR) == TODAY + timedelta(minutes=1)


def test_everybody_who_asks_is_told_by_that_clock(own_clock):
    wall.keep(Pace(shown=SPRING_NIGHT, since=datetime.now(UTC)))
    assert SPRING_NIGHT <= wall.now() <= SPRING_NIGHT + HOUR


def test_a_pace_is_read_as_it_was_written():
    pace = Pace(shown=SPRING_NIGHT, since=TODAY, speed=2.5)
    assert Pace.parse(str(pace)) == pace


def test_times_with_any_offset_are_understood():
    assert Pace.parse("2027-03-28T01:30:00+01:00@2026-11-28T22:00:00+00:00*1").shown == SPRING_NIGHT


@pytest.mark.parametrize(
    "written",
    [
        "yesterday",
        "2027-03-28T00:30:00+00:00",
        "2027-03-28T00:30:00@2026-11-28T22:00:00+00:00*1",
        "2027-03-28T00:30:00+00:00@2026-11-28T22:00:00+00:00*0",
        "2027-03-28T00:30:00+00:00@soon*1",
    ],
)
def test_what_names_no_clock_is_refused(written):
    with pytest.raises(ValueError, match=r"must|Invalid isoformat"):
        Pace.parse(written)
