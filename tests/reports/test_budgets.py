from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.channels.dated_data import Mark
from tresen.channels.health_measures import Bound, HealthMeasure, Side, Tells
from tresen.reports.budgets import Held, budget, misses_allowed, pace

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def a_measure(tells, side, value):
    return HealthMeasure(
        platform="amazon",
        key="rate",
        title="Rate",
        tells=tells,
        limit="response_rate",
        window=timedelta(days=30),
        wanted=Bound(side, value),
        valid_from=date(2026, 1, 1),
        checked=date(2026, 11, 22),
        sources=("a page",),
        sure=Mark.DOCUMENTED,
    )


AMAZON = a_measure(Tells.LATE, Side.BELOW, 10)
WALMART = a_measure(Tells.IN_TIME, Side.AT_LEAST, 95)


@pytest.mark.parametrize(
    ("measure", "whole", "allowed"),
    [(AMAZON, 100, 9), (AMAZON, 101, 10), (AMAZON, 9, 0), (AMAZON, 0, 0), (WALMART, 100, 5), (WALMART, 19, 0)],
)
def test_so_many_of_a_window_may_be_missed(measure, whole, allowed):
    assert misses_allowed(measure, whole) == allowed


@given(st.sampled_from([AMAZON, WALMART]), st.integers(1, 5000))
def test_one_miss_more_than_allowed_is_one_too_many(measure, whole):
    allowed = misses_allowed(measure, whole)

    def content(missed):
        return budget(measure, Held(in_time=whole - missed, missed=[NOW] * missed)).figure

    assert measure.wanted.holds(round(content(allowed), 9))
    assert not measure.wanted.holds(round(content(allowed + 1), 9))


def test_what_is_open_counts_as_a_message_that_may_still_be_missed():
    found = budget(AMAZON, Held(in_time=80, missed=[NOW] * 3, open=20))

    assert (found.allowed, found.left) == (10, 7)
    assert found.figure == pytest.approx(100 * 3 / 83)
    assert found.if_all_answered == pytest.approx(100 * 3 / 103)
    assert found.if_all_missed == pytest.approx(100 * 23 / 103)
    assert found.recovers_at is None


def test_a_store_recovers_in_the_hour_in_which_enough_old_misses_have_left_the_window():
    missed = [NOW - timedelta(days=day) for day in (1, 29, 12, 20)]
    found = budget(AMAZON, Held(in_time=16, missed=missed))

    assert (found.allowed, found.left) == (1, -3)
    assert found.recovers_at == NOW - timedelta(days=12) + timedelta(days=30)


def test_a_budget_is_nearly_spent_when_less_than_a_fifth_is_left():
    assert not budget(AMAZON, Held(in_time=93, missed=[NOW] * 8)).nearly_spent
    assert budget(AMAZON, Held(in_time=92, missed=[NOW] * 9)).nearly_spent
    assert budget(AMAZON, Held(in_time=80, missed=[NOW] * 20)).nearly_spent


def test_nothing_counted_has_no_figure_and_no_alarm():
    found = budget(WALMART, Held(in_time=0))

    assert (found.figure, found.left, found.nearly_spent) == (None, 0, False)


def test_a_budget_of_none_that_nothing_was_taken_from_is_not_nearly_spent():
    found = budget(AMAZON, Held(in_time=5))

    assert (found.allowed, found.left, found.nearly_spent) == (0, 0, False)


def test_an_average_has_room_for_the_hours_that_open_answers_may_still_take():
    found = pace(Bound(Side.AT_MOST, 24), answered=3, took=timedelta(hours=30), open_now=1, waited=timedelta(hours=6))

    assert (found.figure, found.room) == (10, 4 * 24 - 36)
