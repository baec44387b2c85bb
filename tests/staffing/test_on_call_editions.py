from datetime import timedelta

import pytest

from tests.staffing.rosters import AT
from tresen.staffing.on_call_editions import edition_of, openings_of

pytestmark = pytest.mark.django_db
NIGHT = AT, AT + timedelta(hours=9)
NEXT = AT + timedelta(days=1), AT + timedelta(days=1, hours=9)


def test_the_same_turns_are_the_same_edition_and_others_another():
    first = edition_of([NIGHT, NEXT])
    assert edition_of([NIGHT, NEXT]) == first != edition_of([NIGHT])


def test_an_edition_gives_back_what_it_holds():
    both, one = edition_of([NIGHT, NEXT]), edition_of([NEXT])
    assert openings_of({both, one}) == {both: [NIGHT, NEXT], one: [NEXT]}


def test_asking_for_none_asks_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert openings_of(set()) == {}
