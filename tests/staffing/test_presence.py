from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tresen.clock.hours import LATEST, WorkingHours
from tresen.staffing.presence import Person, Planned, TeamPlan, coverage, crew, own_hours, presences, shared_crews

TEAM = 1
OFFICE = WorkingHours("UTC", {day: [("09:00", "17:00")] for day in range(5)})
EARLY = WorkingHours("UTC", {day: [("06:00", "10:00")] for day in range(7)})
MONDAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
START = datetime(2026, 11, 23, tzinfo=UTC)


def at(day, hour):
    return START + timedelta(days=day, hours=hour)


def planned(day, *windows, team=None, zone="UTC"):
    return [Planned(day=MONDAY + timedelta(days=day), zone=zone, window=window, team=team) for window in windows]


def plan(**people):
    return TeamPlan(team=TEAM, timetable=OFFICE, people=dict(enumerate(people.values())))


def hours_of_week(hours):
    """Day and hours, as whole numbers: (0, 9, 17)."""
    found = []
    for begins, ends in hours.openings(START, START + WEEK):
        first, last = begins - START, ends - START
        found.append((first.days, first.seconds // 3600, (last - timedelta(days=first.days)) // HOUR))
    return found


USUAL = [(day, 9, 17) for day in range(5)]


def test_a_team_without_a_roster_works_by_its_timetable():
    assert coverage(plan(ada=Person(), ben=Person())) is OFFICE
    assert coverage(plan()) is OFFICE


def test_on_a_rostered_date_the_people_it_names_count_and_the_timetable_does_not():
    ada = Person(planned=planned(1, ("07:00", "09:00"), ("11:00", "13:00")))
    covered = coverage(plan(ada=ada, ben=Person()))
    assert hours_of_week(covered) == [(0, 9, 17), (1, 7, 9), (1, 11, 13), *USUAL[2:]]


def test_a_rostered_saturday_is_worked():
    covered = coverage(plan(ada=Person(planned=planned(5, ("10:00", "14:00")))))
    assert hours_of_week(covered) == [*USUAL, (5, 10, 14)]


def test_a_date_on_which_all_who_are_named_are_off_is_worked_by_nobody():
    covered = coverage(plan(ada=Person(planned=planned(2, None)), ben=Person()))
    assert hours_of_week(covered) == [*USUAL[:2], *USUAL[3:]]


def test_who_has_a_weekly_shift_and_is_not_named_works_by_it_on_a_rostered_date():
    covered = coverage(plan(ada=Person(planned=planned(1, ("12:00", "13:00"))), ben=Person(pattern=EARLY)))
    assert hours_of_week(covered) == [(0, 9, 17), (1, 6, 10), (1, 12, 13), *USUAL[2:]]


def test_what_is_planned_for_another_team_says_nothing_of_this_one():
    ada = Person(planned=planned(1, ("12:00", "13:00"), team=2), pattern=EARLY)
    assert coverage(plan(ada=ada)) is OFFICE
    both = plan(ada=ada, ben=Person(planned=planned(1, ("15:00", "16:00"), team=TEAM)))
    # Ada works for the other team on that day, so that her weekly shift does not count here.
    assert hours_of_week(coverage(both))[1] == (1, 15, 16)


def test_a_night_shift_belongs_to_the_date_on_which_it_begins():
    covered = coverage(plan(ada=Person(planned=planned(1, ("22:00", "06:00")))))
    assert hours_of_week(covered) == [(0, 9, 17), (1, 22, 30), *USUAL[2:]]


def test_an_absence_takes_its_time_from_the_roster_and_leaves_that_of_others():
    ada = Person(planned=planned(1, ("08:00", "12:00")), away=[(at(1, 10), at(2, 0))])
    assert hours_of_week(coverage(plan(ada=ada, ben=Person())))[1] == (1, 8, 10)
    ben = Person(planned=planned(1, ("11:00", "13:00")))
    assert hours_of_week(coverage(plan(ada=ada, ben=ben)))[1:3] == [(1, 8, 10), (1, 11, 13)]


def test_the_absence_of_one_of_several_leaves_the_timetable_alone_and_that_of_all_does_not():
    away = [(at(1, 12), at(3, 10))]
    assert hours_of_week(coverage(plan(ada=Person(away=away), ben=Person()))) == USUAL
    only = hours_of_week(coverage(plan(ada=Person(away=away))))
    assert only == [(0, 9, 17), (1, 9, 12), (3, 10, 17), (4, 9, 17)]
    both = hours_of_week(coverage(plan(ada=Person(away=away), ben=Person(away=[(at(1, 14), at(2, 0))]))))
    assert both == [(0, 9, 17), (1, 9, 14), (2, 9, 17), (3, 9, 17), (4, 9, 17)]


def test_when_the_only_person_is_away_until_further_notice_nobody_works_any_more():
    covered = coverage(plan(ada=Person(away=[(at(1, 0), LATEST)])))
    assert hours_of_week(covered) == [(0, 9, 17)]
    assert covered.next_open(at(2, 0)) is None
    assert covered.add(at(0, 9), 8 * HOUR) == at(0, 17)
    assert covered.add(at(0, 9), 9 * HOUR) is None


def test_the_wall_of_the_rosters_zone_counts_through_the_autumn_night():
    # In Berlin the clock goes back on 25 October 2026 at 03:00: two to three comes twice.
    night = [Planned(day=date(2026, 10, 24), zone="Europe/Berlin", window=("22:00", "06:00"))]
    covered = coverage(plan(ada=Person(planned=night)))
    (begins, ends) = covered.openings(datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC))[0]
    assert ends - begins == 9 * HOUR


def test_an_agent_works_by_the_roster_where_it_names_them_for_any_team():
    ada = Person(planned=[*planned(1, ("12:00", "14:00"), team=2), *planned(2, None)], away=[(at(3, 0), at(4, 0))])
    assert hours_of_week(own_hours(ada, OFFICE)) == [(0, 9, 17), (1, 12, 14), (4, 9, 17)]
    assert own_hours(Person(), OFFICE) is OFFICE


windows = st.sampled_from([None, ("06:00", "12:00"), ("11:00", "19:00"), ("22:00", "04:00"), ("00:00", "24:00")])
entries = st.builds(
    lambda day, window, team: planned(day, window, team=team)[0],
    st.integers(-1, 7),
    windows,
    st.sampled_from([None, TEAM, 2]),
)
absences = st.tuples(st.integers(-24, 180), st.integers(1, 72)).map(lambda two: (at(0, two[0]), at(0, sum(two))))
people = st.builds(
    Person,
    pattern=st.sampled_from([None, EARLY]),
    planned=st.lists(entries, max_size=3),
    away=st.lists(absences, max_size=2),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(people, max_size=4))
def test_a_crew_has_somebody_exactly_where_the_team_is_covered(everybody):
    made = TeamPlan(team=TEAM, timetable=OFFICE, people=dict(enumerate(everybody)))
    counted = crew(made, start=START, end=START + WEEK)
    covered = coverage(made)
    assert [(one.begins, one.ends) for one in counted.stretches if one.people < 1] == []
    for hour in range(24 * 7):
        moment = at(0, hour)
        assert (counted.people_at(moment) > 0) == bool(covered.between(moment, moment + HOUR / 60)), moment


@settings(deadline=None, max_examples=150)
@given(st.lists(people, min_size=1, max_size=4))
def test_nobody_is_at_work_while_absent(everybody):
    made = TeamPlan(team=TEAM, timetable=OFFICE, people=dict(enumerate(everybody)))
    for agent, present in presences(made, start=START, end=START + WEEK).items():
        for begins, ends in everybody[agent].away:
            assert all(closes <= begins or ends <= opens for opens, closes in present)


def test_who_works_for_two_teams_at_once_is_half_a_person_in_each():
    both = Person()
    mornings = WorkingHours("UTC", {day: [("09:00", "13:00")] for day in range(5)})
    plans = [
        TeamPlan(team=1, timetable=OFFICE, people={1: both, 2: Person()}),
        TeamPlan(team=2, timetable=mornings, people={1: both}),
    ]
    crews = shared_crews(plans, start=START, end=START + WEEK)
    assert [crews[1].people_at(at(0, hour)) for hour in (10, 14)] == [1.5, 2]
    assert [crews[2].people_at(at(0, hour)) for hour in (10, 14)] == [0.5, 0]
    worked = sum((crews[team].work_between(START, START + timedelta(days=1)) for team in crews), timedelta())
    assert worked == 16 * HOUR, "two people of eight hours, as they are"


def test_what_nobody_is_named_for_still_counts_as_one_beside_shared_people():
    plans = [TeamPlan(team=1, timetable=OFFICE, people={}), TeamPlan(team=2, timetable=OFFICE, people={1: Person()})]
    crews = shared_crews(plans, start=START, end=START + WEEK)
    assert [crews[team].people_at(at(0, 10)) for team in (1, 2)] == [1, 1]
