"""Whose shift it is, since when, and how much they have worked."""

from datetime import UTC, datetime, timedelta

from tresen.clock.hours import WorkingHours
from tresen.staffing.on_duty import OnDuty, on_duty
from tresen.staffing.presence import Person, TeamPlan

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
ROUND = WorkingHours("UTC", {day: [("00:00", "24:00")] for day in range(7)})
NIGHT = WorkingHours("UTC", {day: [("22:00", "08:00")] for day in range(7)})
LONG_NIGHT = WorkingHours("UTC", {day: [("22:00", "09:00")] for day in range(7)})
DAY = WorkingHours("UTC", {day: [("08:00", "12:00"), ("13:00", "17:00")] for day in range(5)})


def duty(hour: float, *teams: TeamPlan) -> OnDuty:
    at = MONDAY + hour * HOUR
    return on_duty(teams, at=at, earliest=at - 3 * HOUR)


def team(number: int = 1, timetable: WorkingHours = ROUND, **people: Person) -> TeamPlan:
    return TeamPlan(team=number, timetable=timetable, people={int(name[1:]): one for name, one in people.items()})


def test_in_the_morning_only_the_days_people_and_hours_count() -> None:
    found = duty(8.5, team(p1=Person(pattern=NIGHT), p2=Person(pattern=DAY), p3=Person(pattern=DAY)))
    assert found.since == {2: MONDAY + 8 * HOUR, 3: MONDAY + 8 * HOUR}
    assert (found.worked, found.covered) == ({1: HOUR}, {})


def test_who_stays_over_the_change_of_shift_counts_for_three_hours() -> None:
    found = duty(8.5, team(p1=Person(pattern=LONG_NIGHT), p2=Person(pattern=DAY)))
    assert found.since == {1: MONDAY + 5.5 * HOUR, 2: MONDAY + 8 * HOUR}
    assert found.worked == {1: 3.5 * HOUR}


def test_a_break_ends_no_shift_and_is_no_work() -> None:
    for hour, worked in ((12.5, 2.5), (13.5, 2)):
        found = duty(hour, team(timetable=DAY, p1=Person()))
        assert (found.since, found.worked) == ({1: MONDAY + (hour - 3) * HOUR}, {1: worked * HOUR}), hour


def test_when_all_have_gone_it_is_nobodys_shift() -> None:
    for hour in (7.99, 17, 19):
        found = duty(hour, team(timetable=DAY, p1=Person()))
        assert (found.since, found.covered, found.worked) == ({}, {}, {1: timedelta(0)}), hour


def test_who_works_for_two_teams_is_shared_and_came_to_the_first_of_them() -> None:
    early = WorkingHours("UTC", {0: [("06:00", "08:00")]})
    found = duty(9, team(1, early, p1=Person()), team(2, DAY, p1=Person()), team(3, DAY, p1=Person()))
    assert found.since == {1: MONDAY + 6 * HOUR}
    assert found.worked == {1: 2 * HOUR, 2: HOUR / 2, 3: HOUR / 2}


def test_a_team_of_nobody_in_particular_counts_from_when_it_is_covered() -> None:
    found = duty(9, team(timetable=DAY))
    assert (found.since, found.covered) == ({}, {1: MONDAY + 8 * HOUR})
    assert found.worked == {1: HOUR}
