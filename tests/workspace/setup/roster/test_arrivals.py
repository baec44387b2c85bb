"""Messages by the hour, against when somebody works."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tresen.board.hourly import HOURS
from tresen.workspace.setup.roster.arrivals import arrivals_of

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 11, 17)


def at(hour, minute=0, day=DAY):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def day_of(hours, works, day=DAY):
    expected = [float(hours.get(hour, 0)) for hour in range(HOURS)]
    return arrivals_of(expected, day, works, zone=BERLIN, highest=max(expected))


def test_what_comes_while_nobody_works_is_a_gap_with_its_hours():
    shown = day_of({3: 0.25, 10: 8, 18: 2, 20: 1.25}, [(at(9), at(17))])
    assert shown.messages == 12  # 11.5
    assert shown.gaps == (("17:00–24:00", 3),)
    assert [hour for hour, each in enumerate(shown.hours) if each.covered] == list(range(9, 17))
    assert [shown.hours[hour].height for hour in (10, 18, 3)] == [100, 25, 3.1]


def test_a_break_is_a_gap_too_and_counts_its_part_of_an_hour():
    shown = day_of({12: 4}, [(at(9), at(12, 30)), (at(13), at(17))])
    assert shown.gaps == (("12:30–13:00", 2),)
    assert not shown.hours[12].covered


def test_a_day_on_which_nobody_works_is_one_gap():
    assert day_of({10: 3, 22: 1}, []).gaps == (("00:00–24:00", 4),)


def test_where_somebody_always_works_there_is_no_gap():
    shown = day_of(dict.fromkeys(range(HOURS), 1), [(at(0), at(0, day=date(2026, 11, 18)))])
    assert (shown.messages, shown.gaps) == (24, ())


def test_a_day_that_is_not_known_yet_shows_nothing():
    assert arrivals_of(None, DAY, [], zone=BERLIN, highest=1) is None


def test_where_no_message_comes_the_day_is_empty_and_has_no_gap():
    shown = day_of({}, [])
    assert (shown.messages, shown.gaps, {each.height for each in shown.hours}) == (0, (), {0})


def test_the_hour_that_a_night_in_spring_leaves_out_holds_nothing():
    spring = date(2027, 3, 28)
    shown = day_of({2: 5, 3: 2}, [], day=spring)
    assert shown.gaps == (("00:00–24:00", 2),)
    assert len(shown.hours) == HOURS
