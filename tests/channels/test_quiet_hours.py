"""Nobody is written to at night where he is: by the wall clocks of all places in which he may be."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.channels.quiet_hours import QuietHours, awake_at
from tresen.clock import zones

NIGHT = QuietHours(begins=time(21), ends=time(8), zones=("Europe/Berlin",))
QUARTER = timedelta(minutes=15)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "awake"),
    [
        ("2026-11-16T19:59:59", "2026-11-16T19:59:59"),
        ("2026-11-16T20:00", "2026-11-17T07:00"),
        ("2026-11-17T06:59", "2026-11-17T07:00"),
        ("2026-11-17T07:00", "2026-11-17T07:00"),
        ("2026-03-28T22:00", "2026-03-29T06:00"),  # the clocks go forward that night
    ],
)
def test_in_the_morning_of_the_recipients_place_it_leaves(now: str, awake: str) -> None:
    assert awake_at(NIGHT, at(now)) == at(awake)


def test_who_may_be_anywhere_between_two_coasts_waits_for_the_later_morning() -> None:
    coasts = QuietHours(begins=time(21), ends=time(8), zones=("America/New_York", "America/Los_Angeles"))
    assert awake_at(coasts, at("2026-11-16T14:00")) == at("2026-11-16T16:00")
    assert awake_at(coasts, at("2026-11-17T02:30")) == at("2026-11-17T16:00")


def test_an_end_that_the_clocks_show_twice_is_the_second() -> None:
    until_half_past_two = QuietHours(begins=time(22), ends=time(2, 30), zones=("Europe/Berlin",))
    assert awake_at(until_half_past_two, at("2026-10-25T01:15")) == at("2026-10-25T01:30")


@given(
    st.sampled_from([("Europe/Rome",), ("America/New_York", "America/Denver"), ("Asia/Tokyo",), ()]),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.integers(1, 11),
    st.integers(0, 40_000).map(lambda quarters: at("2026-01-01T00:00") + quarters * QUARTER),
)
def test_it_waits_no_longer_than_it_is_quiet(places: tuple[str, ...], begins: time, hours: int, now: datetime) -> None:
    ends = begins.replace(hour=(begins.hour + hours) % 24)
    quiet = QuietHours(begins=begins, ends=ends, zones=places)

    def is_quiet(moment: datetime) -> bool:
        walls = [moment.astimezone(zones.zone(place)).time() for place in places]
        over = begins > ends
        return any((wall >= begins or wall < ends) if over else begins <= wall < ends for wall in walls)

    awake = awake_at(quiet, now)
    assert not is_quiet(awake)
    waiting = [now + n * QUARTER for n in range((awake - now) // QUARTER)]
    assert all(is_quiet(moment) for moment in waiting)
