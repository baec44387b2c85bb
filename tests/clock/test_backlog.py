"""`start_by` word by word as the model says it."""

from datetime import UTC, datetime, timedelta

from tresen.clock.backlog import MARGIN, Piece, start_by, start_bys
from tresen.clock.crews import Crew

FRIDAY = datetime(2026, 11, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTES = timedelta(minutes=1)


def at(hour: float, day: int = 0) -> datetime:
    return FRIDAY + timedelta(days=day, hours=hour)


def a_crew(people: int = 1, *days: int, opens: int = 8, closes: int = 20) -> Crew:
    return Crew([(at(opens, day), at(closes, day)) for day in days or (0,) for _ in range(people)])


def test_with_nothing_before_it_work_must_begin_half_an_hour_before_the_limit():
    assert start_by(at(15), timedelta(0), a_crew()) == at(14.5)


def test_a_limit_in_the_night_counts_from_the_last_covered_minute_before_it():
    assert start_by(at(3, 1), timedelta(0), a_crew()) == at(19.5)


def test_what_is_due_before_takes_its_handling_and_a_third_more_shared_by_those_on_shift():
    alone, four = start_by(at(15), 100 * MINUTES, a_crew()), start_by(at(15), 100 * MINUTES, a_crew(4))
    assert alone == at(15) - 130 * MINUTES - MARGIN
    assert four == at(15) - 32.5 * MINUTES - MARGIN


def test_what_does_not_fit_into_the_morning_must_be_begun_the_evening_before():
    crew = a_crew(1, 0, 1)
    assert start_by(at(9, 1), 100 * MINUTES, crew) == at(20) - 70 * MINUTES - MARGIN


def test_where_nobody_has_worked_long_enough_it_is_too_late_from_the_start():
    assert start_by(at(10), 100 * HOUR, a_crew()) is None
    assert start_by(at(7), timedelta(0), a_crew()) is None


def test_each_waits_for_all_that_is_due_before_it_but_not_for_itself():
    pieces = [Piece(at(12), 10 * MINUTES), Piece(at(13), 20 * MINUTES), Piece(at(14), 3 * MINUTES)]
    found = [one.at for one in start_bys(pieces, a_crew())]
    assert found == [at(11.5), at(12.5) - 13 * MINUTES, at(13.5) - 39 * MINUTES]


def test_of_many_due_at_once_all_must_begin_when_the_last_of_them_must():
    one, other = Piece(at(12), 3 * MINUTES, tickets=40), Piece(at(12), 5 * MINUTES)
    (found,) = start_bys([one, other], a_crew())
    assert found.at == at(12) - (40 * 3 + 5 - 3) * 1.3 * MINUTES - MARGIN
    assert found.is_past(found.at)
    assert not found.is_past(found.at - MINUTES)
