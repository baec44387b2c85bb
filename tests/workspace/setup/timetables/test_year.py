from datetime import date

import pytest

from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.workspace.setup.timetables.year import pictures, week_shown, year_shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    plan = TimetablePlan(
        zone="Europe/Berlin",
        week={**{day: [("09:00", "12:00"), ("13:00", "17:00")] for day in range(5)}, 5: [("22:00", "06:00")]},
        country="DE",
        own_closed=[date(2026, 12, 31)],
        special={
            date(2026, 12, 24): [("09:00", "12:00")],
            date(2026, 12, 23): [],
            date(2026, 12, 19): [("10:00", "14:00")],
        },
        names={date(2026, 12, 19): "Saturday shift", date(2026, 12, 28): "Nothing"},
    )
    return create_timetable(name="Office", plan=plan, by=SYSTEM, at=MONDAY)


def day_of(months, day):
    return next(one for weeks in months[day.month - 1].weeks for one in weeks if one and one.day == day)


def test_a_year_has_twelve_months_whose_weeks_begin_on_monday(version):
    months = year_shown(version, 2026)
    days = [one for month in months for week in month.weeks for one in week if one]
    assert len(months) == 12
    assert [one.day for one in days] == [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]
    assert all(week[0] is None or week[0].day.weekday() == 0 for month in months for week in month.weeks)


@pytest.mark.parametrize(
    ("day", "kind", "title"),
    [
        (date(2026, 12, 25), "closed", "Christmas Day"),
        (date(2026, 12, 31), "closed", "own closed day"),
        (date(2026, 12, 24), "special", "own hours: 09:00–12:00"),
        (date(2026, 12, 23), "closed", "own hours: closed"),
        (date(2026, 12, 19), "special", "Saturday shift: 10:00–14:00"),
        (date(2026, 12, 28), "open", ""),
        (date(2026, 12, 22), "open", ""),
        (date(2026, 12, 20), "free", ""),
        (date(2026, 10, 3), "closed", "German Unity Day"),
    ],
)
def test_each_day_says_what_it_is(version, day, kind, title):
    shown = day_of(year_shown(version, 2026), day)
    assert (shown.kind, shown.title) == (kind, title)


def test_the_days_that_have_names_are_listed_below_their_month(version):
    assert [one.day.day for one in year_shown(version, 2026)[11].named] == [19, 23, 24, 25, 26, 31]


def test_a_week_shows_two_windows_and_a_night_that_goes_on_in_the_next_day(version):
    days = week_shown(version, date(2026, 11, 16))
    assert days[0].hours == "09:00–12:00, 13:00–17:00"
    assert days[0].bars == ((37.5, 12.5), (54.17, 16.67))
    assert (days[5].hours, days[6].hours) == ("22:00–24:00", "00:00–06:00")


def test_a_week_names_its_special_days(version):
    days = week_shown(version, date(2026, 12, 14))
    assert (days[5].name, days[5].hours) == ("Saturday shift", "10:00–14:00")


@pytest.mark.parametrize(
    ("monday", "words", "night"),
    [
        (date(2026, 3, 23), "shorter", ((0.0, 21.74),)),
        (date(2026, 10, 19), "longer", ((0.0, 28.0),)),
    ],
)
def test_the_nights_on_which_the_clocks_change_are_drawn_as_long_as_they_are(version, monday, words, night):
    sunday = week_shown(version, monday)[6]
    assert "60 minutes" in sunday.odd
    assert words in sunday.odd
    assert (sunday.hours, sunday.bars) == ("00:00–06:00", night)
    assert not week_shown(version, monday)[5].odd


def test_lord_howe_changes_by_half_an_hour():
    plan = TimetablePlan(zone="Australia/Lord_Howe", week={6: [("00:00", "24:00")]})
    version = create_timetable(name="Island", plan=plan, by=SYSTEM, at=MONDAY)
    assert "30 minutes shorter" in week_shown(version, date(2026, 9, 28))[6].odd


@pytest.mark.parametrize(
    ("asked", "year", "week"),
    [
        ({}, 2026, "?week=2026-11-09"),
        ({"year": "2027", "week": "2026-12-30"}, 2027, "?week=2026-12-21"),
        ({"year": "1066", "week": "never"}, 2025, "?week=2026-11-09"),
        ({"year": "99999"}, 2026, "?week=2026-11-09"),
    ],
)
def test_any_year_and_week_that_the_timetable_keeps_can_be_asked_for(version, asked, year, week):
    shown = pictures(version, asked, today=date(2026, 11, 18))
    assert (shown["year"], shown["week_before"]) == (year, week)
