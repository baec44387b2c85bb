"""A team with people, as the roster's tests need it."""

from datetime import UTC, datetime

from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent, Team, TeamMembership
from tresen.staffing.covering import cover_team
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday."""


def a_timetable(name, opens="09:00", closes="17:00", zone="UTC"):
    plan = TimetablePlan(zone=zone, week={key: [(opens, closes)] for key in range(5)})
    return create_timetable(name=name, plan=plan, by=SYSTEM, at=AT)


def a_team(name, *people, timetable=None):
    """The team's id, then its people's ids."""
    team = Team.objects.create(name=name)
    timetable = timetable or a_timetable(f"Hours of {name}")
    cover_team(team.pk, timetable_id=timetable.timetable_id, by=SYSTEM, at=AT)
    return (team.pk, *(an_agent(one, team.pk) for one in people))


def an_agent(name, *teams):
    agent = Agent.objects.create(email=f"{name}@shop.example", name=name, joined_at=AT)
    TeamMembership.objects.bulk_create([TeamMembership(team_id=team, agent=agent) for team in teams])
    return agent.pk
