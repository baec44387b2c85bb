import pytest

from tests.clock import cases_answers, cases_changes, cases_corrections, cases_counting, cases_replies, cases_runs
from tests.clock.telling import clocks_of

STORIES = (
    cases_replies.STORIES
    + cases_answers.STORIES
    + cases_changes.STORIES
    + cases_runs.STORIES
    + cases_corrections.STORIES
    + cases_counting.STORIES
)


def test_there_are_as_many_stories_as_promised():
    assert len(STORIES) >= 100


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story[0])
def test_the_clocks_of_a_story_stand_as_a_person_worked_out(story):
    _, happened, as_of, clocks = story
    assert clocks_of(happened, as_of) == clocks


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story[0])
def test_and_just_so_when_it_is_told_backwards_and_twice(story):
    _, happened, as_of, clocks = story
    assert clocks_of([*reversed(happened), *happened], as_of) == clocks
