from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tresen.clock.stretches import common, joined, without

START = datetime(2026, 11, 23, tzinfo=UTC)
MINUTES = range(121)


def at(minutes):
    return START + timedelta(minutes=minutes)


some = st.lists(st.tuples(st.integers(0, 120).map(at), st.integers(0, 120).map(at)), max_size=8)


def minutes_in(stretches):
    return {minute for minute in MINUTES if any(begins <= at(minute) < ends for begins, ends in stretches)}


def apart(stretches):
    flat = [instant for stretch in stretches for instant in stretch]
    return flat == sorted(set(flat))


@given(some)
def test_what_touches_or_overlaps_becomes_one_stretch(stretches):
    assert minutes_in(joined(stretches)) == minutes_in(stretches)
    assert apart(joined(stretches))


@given(some, some)
def test_what_two_have_in_common_lies_in_both(one, other):
    assert minutes_in(common(one, other)) == minutes_in(one) & minutes_in(other)
    assert apart(common(one, other))


@given(some, some)
def test_what_is_taken_away_is_gone_and_nothing_else(one, other):
    assert minutes_in(without(one, other)) == minutes_in(one) - minutes_in(other)
    assert apart(without(one, other))
