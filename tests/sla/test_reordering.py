"""Which policies another order really moves."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.sla.reordering import put_elsewhere


@pytest.mark.parametrize(
    ("after", "moved"),
    [
        ([1, 2, 3, 4], ()),
        ([4, 1, 2, 3], (4,)),
        ([2, 3, 4, 1], (1,)),
        ([1, 4, 2, 3], (4,)),
        ([3, 4, 1, 2], (3, 4)),
    ],
)
def test_who_is_only_passed_by_is_not_moved(after, moved):
    found = put_elsewhere([1, 2, 3, 4], after)
    assert len(found) == len(moved)
    assert set(found) in ({*moved}, {1, 2, 3, 4} - {*moved})


@given(st.permutations(range(6)))
def test_of_any_two_that_change_places_one_is_moved_and_taken_out_nothing_changes(after):
    moved = put_elsewhere(range(6), after)
    assert [one for one in after if one not in moved] == [one for one in range(6) if one not in moved]
    for first, second in combinations(after, 2):
        assert first < second or {first, second} & {*moved}
