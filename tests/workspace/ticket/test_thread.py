"""A thread in time: days are marked, and what says the same between two messages is one line."""

from datetime import timedelta

from tests.factories.shops import MONDAY
from tresen.workspace.ticket.thread import DayShown, EventShown, EventsShown, MessageShown, with_days

HOUR = timedelta(hours=1)
NOW = MONDAY + 72 * HOUR


def event(hours: float, like: str = "Still unanswered: Jana told", *, words: str = "") -> EventShown:
    return EventShown(words=words or like, icon="siren", at=MONDAY + hours * HOUR, like=like)


def message(hours: float, number: int = 1) -> MessageShown:
    at = MONDAY + hours * HOUR
    return MessageShown(id=number, kind="message", who="customer", name="Ida", kind_words="", text="Wo?", at=at)


def lines(*items: EventShown | MessageShown) -> list[str]:
    """What stands between the days; "3 × words" where three are one."""
    return [
        f"{len(one.events)} × {one.words}" if isinstance(one, EventsShown) else getattr(one, "words", "message")
        for one in with_days(items, at=NOW)
        if not isinstance(one, DayShown)
    ]


def test_what_says_the_same_is_one_line_where_the_last_of_it_is() -> None:
    other = event(30, like="", words="Lea took this ticket")
    found = with_days([message(0), event(14), event(24), other, event(48)], at=NOW)

    folded = found[-1]
    assert isinstance(folded, EventsShown)
    assert (folded.words, folded.at, len(folded.events)) == ("Still unanswered: Jana told", MONDAY + 48 * HOUR, 3)
    assert [when for _, when in folded.events] == ["Mon 23:00", "Tue 09:00", "yesterday 09:00"]
    assert found[-2] == DayShown(words="Yesterday")
    assert found[-3] == other


def test_every_one_is_kept_within_with_its_own_words() -> None:
    found = with_days([event(14, words="Still unanswered: Jana (from Tue 08:00) told"), event(24)], at=NOW)

    folded = found[-1]
    assert isinstance(folded, EventsShown)
    words = [one.words for one, _ in folded.events]
    assert words == ["Still unanswered: Jana (from Tue 08:00) told", "Still unanswered: Jana told"]


def test_what_says_something_else_or_stands_for_itself_is_not_folded() -> None:
    assert lines(event(14), event(24, "Still unanswered: Lea told"), event(25)) == [
        "Still unanswered: Lea told",
        "2 × Still unanswered: Jana told",
    ]
    assert lines(event(1, "", words="Lea took this ticket"), event(2, "", words="Lea took this ticket")) == [
        "Lea took this ticket",
        "Lea took this ticket",
    ]


def test_a_message_begins_anew() -> None:
    assert lines(event(14), event(16), message(20), event(30)) == [
        "2 × Still unanswered: Jana told",
        "message",
        "Still unanswered: Jana told",
    ]


def test_one_alone_stays_a_line() -> None:
    assert with_days([event(71)], at=NOW) == [DayShown(words="Today"), event(71)]
