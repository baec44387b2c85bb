from datetime import UTC, datetime, timedelta

from tresen.local.scenes.quiet import begun, first_minute, looked_again

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def test_what_comes_within_a_minute_is_taken_in_with_the_next():
    assert first_minute([NINE + 5 * MINUTE + SECOND, NINE + 9 * MINUTE], after=NINE) == NINE + 6 * MINUTE
    assert first_minute([NINE + 5 * MINUTE], after=NINE) == NINE + 5 * MINUTE


def test_what_is_there_already_waits_for_the_next_minute():
    assert first_minute([NINE - MINUTE], after=NINE) == NINE + MINUTE
    assert first_minute([NINE], after=NINE) == NINE + MINUTE


def test_who_looks_up_within_a_minute_is_asked_in_it():
    assert begun(NINE + 3 * MINUTE + 59 * SECOND, since=NINE) == NINE + 3 * MINUTE
    assert begun(NINE + 3 * MINUTE, since=NINE) == NINE + 3 * MINUTE


def test_who_is_idle_looks_at_the_same_second_of_every_minute():
    last = NINE + 20 * SECOND
    assert looked_again(last, NINE) == last
    assert looked_again(last, NINE + MINUTE) == last + MINUTE
    assert looked_again(last, NINE + 30 * MINUTE) == last + 30 * MINUTE
