import random
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tresen.reports.histograms import CLASS_OF, Histogram, class_of

seconds = st.floats(min_value=1, max_value=400 * 86400)


def counted(times):
    histogram = Histogram()
    for time in times:
        histogram += Histogram({class_of(time): 1})
    return histogram


@given(st.lists(seconds, min_size=1, max_size=60), st.sampled_from([0.5, 0.9, 0.95, 1.0]))
def test_a_quantile_is_at_most_two_per_cent_off(times, share):
    exact = sorted(times)[max(0, -int(-share * len(times) // 1) - 1)]

    found = counted(times).quantile(share)

    assert found.total_seconds() == pytest.approx(exact, rel=0.02)


@given(st.lists(seconds), st.lists(seconds))
def test_two_added_say_what_counting_both_together_says(some, others):
    assert counted(some) + counted(others) == counted([*some, *others])


def test_nothing_counted_has_no_quantile():
    assert Histogram().quantile(0.5) is None
    assert Histogram().total == 0


def test_what_took_no_time_counts_as_a_second():
    assert class_of(0) == class_of(1) == 0
    assert Histogram({0: 1}).quantile(0.5) < timedelta(seconds=1.03)


@pytest.mark.django_db
def test_the_database_puts_times_into_the_same_classes():
    drawn = random.Random(3)  # noqa: S311 - no secret
    times = [0.0, 1.0, 59.0, 3600.0, 86400.0, *(drawn.uniform(1, 3e7) for _ in range(500))]

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CLASS_OF.format(seconds='t')} FROM unnest(%s::float8[]) AS t", [times])
        assert [number for (number,) in cursor] == [class_of(time) for time in times]
