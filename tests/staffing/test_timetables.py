from datetime import UTC, date, datetime, timedelta

import pytest

from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Agent, Team
from tresen.staffing.covering import cover_team, set_shift
from tresen.staffing.models import Timetable, TimetableVersion
from tresen.staffing.plans import TimetablePlan, TimetableWrong
from tresen.staffing.rows import hours_in
from tresen.staffing.timetables import (
    change_timetable,
    create_timetable,
    current_version,
    make_default,
    plan_of,
    renew_version,
    retire_timetable,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=30)
OFFICE = TimetablePlan(
    zone="Europe/Berlin",
    week={key: [("09:00", "17:00")] for key in range(5)},
    country="DE",
    own_closed=[date(2026, 12, 31)],
    special={date(2026, 12, 24): [("09:00", "12:00")]},
)
UNITY_DAY = date(2027, 10, 3)


def office(**changes):
    return TimetablePlan(**{**{name: getattr(OFFICE, name) for name in OFFICE.__slots__}, **changes})


def create(name="Office", plan=OFFICE):
    return create_timetable(name=name, plan=plan, by=SYSTEM, at=AT)


def test_closed_days_are_resolved_when_the_timetable_is_saved():
    version = TimetableVersion.objects.get(pk=create().pk)
    assert {date(2026, 12, 31), date(2026, 12, 25), UNITY_DAY} <= set(version.closed)
    assert (min(version.closed).year, max(version.closed).year) == (2025, 2029)
    assert (version.number, version.created_at, version.zone_data[:2]) == (1, AT, "20")


def test_a_saved_timetable_counts_as_it_was_entered():
    hours = hours_in(TimetableVersion.objects.get(pk=create().pk))
    wednesday = datetime(2026, 12, 23, 15, 0, tzinfo=UTC)  # 16:00 in Berlin
    # One hour on Wednesday, three on Christmas Eve, then nothing before Monday.
    assert hours.add(wednesday, timedelta(hours=4)) == datetime(2026, 12, 24, 11, 0, tzinfo=UTC)
    assert hours.add(wednesday, timedelta(hours=5)) == datetime(2026, 12, 28, 9, 0, tzinfo=UTC)


def test_a_change_makes_a_new_version_and_leaves_the_old_one_alone():
    first = create()
    before = TimetableVersion.objects.filter(pk=first.pk).values().get()
    agent = Agent.objects.create(email="lead@shop.example", name="Lea", joined_at=AT)
    week = {key: [("08:00", "18:00")] for key in range(6)}
    second = change_timetable(first.timetable_id, plan=office(week=week), by=Actor.agent(agent.pk), at=LATER)
    assert (second.number, second.created_by_id, second.created_at) == (2, agent.pk, LATER)
    assert TimetableVersion.objects.filter(pk=first.pk).values().get() == before
    assert current_version(first.timetable_id).week["5"] == [["08:00", "18:00"]]


def test_days_keep_their_names_from_version_to_version_until_they_go():
    names = {date(2026, 12, 31): "Inventur", date(2026, 12, 24): "Heiligabend", date(2026, 12, 30): "no day of ours"}
    first = create(plan=office(names=names))
    assert first.names == {"2026-12-24": "Heiligabend", "2026-12-31": "Inventur"}
    renewed = renew_version(first, public=[UNITY_DAY], by=SYSTEM, at=LATER)
    assert (renewed.number, renewed.names) == (2, first.names)
    renamed = change_timetable(
        first.timetable_id, plan=office(own_closed=[], names={date(2026, 12, 24): "Kurz"}), by=SYSTEM, at=LATER
    )
    assert (renamed.number, renamed.names) == (3, {"2026-12-24": "Kurz"})


def test_a_change_that_changes_nothing_makes_no_version():
    first = create()
    same = change_timetable(first.timetable_id, plan=plan_of(TimetableVersion.objects.get()), by=SYSTEM, at=LATER)
    assert same.pk == first.pk
    assert TimetableVersion.objects.count() == 1


