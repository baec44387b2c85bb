from collections import Counter

from tresen.local.scenes.black_friday import BERLIN, PER_DAY, tell


def test_what_comes_in_rises_to_friday_and_again_after_the_weekend():
    days = Counter(one.at.astimezone(BERLIN).date() for one in tell().told)
    assert tuple(days[day] for day in sorted(days)) == PER_DAY


def test_nobody_works_on_sundays():
    assert all(shift.begins.weekday() != 6 for shift in tell(0.01).shifts)
