from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tresen.clock.hours import ALWAYS, EARLIEST, LATEST, WorkingHours

OFFICE = WorkingHours("Europe/Berlin", {day: [("09:00", "17:00")] for day in range(5)})
HOUR = timedelta(hours=1)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    "window",
    [("9:00", "17:00"), ("09:00", "25:00"), ("09:60", "17:00"), ("09:00", ""), ("24:00", "24:00"), ("09:00",), (9, 17)],
)
def test_a_malformed_window_is_refused_with_a_sentence(window):
    with pytest.raises(ValueError, match=r"window .*\w"):
        WorkingHours("UTC", {0: [window]})


def test_a_day_that_no_week_has_is_refused():
    with pytest.raises(ValueError, match=r"0 \(Monday\) to 6 \(Sunday\), not 7"):
        WorkingHours("UTC", {7: [("09:00", "17:00")]})


def test_an_unknown_zone_is_refused():
    with pytest.raises(ValueError, match="Nowhere"):
        WorkingHours("Europe/Nowhere", {})


def test_a_moment_is_no_closed_day():
    with pytest.raises(ValueError, match="is a date"):
        WorkingHours("UTC", {}, closed=[utc(2026, 12, 25)])


def test_a_moment_is_no_special_day():
    with pytest.raises(ValueError, match="is a date"):
        WorkingHours("UTC", {}, special={utc(2026, 12, 25): []})


@pytest.mark.parametrize("hours", [OFFICE, ALWAYS])
def test_an_end_before_its_start_is_refused(hours):
    with pytest.raises(ValueError, match="before the start"):
        hours.between(utc(2026, 5, 4), utc(2026, 5, 3))


@pytest.mark.parametrize("hours", [OFFICE, ALWAYS])
def test_working_time_cannot_be_taken_away(hours):
    with pytest.raises(ValueError, match="not taken away"):
        hours.add(utc(2026, 5, 4), -HOUR)


@pytest.mark.parametrize("hours", [OFFICE, ALWAYS])
@pytest.mark.parametrize("ask", ["add", "between", "last_open_before", "next_open"])
def test_a_time_without_zone_is_refused(hours, ask):
    naive = datetime(2026, 5, 4)  # noqa: DTZ001
    further = {"add": [HOUR], "between": [naive]}.get(ask, [])
    with pytest.raises(ValueError, match="has no time zone"):
        getattr(hours, ask)(naive, *further)


@pytest.mark.parametrize("at", [utc(1, 1, 1), EARLIEST - HOUR, LATEST + HOUR, utc(9999, 12, 31)])
def test_a_date_that_nobody_means_is_refused_with_a_sentence(at):
    with pytest.raises(ValueError, match="from 1970 to 2199"):
        OFFICE.add(at, HOUR)


def test_what_is_not_due_before_the_end_of_counting_is_never_due():
    assert OFFICE.add(LATEST - 7 * 24 * HOUR, 1000 * HOUR) is None
    assert ALWAYS.add(LATEST - HOUR, 2 * HOUR) is None
    assert ALWAYS.add(utc(2026, 5, 4), timedelta.max) is None


def test_answers_are_in_utc_whatever_the_question_is_in():
    tokyo = timezone(9 * HOUR)
    due = OFFICE.add(datetime(2026, 5, 4, 16, tzinfo=tokyo), HOUR)  # Monday 09:00 in Berlin
    assert (due, due.tzinfo) == (utc(2026, 5, 4, 8), UTC)
    assert OFFICE.last_open_before(datetime(2026, 5, 4, 17, tzinfo=tokyo)).tzinfo is UTC


def test_an_answer_does_not_depend_on_what_was_asked_before():
    asked = WorkingHours("Europe/Berlin", {day: [("09:00", "17:00")] for day in range(5)}, closed=[date(2026, 12, 25)])
    asked.add(utc(2026, 5, 4), 10_000 * HOUR)
    asked.last_open_before(utc(1999, 12, 31))
    for at in (utc(1999, 12, 30, 7), utc(2003, 6, 1), utc(2026, 12, 24, 15), utc(2040, 2, 29)):
        fresh = WorkingHours(
            "Europe/Berlin", {day: [("09:00", "17:00")] for day in range(5)}, closed=[date(2026, 12, 25)]
        )
        assert asked.add(at, 100 * HOUR) == fresh.add(at, 100 * HOUR)
        assert asked.last_open_before(at) == fresh.last_open_before(at)
        assert asked.next_open(at) == fresh.next_open(at)


def test_microseconds_count():
    tick = timedelta(microseconds=1)
    start = utc(2026, 5, 4, 7) + tick
    assert OFFICE.between(start, utc(2026, 5, 4, 8)) == HOUR - tick
    assert OFFICE.add(start, 8 * HOUR) == utc(2026, 5, 5, 7) + tick


def test_windows_that_cover_the_whole_week_in_pieces_count_like_always():
    halves = WorkingHours("Australia/Lord_Howe", {day: [("12:00", "24:00"), ("00:00", "12:00")] for day in range(7)})
    for days in (0.25, 1, 100, 400):
        assert halves.add(utc(2026, 3, 3, 3), timedelta(days=days)) == utc(2026, 3, 3, 3) + timedelta(days=days)


def test_a_single_day_far_from_greenwich_is_found_from_any_week():
    # Monday in Kiritimati begins on Sunday in UTC, and Sunday evening in Honolulu is Monday there.
    east = WorkingHours("Pacific/Kiritimati", {}, special={date(2026, 7, 6): [("02:00", "04:00")]})
    west = WorkingHours("Pacific/Honolulu", {}, special={date(2026, 7, 5): [("20:00", "22:00")]})
    assert east.last_open_before(utc(2026, 7, 6)) == utc(2026, 7, 5, 14)
    for days in range(-100, 1):
        start = utc(2026, 7, 5) + timedelta(days=days)
        assert west.add(start, 2 * HOUR) == utc(2026, 7, 6, 8)
        assert west.last_open_before(utc(2026, 7, 13) - timedelta(days=days)) == utc(2026, 7, 6, 8)


def test_a_timetable_closed_for_a_year_is_passed_over():
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    hours = WorkingHours("Europe/Berlin", {day: [("09:00", "17:00")] for day in range(7)}, closed=year)
    assert hours.add(utc(2026, 1, 1), HOUR) == utc(2027, 1, 1, 9)
    assert hours.last_open_before(utc(2026, 12, 31)) == utc(2025, 12, 31, 16)


def test_openings_are_cut_where_one_asks_and_come_in_order():
    asked = utc(2026, 5, 1, 12), utc(2026, 5, 5, 8)  # Friday 14:00 to Tuesday 10:00 in Berlin
    assert OFFICE.openings(*asked) == [
        (utc(2026, 5, 1, 12), utc(2026, 5, 1, 15)),
        (utc(2026, 5, 4, 7), utc(2026, 5, 4, 15)),
        (utc(2026, 5, 5, 7), utc(2026, 5, 5, 8)),
    ]
    assert (
        OFFICE.openings(utc(2026, 5, 2), utc(2026, 5, 3)) == OFFICE.openings(utc(2026, 5, 4, 8), utc(2026, 5, 4)) == []
    )
    assert ALWAYS.openings(*asked) == [asked]
