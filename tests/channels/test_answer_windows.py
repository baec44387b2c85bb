from datetime import UTC, datetime, timedelta

from tresen.channels.answer_windows import AnswerWindow, window_for
from tresen.channels.limits import Author

HEARD = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANYBODY = AnswerWindow(
    key="standard", title="Anybody", authors=frozenset(Author), closes_at=HEARD + timedelta(hours=24)
)
PEOPLE = AnswerWindow(
    key="human", title="People", authors=frozenset({Author.PERSON}), closes_at=HEARD + timedelta(days=7)
)
WINDOWS = (ANYBODY, PEOPLE)


def test_the_first_to_close_is_used_as_long_as_it_is_open() -> None:
    assert window_for(WINDOWS, Author.PERSON, HEARD) == ANYBODY
    assert window_for(WINDOWS[::-1], Author.PERSON, ANYBODY.closes_at - timedelta(microseconds=1)) == ANYBODY


def test_only_people_go_through_the_second() -> None:
    assert window_for(WINDOWS, Author.PERSON, ANYBODY.closes_at) == PEOPLE
    for author in set(Author) - {Author.PERSON}:
        assert window_for(WINDOWS, author, ANYBODY.closes_at) is None


def test_what_has_closed_is_closed_for_all() -> None:
    assert window_for(WINDOWS, Author.PERSON, PEOPLE.closes_at) is None
    assert window_for((), Author.PERSON, HEARD) is None
