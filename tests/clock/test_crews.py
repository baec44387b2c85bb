from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.clock.crews import Crew, Stretch

DAY = datetime(2026, 11, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def at(hours):
    return DAY + hours * HOUR


TWO_THEN_ONE = Crew([(at(9), at(12)), (at(9), at(17)), (at(33), at(35))])
"""Two from 9 to 12, one until 17, and one the next day from 9 to 11."""


def test_people_are_counted_at_every_instant():
    assert [TWO_THEN_ONE.people_at(at(hour)) for hour in (8.99, 9, 11.99, 12, 17, 33)] == [0, 2, 2, 1, 0, 1]
    assert TWO_THEN_ONE.stretches == [
        Stretch(at(9), at(12), 2),
        Stretch(at(12), at(17), 1),
        Stretch(at(33), at(35), 1),
    ]


def test_two_people_do_in_an_hour_what_one_does_in_two():
    assert TWO_THEN_ONE.work_between(at(10), at(13)) == 5 * HOUR
    assert TWO_THEN_ONE.work_back(at(13), 5 * HOUR) == at(10)
    assert TWO_THEN_ONE.work_between(at(13), at(10)) == timedelta(0)


def test_work_that_needs_the_evening_before_begins_before_the_break():
    assert TWO_THEN_ONE.work_back(at(34), 2 * HOUR) == at(16)


def test_work_that_fits_the_morning_exactly_begins_when_the_first_comes():
    assert TWO_THEN_ONE.work_back(at(35), 2 * HOUR) == at(33)
    assert TWO_THEN_ONE.work_back(at(60), 2 * HOUR) == at(33)


def test_more_work_than_the_crew_can_do_is_never_begun_in_time():
    assert TWO_THEN_ONE.work_back(at(12), 6 * HOUR) == at(9)
    assert TWO_THEN_ONE.work_back(at(12), 6 * HOUR + MINUTE) is None
    assert Crew().work_back(at(12), MINUTE) is None


def test_no_work_may_begin_when_it_is_due():
    assert TWO_THEN_ONE.work_back(at(20), timedelta(0)) == at(20)
    with pytest.raises(ValueError, match="takes time"):
        TWO_THEN_ONE.work_back(at(20), -MINUTE)


def test_the_latest_covered_instant_is_found():
    assert [TWO_THEN_ONE.last_covered_before(at(hour)) for hour in (9, 10, 20, 33, 99)] == [
        None,
        at(10),
        at(17),
        at(17),
        at(35),
    ]


def test_who_relieves_a_colleague_leaves_no_gap():
    relieved = Crew([(at(9), at(12)), (at(12), at(15))])
    assert relieved.stretches == [Stretch(at(9), at(15), 1)]
    assert relieved.last_covered_before(at(12.5)) == at(12.5)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="has no time zone"):
        TWO_THEN_ONE.people_at(datetime(2026, 11, 23, 9))  # noqa: DTZ001 - that is the point


presences = st.lists(
    st.tuples(st.integers(0, 600), st.integers(0, 600)).map(
        lambda pair: (DAY + min(pair) * MINUTE, DAY + max(pair) * MINUTE)
    ),
    max_size=12,
)
moments = st.integers(-10, 620).map(lambda minutes: DAY + minutes * MINUTE)


def people(stretches, moment):
    return sum(begins <= moment < ends for begins, ends in stretches)


@given(presences, moments)
def test_people_agree_with_counting_them_one_by_one(stretches, moment):
    assert Crew(stretches).people_at(moment) == people(stretches, moment)


@given(presences, moments, moments)
def test_person_time_agrees_with_counting_every_minute(stretches, start, end):
    minutes = int((end - start) / MINUTE)
    counted = sum(people(stretches, start + n * MINUTE) for n in range(minutes))
    assert Crew(stretches).work_between(start, end) == counted * MINUTE


@given(presences, moments, st.timedeltas(timedelta(0), 30 * HOUR))
def test_the_latest_start_leaves_enough_time_and_a_later_one_does_not(stretches, due, effort):
    crew = Crew(stretches)
    start = crew.work_back(due, effort)
    if start is None:
        assert crew.work_between(DAY - HOUR, due) < effort
    else:
        assert start <= due
        assert crew.work_between(start, due) >= effort
        # With several people a microsecond of the day is several of work: the next start is one too late.
        assert not effort or crew.work_between(start + timedelta(microseconds=1), due) < effort


@given(presences, moments)
def test_the_latest_covered_instant_agrees_with_the_people_at_work(stretches, moment):
    crew = Crew(stretches)
    before = crew.last_covered_before(moment)
    assert (before is None) == (crew.work_between(DAY - HOUR, moment) == timedelta(0))
    assert before is None or crew.people_at(before - timedelta(microseconds=1))
    assert before is None or crew.work_between(before, moment) == timedelta(0)


def test_a_shared_person_is_a_part_of_each_crew_and_the_parts_add_up():
    half = Crew([(at(9), at(10))], [((at(9), at(12)), 2), ((at(12), at(13)), 3)])
    assert [half.people_at(at(hour)) for hour in (9, 11)] == [1.5, 0.5]
    assert half.work_between(at(9), at(13)) == HOUR + 1.5 * HOUR + HOUR / 3
    assert half.work_back(at(12), HOUR) == at(10)
    assert half.last_covered_before(at(20)) == at(13)
