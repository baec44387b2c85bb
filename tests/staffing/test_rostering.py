from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.staffing.rosters import AT, a_team, a_timetable, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Agent, TeamMembership
from tresen.staffing.covering import cover_team, set_shift
from tresen.staffing.models import RosteredShift
from tresen.staffing.queries import coverage_of, crews_of, shifts_of
from tresen.staffing.rostering import OFF, RosterWrong, clear_day, copy_week, plan_day

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def plan(agent, day, *windows, team=None, by=SYSTEM):
    plan_day(agent, day, windows, team=team, zone="UTC", by=by, at=AT)


def hours_on(day, team):
    start = AT.replace(hour=0) + (day - AT.date())
    return [(opens.hour, closes.hour) for opens, closes in coverage_of([team])[team].openings(start, start + DAY)]


def test_several_windows_of_a_day_are_planned_at_once_and_say_who_planned_them():
    team, ada = a_team("Returns", "ada")
    lead = an_agent("lea")
    plan(ada, TUESDAY, ("13:00", "16:00"), ("08:00", "10:00"), by=Actor.agent(lead))
    assert hours_on(TUESDAY, team) == [(8, 10), (13, 16)]
    assert set(RosteredShift.objects.values_list("changed_by", "changed_at")) == {(lead, AT)}


def test_a_new_plan_takes_the_place_of_the_old_one():
    team, ada = a_team("Returns", "ada")
    plan(ada, TUESDAY, ("08:00", "10:00"))
    plan(ada, TUESDAY, ("11:00", "12:00"))
    assert hours_on(TUESDAY, team) == [(11, 12)]


def test_an_agent_may_be_planned_to_be_off():
    team, ada = a_team("Returns", "ada")
    plan(ada, TUESDAY, *OFF)
    assert hours_on(TUESDAY, team) == []


def test_a_cleared_date_goes_by_the_timetable_again():
    team, ada = a_team("Returns", "ada")
    plan(ada, TUESDAY, ("08:00", "10:00"))
    clear_day(ada, TUESDAY, team=None)
    assert hours_on(TUESDAY, team) == [(9, 17)]


def test_a_shift_for_one_team_leaves_that_for_another_alone():
    returns, ada = a_team("Returns", "ada")
    claims, _ben = a_team("Claims", "ben")
    TeamMembership.objects.create(team_id=claims, agent_id=ada)
    plan(ada, TUESDAY, ("08:00", "10:00"), team=returns)
    plan(ada, TUESDAY, ("18:00", "20:00"), team=claims)
    assert (hours_on(TUESDAY, returns), hours_on(TUESDAY, claims)) == ([(8, 10)], [(18, 20)])
    plan(ada, TUESDAY, ("12:00", "13:00"))
    assert hours_on(TUESDAY, returns) == hours_on(TUESDAY, claims) == [(12, 13)]


def test_a_week_is_copied_with_its_days_off_and_replaces_what_was_planned():
    team, ada, ben = a_team("Returns", "ada", "ben")
    plan(ada, TUESDAY, ("08:00", "10:00"), ("12:00", "13:00"))
    plan(ben, TUESDAY + DAY, *OFF)
    plan(ben, TUESDAY + 9 * DAY, ("01:00", "02:00"))
    copied = copy_week(team, source=TUESDAY - DAY, target=TUESDAY + 6 * DAY, by=SYSTEM, at=AT)
    assert copied == 3
    assert hours_on(TUESDAY + 7 * DAY, team) == [(8, 10), (12, 13)]
    assert (hours_on(TUESDAY + 8 * DAY, team), hours_on(TUESDAY + 9 * DAY, team)) == ([], [(9, 17)])


def test_a_week_copied_onto_itself_stays():
    team, ada = a_team("Returns", "ada")
    plan(ada, TUESDAY, ("08:00", "10:00"))
    assert copy_week(team, source=TUESDAY - DAY, target=TUESDAY - DAY, by=SYSTEM, at=AT) == 1
    assert hours_on(TUESDAY, team) == [(8, 10)]