def test_holidays_stay_as_they_were_resolved_while_the_place_is_the_same():
    first = create()
    # As if an earlier edition of the holiday data had not known this day.
    kept = [day for day in first.closed if day != UNITY_DAY]
    TimetableVersion.objects.filter(pk=first.pk).update(closed=kept)
    plan = office(own_closed=[], week={0: [("09:00", "17:00")]})
    second = change_timetable(first.timetable_id, plan=plan, by=SYSTEM, at=LATER)
    assert UNITY_DAY not in second.closed
    assert date(2026, 12, 31) not in second.closed
    assert date(2026, 12, 25) in second.closed


def test_an_own_closed_day_that_is_a_holiday_too_stays_closed_without_it():
    christmas = date(2026, 12, 25)
    first = create(plan=office(own_closed=[christmas]))
    second = change_timetable(first.timetable_id, plan=office(own_closed=[]), by=SYSTEM, at=LATER)
    assert christmas in second.closed


def test_another_region_resolves_its_holidays_anew():
    first = create()
    second = change_timetable(first.timetable_id, plan=office(region="BY"), by=SYSTEM, at=LATER)
    assert date(2027, 1, 6) not in first.closed
    assert date(2027, 1, 6) in second.closed


def test_a_later_change_adds_years_and_keeps_those_before():
    first = create()
    week = {0: [("09:00", "17:00")]}
    second = change_timetable(
        first.timetable_id, plan=office(week=week), by=SYSTEM, at=datetime(2028, 1, 5, tzinfo=UTC)
    )
    assert (second.first_year, second.last_year) == (2025, 2031)
    assert set(first.closed) < set(second.closed)
    assert max(second.closed).year == 2031


def test_a_timetable_can_be_renamed():
    version = create()
    change_timetable(version.timetable_id, plan=OFFICE, name="Head  office", by=SYSTEM, at=LATER)
    timetable = Timetable.objects.get()
    assert (timetable.name, timetable.changed_at) == ("Head office", LATER)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x00b"])
def test_a_name_is_needed(name):
    with pytest.raises(TimetableWrong, match="name of at most 80"):
        create(name)


def test_a_name_is_given_once():
    create()
    with pytest.raises(TimetableWrong, match="a timetable “office” already"):
        create("office")


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(TimetableWrong) as wrong:
        create("", TimetablePlan(zone="Mars", week={}))
    assert [problem.where for problem in wrong.value.problems] == ["name", "zone", "week"]
    assert not Timetable.objects.exists()


def test_a_retired_timetable_keeps_its_versions():
    version = create()
    retire_timetable(version.timetable_id, by=SYSTEM, at=LATER)
    retire_timetable(version.timetable_id, by=SYSTEM, at=LATER + timedelta(days=1))
    assert Timetable.objects.get().retired_at == LATER
    assert current_version(version.timetable_id) == version


def test_a_timetable_in_use_is_not_retired():
    version = create()
    cover_team(Team.objects.create(name="Returns").pk, timetable_id=version.timetable_id, by=SYSTEM, at=AT)
    agent = Agent.objects.create(email="ada@shop.example", name="Ada", joined_at=AT)
    set_shift(agent.pk, timetable_id=version.timetable_id, by=SYSTEM, at=AT)
    with pytest.raises(TimetableWrong, match="Still in use by: Returns, Ada"):
        retire_timetable(version.timetable_id, by=SYSTEM, at=LATER)


def test_there_is_one_default_and_it_is_not_retired():
    office_hours, evenings = create(), create("Evenings")
    make_default(office_hours.timetable_id, by=SYSTEM, at=AT)
    make_default(evenings.timetable_id, by=SYSTEM, at=LATER)
    assert Timetable.objects.get(is_default=True).pk == evenings.timetable_id
    with pytest.raises(TimetableWrong, match="the default"):
        retire_timetable(evenings.timetable_id, by=SYSTEM, at=LATER)
    retire_timetable(office_hours.timetable_id, by=SYSTEM, at=LATER)
    with pytest.raises(TimetableWrong, match="retired"):
        make_default(office_hours.timetable_id, by=SYSTEM, at=LATER)
