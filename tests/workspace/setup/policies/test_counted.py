"""The number of open tickets beside a policy, and the list behind it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories.replies import a_ticket
from tests.factories.shops import a_store
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import TeamMembership
from tresen.sla.editing import add_policy
from tresen.sla.models import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy():
    targets = {"first_reply": {"minutes": 480, "hours": "always"}}
    since = datetime.now(UTC) - timedelta(days=9)
    return add_policy(name="All", conditions={}, targets=targets, by=SYSTEM, at=since).policy_id


def tickets_of_two_teams(lead):
    at, mine, other = datetime.now(UTC) - timedelta(hours=1), a_store(), a_store()
    TeamMembership.objects.create(team=mine.default_team, agent=lead)
    return a_ticket(mine, at=at, subject="Wo ist meine Lampe?"), a_ticket(other, at=at, subject="Rechnung fehlt")


def test_only_what_the_reader_may_see_is_counted_and_the_number_leads_to_it(by_lead, by_admin, lead, policy):
    seen, _hidden = tickets_of_two_teams(lead)
    address = reverse("setup-policy-tickets", args=[policy])
    for reader, many in ((by_lead, "1 open ticket counts"), (by_admin, "2 open tickets count")):
        page = reader.get(reverse("setup-policies")).text
        assert re.search(rf'href="{address}">{many} by it</a>', page)
        assert "that you may see" in page
    listed = by_lead.get(address).text.split('id="tickets"')[1]
    assert reverse("ticket", args=[seen.pk]) in listed
    assert "Rechnung fehlt" not in listed
    assert by_admin.get(address).text.split('id="tickets"')[1].count("<tr>") == 2


def test_a_ticket_whose_target_rests_is_counted_and_marked(by_admin, lead, policy):
    tickets_of_two_teams(lead)
    Clock.objects.filter(policy_version__policy=policy).update(outcome="paused")
    page = by_admin.get(reverse("setup-policy-tickets", args=[policy])).text
    assert len(re.findall(r">rests<", page)) == 2