@pytest.mark.parametrize("windows", [[("8", "10:00")], [("09:00", "25:00")], [("09:00", "09:00")], [("1:00", "")] * 30])
def test_hours_that_are_none_are_refused_with_a_sentence(windows):
    _team, ada = a_team("Returns", "ada")
    with pytest.raises(RosterWrong, match=r"hours|windows|ends later"):
        plan(ada, TUESDAY, *windows)
    assert not RosteredShift.objects.exists()


def test_whoever_leaves_the_team_or_is_locked_out_works_for_it_no_longer():
    team, ada = a_team("Returns", "ada", "ben")[:2]
    plan(ada, TUESDAY, ("08:00", "10:00"))
    assert hours_on(TUESDAY, team) == [(8, 10)]
    Agent.objects.filter(pk=ada).update(is_active=False)
    assert hours_on(TUESDAY, team) == [(9, 17)]
    Agent.objects.filter(pk=ada).update(is_active=True)
    TeamMembership.objects.filter(agent=ada).delete()
    assert hours_on(TUESDAY, team) == [(9, 17)]


def test_an_edited_weekly_shift_is_followed_on_rostered_dates():
    team, ada, ben = a_team("Returns", "ada", "ben")
    plan(ada, TUESDAY, ("08:00", "10:00"))
    assert hours_on(TUESDAY, team) == [(8, 10)]
    set_shift(ben, timetable_id=a_timetable("Late", "18:00", "20:00").timetable_id, by=SYSTEM, at=AT)
    assert hours_on(TUESDAY, team) == [(8, 10), (18, 20)]


def test_another_timetable_is_followed_on_the_other_dates():
    team, ada = a_team("Returns", "ada")
    plan(ada, TUESDAY, ("08:00", "10:00"))
    cover_team(team, timetable_id=a_timetable("Night", "20:00", "22:00").timetable_id, by=SYSTEM, at=AT)
    assert (hours_on(TUESDAY, team), hours_on(TUESDAY + DAY, team)) == ([(8, 10)], [(20, 22)])


def test_coverage_with_a_roster_costs_one_query_once_it_is_known(django_assert_num_queries):
    teams = []
    for number in range(4):
        team, agent = a_team(f"Team {number}", f"agent{number}")
        plan(agent, TUESDAY, ("08:00", "10:00"))
        teams.append(team)
    first = coverage_of(teams)
    with django_assert_num_queries(1):
        again = coverage_of(teams)
    assert all(again[team] is first[team] for team in teams)


def test_the_crew_follows_the_roster():
    team, ada, ben = a_team("Returns", "ada", "ben")
    plan(ada, TUESDAY, ("08:00", "12:00"))
    plan(ben, TUESDAY, ("10:00", "14:00"))
    crew = crews_of([team], start=AT, end=AT + 3 * DAY)[team]
    assert [crew.people_at((AT + DAY).replace(hour=hour)) for hour in (7, 8, 10, 12, 14)] == [0, 1, 2, 1, 0]


def test_an_agent_works_when_the_roster_says():
    _team, ada = a_team("Returns", "ada")
    plan(ada, TUESDAY, ("20:00", "22:00"))
    hours = shifts_of([ada])
    tuesday = AT.replace(hour=0) + DAY
    assert [hour.hour for one in hours[ada].openings(tuesday, tuesday + DAY) for hour in one] == [20, 22]


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_plan_a_day_at_once_do_not_add_their_hours():
    (_team, agent), together = a_team("Desk", "Ada"), Barrier(2, timeout=20)

    def plan_it(window):
        try:
            for number in range(8):
                together.wait()
                plan_day(agent, date(2026, 11, 2 + number), [window], team=None, zone="UTC", by=SYSTEM, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(plan_it, [("08:00", "12:00"), ("10:00", "14:00")]))
    planned = RosteredShift.objects.filter(agent=agent)
    assert planned.count() == planned.values("day").distinct().count() == 8
