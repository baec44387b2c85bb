from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tresen.intake.limiting import KEPT, Limit, count_attempt
from tresen.intake.models import Attempts

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def limit(who="address:1:192.0.2.1", most=2, span=QUARTER):
    return Limit(who=who, most=most, span=span)


def test_so_many_pass_and_the_next_is_told_how_long_to_wait():
    assert [count_attempt([limit()], at=AT) for _ in range(3)] == [None, None, timedelta(minutes=10)]


def test_when_the_span_is_over_it_begins_anew():
    for _ in range(5):
        count_attempt([limit()], at=AT)
    assert count_attempt([limit()], at=AT + timedelta(minutes=10)) is None


def test_each_is_counted_for_itself():
    store = limit("store:1", most=1, span=timedelta(hours=1))
    assert count_attempt([limit(), store], at=AT) is None
    assert count_attempt([limit(), store], at=AT) == timedelta(minutes=55)
    assert count_attempt([limit("address:1:192.0.2.2")], at=AT) is None


def test_who_used_up_his_own_limit_does_not_use_up_the_one_that_everybody_shares():
    store = limit("store:1", most=3)
    assert all(count_attempt([limit(most=1), store], at=AT) for _ in range(10)) is False
    assert count_attempt([limit("address:1:192.0.2.2"), store], at=AT) is None


def test_nobody_can_be_read_from_what_is_counted():
    count_attempt([limit()], at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(bucket, 'escape') FROM intake_attempts")
        (bucket,) = cursor.fetchone()
    assert "192.0.2" not in bucket
    assert len(bytes(Attempts.objects.get().bucket)) == 32


def test_what_is_long_over_is_forgotten():
    count_attempt([limit()], at=AT)
    count_attempt([limit()], at=AT + KEPT + QUARTER)
    assert Attempts.objects.count() == 1
