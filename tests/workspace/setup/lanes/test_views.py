"""A lead shares the team out among its lanes, and reads what was passed on and why."""

import pytest
from django.urls import reverse

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store, a_team
from tresen.routing.lanes import shares_of
from tresen.routing.leasing import skip
from tresen.routing.models import Lane
from tresen.timekeeping.wall import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(lead):
    return lead.teams.get()


def shares(team, **given):
    return {f"team{team.pk}-{lane}": percent for lane, percent in given.items()}


def test_a_lead_shares_the_team_out_and_reads_it_again(by_lead, team):
    address = reverse("setup-lanes-team", args=[team.pk])
    assert by_lead.post(address, shares(team, claims=30, savable=60, lost=10)).status_code == 302
    assert shares_of([team.pk])[team.pk] == {Lane.CLAIMS: 30, Lane.SAVABLE: 60, Lane.LOST: 10}
    assert 'value="30"' in by_lead.get(reverse("setup-lanes")).text


def test_shares_that_make_no_hundred_say_so_and_keep_what_was_typed(by_lead, team):
    page = by_lead.post(reverse("setup-lanes-team", args=[team.pk]), shares(team, claims=30))
    assert page.status_code == 422
    assert "they make 30" in page.text
    assert 'value="30"' in page.text
    assert shares_of([team.pk])[team.pk] == {}


def test_another_team_is_not_a_leads_to_share_out(by_lead):
    other = a_team()
    assert by_lead.post(reverse("setup-lanes-team", args=[other.pk]), shares(other, claims=100)).status_code == 404


def test_what_was_passed_on_stands_there_with_its_reason(by_lead, lead, team):
    ticket = filed(a_store(team=team), a_message(subject="Retoure"))[0].ticket.id
    lead.everything = True
    lead.save()
    skip(ticket, agent_id=lead.pk, reason="needs_expert", at=now())
    page = by_lead.get(reverse("setup-lanes")).text
    for words in ("Retoure", lead.name, "Needs somebody who knows more"):
        assert words in page
    assert f'<a class="link" href="{reverse("ticket", args=[ticket])}"' in page
    assert f'<a class="link" href="{reverse("queue-view", args=[f"team:{team.pk}"])}"' in page
