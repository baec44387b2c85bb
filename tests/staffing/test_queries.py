from datetime import UTC, datetime, timedelta

import pytest

from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent, Team, TeamMembership
from tresen.clock.hours import ALWAYS
from tresen.staffing.covering import cover_team, set_shift
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.queries import (
    coverage_of,
    coverage_versions,
    crews_of,
    current_versions,
    hours_of,
    listed_timetables,
    shifts_of,
)
from tresen.staffing.timetables import change_timetable, create_timetable, make_default, retire_timetable

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def plan(opens, closes):
    return TimetablePlan(zone="UTC", week={key: [(opens, closes)] for key in range(5)})


def timetable(name, opens="08:00", closes="16:00"):
    return create_timetable(name=name, plan=plan(opens, closes), by=SYSTEM, at=AT)


def team(name, timetable_id=None):
    made = Team.objects.create(name=name)
    if timetable_id:
        cover_team(made.pk, timetable_id=timetable_id, by=SYSTEM, at=AT)
    return made.pk


def test_a_team_works_by_the_newest_version_of_its_timetable():
    first = timetable("Office")
    returns = team("Returns", first.timetable_id)
    assert coverage_versions([returns]) == {returns: first.pk}
    second = change_timetable(first.timetable_id, plan=plan("10:00", "18:00"), by=SYSTEM, at=AT)
    assert coverage_versions([returns]) == {returns: second.pk}
    assert coverage_of([returns])[returns].next_open(AT) == AT + HOUR


def test_a_team_without_coverage_works_by_the_default():
    default = timetable("Office", "12:00", "13:00")
    timetable("Evenings", "18:00", "20:00")
    make_default(default.timetable_id, by=SYSTEM, at=AT)
    returns, claims = team("Returns"), team("Claims", timetable("Early", "06:00", "10:00").timetable_id)
    hours = coverage_of([returns, claims])
    assert hours[returns].next_open(AT) == AT + 3 * HOUR
    assert hours[claims].next_open(AT) == AT


def test_before_there_is_a_default_somebody_always_works():
    returns = team("Returns")
    assert coverage_versions([returns]) == {}
    assert coverage_of([returns]) == {returns: ALWAYS}


def test_an_agent_without_a_shift_works_by_the_default():
    make_default(timetable("Office", "12:00", "13:00").timetable_id, by=SYSTEM, at=AT)
    ada, ben = (
        Agent.objects.create(email=f"{name}@shop.example", name=name, joined_at=AT).pk for name in ("ada", "ben")
    )
    set_shift(ada, timetable_id=timetable("Early", "06:00", "10:00").timetable_id, by=SYSTEM, at=AT)
    hours = shifts_of([ada, ben])
    assert (hours[ada].next_open(AT), hours[ben].next_open(AT)) == (AT, AT + 3 * HOUR)


def test_the_coverage_of_a_batch_costs_one_query_once_its_hours_are_known(django_assert_num_queries):
    teams = [team(f"Team {number}", timetable(f"Hours {number}").timetable_id) for number in range(5)]
    coverage_of(teams)
    with django_assert_num_queries(1):
        assert len(coverage_of(teams)) == 5


def test_hours_are_laid_out_once_for_each_version(django_assert_num_queries):
    version = timetable("Office").pk
    with django_assert_num_queries(1):
        first = hours_of([version])[version]
    with django_assert_num_queries(0):
        assert hours_of([version])[version] is first
        assert hours_of([]) == {}


def test_an_old_version_still_counts_as_it_did():
    first = timetable("Office", "08:00", "16:00")
    second = change_timetable(first.timetable_id, plan=plan("10:00", "18:00"), by=SYSTEM, at=AT)
    hours = hours_of([first.pk, second.pk])
    assert (hours[first.pk].next_open(AT), hours[second.pk].next_open(AT)) == (AT, AT + HOUR)


def test_the_newest_versions_are_found_for_several_timetables_at_once(django_assert_num_queries):
    office, evenings = timetable("Office"), timetable("Evenings")
    newest = change_timetable(office.timetable_id, plan=plan("10:00", "18:00"), by=SYSTEM, at=AT)
    with django_assert_num_queries(1):
        found = current_versions([office.timetable_id, evenings.timetable_id])
    assert found == {office.timetable_id: newest.pk, evenings.timetable_id: evenings.pk}


def test_timetables_are_listed_by_name_in_their_newest_versions(django_assert_num_queries):
    office, evenings, old = timetable("office"), timetable("Evenings"), timetable("Old")
    retire_timetable(old.timetable_id, by=SYSTEM, at=AT)
    newest = change_timetable(office.timetable_id, plan=plan("10:00", "18:00"), by=SYSTEM, at=AT)
    with django_assert_num_queries(1):
        listed = [(version.timetable.name, version.pk) for version in listed_timetables()]
    assert listed == [("Evenings", evenings.pk), ("office", newest.pk)]


def members(team_id, *names):
    made = [Agent.objects.create(email=f"{name}@shop.example", name=name, joined_at=AT) for name in names]
    TeamMembership.objects.bulk_create([TeamMembership(team_id=team_id, agent=agent) for agent in made])
    return [agent.pk for agent in made]


def test_everybody_of_a_team_is_at_work_as_long_as_it_is_covered():
    returns = team("Returns", timetable("Office", "08:00", "16:00").timetable_id)
    ada, _ben = members(returns, "ada", "ben")
    set_shift(ada, timetable_id=timetable("Early", "06:00", "10:00").timetable_id, by=SYSTEM, at=AT)
    crew = crews_of([returns], start=AT - 9 * HOUR, end=AT + 15 * HOUR)[returns]
    assert [crew.people_at(AT.replace(hour=hour)) for hour in (7, 8, 10, 16)] == [0, 2, 1, 0]


def test_a_covered_team_has_a_crew_of_at_least_one():
    empty, late = (team(name, timetable(f"Hours of {name}").timetable_id) for name in ("Claims", "Returns"))
    (ada,) = members(late, "ada")
    set_shift(ada, timetable_id=timetable("Late", "12:00", "20:00").timetable_id, by=SYSTEM, at=AT)
    crews = crews_of([empty, late], start=AT - 9 * HOUR, end=AT + 15 * HOUR)
    for crew in crews.values():
        assert [(one.begins.hour, one.ends.hour, one.people) for one in crew.stretches] == [(8, 16, 1)]


def test_the_crews_of_many_teams_cost_as_many_queries_as_that_of_one(django_assert_num_queries):
    office, early = timetable("Office").timetable_id, timetable("Early", "06:00", "10:00").timetable_id
    teams = [team(f"Team {number}", office) for number in range(5)]
    for number, one in enumerate(teams):
        (agent,) = members(one, f"agent{number}")
        set_shift(agent, timetable_id=early, by=SYSTEM, at=AT)
    crews_of(teams, start=AT, end=AT + HOUR)
    with django_assert_num_queries(7):
        assert len(crews_of(teams, start=AT, end=AT + HOUR)) == 5
