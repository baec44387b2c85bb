from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clock.slow_hours import SlowHours
from tresen.clock.hours import WorkingHours

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Pacific/Apia",
    "America/St_Johns",
    "Pacific/Chatham",
    "Antarctica/Troll",
    "America/Havana",
    "Asia/Beirut",
    "UTC",
]

# Around these dates clocks change: Berlin (and Troll, by two hours; Beirut, at midnight), New York (and Havana, at
# midnight), Lord Howe, Chatham, Casablanca, Apia's missing day, a leap day.
DAYS = [
    date(2026, 3, 28),
    date(2026, 10, 24),
    date(2026, 3, 7),
    date(2026, 10, 31),
    date(2026, 4, 4),
    date(2026, 10, 3),
    date(2026, 9, 26),
    date(2026, 2, 14),
    date(2026, 3, 21),
    date(2011, 12, 29),
    date(2028, 2, 28),
    date(2026, 12, 30),
]

times = st.one_of(
    st.sampled_from(["00:00", "01:30", "02:00", "02:15", "02:30", "03:00", "24:00"]),
    st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)),
)
windows = st.lists(st.tuples(times.filter(lambda time: time != "24:00"), times), max_size=3)
near = st.integers(-2, 4)


@st.composite
def timetables(draw):
    day = draw(st.sampled_from(DAYS))
    dates = st.builds(lambda n: day + timedelta(days=n), near)
    parts = (
        draw(st.sampled_from(ZONES)),
        draw(st.dictionaries(st.integers(0, 6), windows)),
        draw(st.lists(dates, max_size=2)),
        draw(st.dictionaries(dates, windows, max_size=2)),
    )
    return day, WorkingHours(*parts), SlowHours(*parts)


def instant(day, minutes):
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)


minutes = st.integers(-1000, 4000)
quickly = settings(deadline=None)
slowly = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@slowly
@given(timetables(), minutes, st.integers(0, 3500))
def test_between_agrees_with_counting_every_minute(timetable, start, length):
    day, hours, slow = timetable
    begin, end = instant(day, start), instant(day, start + length)
    assert hours.between(begin, end) == slow.between(begin, end)


@slowly
@given(timetables(), minutes, st.integers(0, 1500))
def test_add_agrees_with_counting_every_minute(timetable, start, worked):
    day, hours, slow = timetable
    begin = instant(day, start)
    expected = slow.add(begin, timedelta(minutes=worked), give_up=begin + timedelta(days=9))
    if expected is not None:
        assert hours.add(begin, timedelta(minutes=worked)) == expected
    else:
        due = hours.add(begin, timedelta(minutes=worked))
        assert due is None or due > begin + timedelta(days=9)


@slowly
@given(timetables(), minutes)
def test_the_nearest_open_instants_agree_with_looking_at_every_minute(timetable, at):
    day, hours, slow = timetable
    moment = instant(day, at)
    far = timedelta(days=4)
    before, after = hours.last_open_before(moment), hours.next_open(moment)
    known_before = slow.last_open_before(moment, give_up=moment - far)
    known_after = slow.next_open(moment, give_up=moment + far)
    assert before == known_before if known_before else before is None or before <= moment - far
    assert after == known_after if known_after else after is None or after >= moment + far


microseconds = st.integers(0, 40 * 24 * 3600 * 10**6)


@quickly
@given(timetables(), minutes, microseconds, microseconds)
def test_adding_what_lies_between_comes_back(timetable, start, offset, worked):
    day, hours, _ = timetable
    begin = instant(day, start) + timedelta(microseconds=offset)
    due = hours.add(begin, timedelta(microseconds=worked))
    if due is not None:
        assert hours.between(begin, due) == timedelta(microseconds=worked)
        # The earliest such instant: a moment before, the work was not yet done.
        if worked:
            assert hours.between(begin, due - timedelta(microseconds=1)) < timedelta(microseconds=worked)


@quickly
@given(timetables(), minutes, microseconds, microseconds)
def test_more_work_is_never_due_earlier_and_a_later_start_never_either(timetable, start, worked, more):
    day, hours, _ = timetable
    begin = instant(day, start)
    due = hours.add(begin, timedelta(microseconds=worked))
    longer = hours.add(begin, timedelta(microseconds=worked + more))
    later = hours.add(begin + timedelta(microseconds=more), timedelta(microseconds=worked))
    for other in (longer, later):
        assert other is None or (due is not None and other >= due)


@quickly
@given(timetables(), minutes, microseconds, microseconds)
def test_a_span_is_the_sum_of_its_parts(timetable, start, first, second):
    day, hours, _ = timetable
    begin = instant(day, start)
    middle = begin + timedelta(microseconds=first)
    end = middle + timedelta(microseconds=second)
    assert hours.between(begin, middle) + hours.between(middle, end) == hours.between(begin, end)
    assert timedelta(0) <= hours.between(begin, end) <= end - begin


@quickly
@given(timetables(), minutes, st.integers(0, 20 * 24 * 60), st.lists(near, min_size=1, max_size=3))
def test_a_closed_day_lengthens_and_never_shortens(timetable, start, worked, offsets):
    day, hours, slow = timetable
    begin = instant(day, start)
    fewer = WorkingHours(
        slow.zone, slow.week, [*slow.closed, *(day + timedelta(days=n) for n in offsets)], slow.special
    )
    due, later = (each.add(begin, timedelta(minutes=worked)) for each in (hours, fewer))
    assert later is None or (due is not None and later >= due)


@pytest.mark.parametrize("zone", ZONES)
def test_every_minute_of_a_year_counts_once_around_the_clock(zone):
    hours = WorkingHours(zone, {day: [("18:00", "06:00"), ("06:00", "18:00")] for day in range(7)})
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    assert hours.between(start, end) == end - start


@quickly
@given(timetables(), minutes, st.integers(0, 6000))
def test_openings_hold_all_working_time_and_nothing_else(timetable, start, length):
    day, hours, _slow = timetable
    begin, end = instant(day, start), instant(day, start + length)
    openings = hours.openings(begin, end)
    assert sum((closes - opens for opens, closes in openings), timedelta(0)) == hours.between(begin, end)
    assert all(hours.between(opens, closes) == closes - opens for opens, closes in openings)
    assert all(before[1] < after[0] for before, after in pairwise(openings))
