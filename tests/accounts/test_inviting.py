from dataclasses import replace

import pytest

from tests.factories.shops import MONDAY, a_team, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.inviting import Invitation, change_agent, deactivate, invite, reactivate
from tresen.accounts.models import Agent, Role, SetupChange, TeamMembership
from tresen.accounts.wording import AccountWrong

pytestmark = pytest.mark.django_db

JANA = Invitation(email="jana@nordlicht.example", name="Jana Meier", role=Role.AGENT)


def problems(wrong):
    return [problem.where for problem in wrong.value.problems]


def test_an_invited_agent_cannot_sign_in_before_a_password_is_chosen():
    team = a_team()
    invitation = replace(JANA, teams=[team.pk], leading=[team.pk])
    agent = invite(invitation, language="de", zone="Europe/Rome", by=SYSTEM, at=MONDAY)
    agent.refresh_from_db()
    assert not agent.has_usable_password()
    assert (agent.language, agent.zone, agent.joined_at, agent.is_active) == ("de", "Europe/Rome", MONDAY, True)
    assert TeamMembership.objects.filter(agent=agent, team=team, leads=True).exists()


def test_everything_that_is_wrong_is_said_at_once():
    invite(JANA, by=SYSTEM, at=MONDAY)
    with pytest.raises(AccountWrong) as wrong:
        invite(replace(JANA, email="JANA@nordlicht.example", name=" ", teams=[99], leading=[98]), by=SYSTEM, at=MONDAY)
    assert problems(wrong) == ["email", "name", "teams", "leading"]
    with pytest.raises(AccountWrong) as wrong:
        invite(replace(JANA, email="jana at nordlicht"), by=SYSTEM, at=MONDAY)
    assert problems(wrong) == ["email"]
    assert Agent.objects.count() == 1


def test_the_history_holds_keys_and_no_personal_data():
    invite(JANA, by=SYSTEM, at=MONDAY)
    details = str(SetupChange.objects.get().details)
    assert "Jana" not in details
    assert "nordlicht" not in details


def test_teams_that_are_not_named_any_more_are_left():
    old, new = a_team(), a_team()
    agent = invite(replace(JANA, teams=[old.pk]), by=SYSTEM, at=MONDAY)
    change_agent(agent.pk, replace(JANA, teams=[new.pk], role=Role.LEAD), by=SYSTEM, at=MONDAY)
    agent.refresh_from_db()
    assert agent.role == Role.LEAD
    assert list(agent.teams.all()) == [new]


def test_the_last_admin_stays_an_admin():
    admin, other = an_agent(role=Role.ADMIN), an_agent(role=Role.ADMIN)
    no_admin = Invitation(email=admin.email, name=admin.name, role=Role.LEAD)
    deactivate(other.pk, by=Actor.agent(admin.pk), at=MONDAY)
    with pytest.raises(AccountWrong) as wrong:
        change_agent(admin.pk, no_admin, by=SYSTEM, at=MONDAY)
    assert problems(wrong) == ["role"]
    with pytest.raises(AccountWrong):
        deactivate(admin.pk, by=SYSTEM, at=MONDAY)
    reactivate(other.pk, by=SYSTEM, at=MONDAY)
    change_agent(admin.pk, no_admin, by=SYSTEM, at=MONDAY)
    admin.refresh_from_db()
    assert admin.role == Role.LEAD


def test_nobody_locks_themselves_out():
    admin = an_agent(role=Role.ADMIN)
    an_agent(role=Role.ADMIN)
    with pytest.raises(AccountWrong):
        deactivate(admin.pk, by=Actor.agent(admin.pk), at=MONDAY)
    admin.refresh_from_db()
    assert admin.is_active
