import pytest

from tests.clock import cases_add, cases_between, cases_clock_changes
from tests.clock.timetables import TIMETABLES, hours, moment

ADD = cases_add.ADD + cases_clock_changes.ADD
BETWEEN = cases_between.BETWEEN + cases_clock_changes.BETWEEN
NEAREST = cases_between.NEAREST


def test_the_table_of_hand_written_cases_is_as_long_as_promised():
    assert len(ADD) + len(BETWEEN) + len(NEAREST) >= 150


@pytest.mark.parametrize("case", ADD, ids=lambda case: f"{case[1]}: {case[0]}")
def test_work_is_due_when_it_has_been_done(case):
    _, timetable, start, worked, due = case
    assert TIMETABLES[timetable].add(moment(start), hours(worked)) == (due and moment(due))


@pytest.mark.parametrize("case", BETWEEN, ids=lambda case: f"{case[1]}: {case[0]}")
def test_only_open_hours_count(case):
    _, timetable, start, end, worked = case
    assert TIMETABLES[timetable].between(moment(start), moment(end)) == hours(worked)


@pytest.mark.parametrize("case", NEAREST, ids=lambda case: f"{case[1]}: {case[0]}")
def test_the_nearest_open_instants_are_found(case):
    _, timetable, at, before, after = case
    assert TIMETABLES[timetable].last_open_before(moment(at)) == (before and moment(before))
    assert TIMETABLES[timetable].next_open(moment(at)) == (after and moment(after))
