from datetime import UTC, datetime, timedelta

import pytest

from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Agent, Team
from tresen.staffing.covering import cover_team, drop_shift, set_shift, uncover_team
from tresen.staffing.models import Shift, TeamCoverage
from tresen.staffing.plans import TimetablePlan, TimetableWrong
from tresen.staffing.timetables import create_timetable, retire_timetable

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def timetable(name):
    plan = TimetablePlan(zone="Europe/Berlin", week={0: [("09:00", "17:00")]})
    return create_timetable(name=name, plan=plan, by=SYSTEM, at=AT).timetable_id


def test_the_last_coverage_given_to_a_team_counts():
    team = Team.objects.create(name="Returns")
    lead = Agent.objects.create(email="lea@shop.example", name="Lea", joined_at=AT)
    cover_team(team.pk, timetable_id=timetable("Office"), by=SYSTEM, at=AT)
    evenings = timetable("Evenings")
    cover_team(team.pk, timetable_id=evenings, by=Actor.agent(lead.pk), at=AT + timedelta(days=1))
    coverage = TeamCoverage.objects.get()
    assert (coverage.timetable_id, coverage.changed_by_id, coverage.changed_at) == (
        evenings,
        lead.pk,
        AT + timedelta(days=1),
    )


def test_an_agent_has_one_shift():
    agent = Agent.objects.create(email="ada@shop.example", name="Ada", joined_at=AT)
    set_shift(agent.pk, timetable_id=timetable("Office"), by=SYSTEM, at=AT)
    evenings = timetable("Evenings")
    set_shift(agent.pk, timetable_id=evenings, by=SYSTEM, at=AT)
    assert Shift.objects.get().timetable_id == evenings


def test_nobody_is_given_a_retired_timetable():
    office = timetable("Office")
    retire_timetable(office, by=SYSTEM, at=AT)
    team = Team.objects.create(name="Returns")
    for timetable_id in (office, office + 1000):
        with pytest.raises(TimetableWrong, match="no such timetable, or it is retired"):
            cover_team(team.pk, timetable_id=timetable_id, by=SYSTEM, at=AT)


def test_without_a_timetable_of_their_own_the_default_counts_again():
    team = Team.objects.create(name="Returns")
    agent = Agent.objects.create(email="ada@shop.example", name="Ada", joined_at=AT)
    office = timetable("Office")
    cover_team(team.pk, timetable_id=office, by=SYSTEM, at=AT)
    set_shift(agent.pk, timetable_id=office, by=SYSTEM, at=AT)
    uncover_team(team.pk)
    drop_shift(agent.pk)
    assert not TeamCoverage.objects.exists()
    assert not Shift.objects.exists()
