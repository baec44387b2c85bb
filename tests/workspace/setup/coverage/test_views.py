import pytest
from django.urls import reverse

from tests.factories.shops import MONDAY, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.staffing.models import Shift, TeamCoverage
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable

pytestmark = pytest.mark.django_db

PAGE = reverse("setup-coverage")


@pytest.fixture
def office():
    plan = TimetablePlan(zone="Europe/Berlin", week={0: [("09:00", "17:00")]})
    return create_timetable(name="Office", plan=plan, by=SYSTEM, at=MONDAY).timetable_id


def test_teams_and_agents_get_their_hours_and_may_go_back_to_the_default(by_admin, admin, office):
    team = a_team()
    by_admin.post(PAGE, {f"team_{team.pk}": office, f"agent_{admin.pk}": office})
    assert TeamCoverage.objects.get().timetable_id == office
    assert Shift.objects.get().changed_by == admin
    by_admin.post(PAGE, {f"team_{team.pk}": "", f"agent_{admin.pk}": office})
    assert not TeamCoverage.objects.exists()
    assert Shift.objects.exists()


def test_a_lead_sees_and_changes_only_their_own_teams(by_lead, lead, office):
    other, colleague = a_team("Far away"), an_agent(lead.teams.get(), name="Ada")
    stranger = an_agent(other, name="Stranger")
    page = by_lead.get(PAGE).text
    assert "Ada" in page
    assert "Far away" not in page
    assert "Stranger" not in page
    by_lead.post(PAGE, {f"team_{other.pk}": office, f"agent_{stranger.pk}": office, f"agent_{colleague.pk}": office})
    assert not TeamCoverage.objects.exists()
    assert Shift.objects.get().agent == colleague


def test_hours_that_are_not_there_are_refused(by_admin, office):
    team = a_team()
    assert by_admin.post(PAGE, {f"team_{team.pk}": 987_654}).status_code == 422
    assert not TeamCoverage.objects.exists()
