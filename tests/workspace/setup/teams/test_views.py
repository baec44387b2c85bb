import pytest
from django.urls import reverse

from tests.factories.shops import MONDAY, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Team
from tresen.staffing.models import TeamCoverage
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    plan = TimetablePlan(zone="Europe/Berlin", week={0: [("09:00", "17:00")]})
    return create_timetable(name="Office", plan=plan, by=SYSTEM, at=MONDAY).timetable_id


def test_a_team_is_added_with_its_hours_and_listed_with_its_agents(by_admin, office):
    by_admin.post(reverse("setup-team-new"), {"name": "Returns", "timetable": office})
    team = Team.objects.get()
    an_agent(team, name="Ada Okonkwo")
    page = by_admin.get(reverse("setup-teams")).text
    for words in ("Returns", "Office", "Ada Okonkwo", "1 agent"):
        assert words in page


def test_a_team_is_renamed_and_goes_back_to_the_default_hours(by_admin, office):
    by_admin.post(reverse("setup-team-new"), {"name": "Returns", "timetable": office})
    by_admin.post(reverse("setup-team", args=[Team.objects.get().pk]), {"name": "Claims", "timetable": ""})
    assert Team.objects.get().name == "Claims"
    assert not TeamCoverage.objects.exists()


def test_a_name_that_is_taken_is_refused_and_nothing_of_it_is_kept(by_admin, office):
    a_team("Returns")
    page = by_admin.post(reverse("setup-team-new"), {"name": "returns", "timetable": office})
    assert page.status_code == 422
    assert "There is a team “returns” already." in page.text
    assert Team.objects.count() == 1
    assert not TeamCoverage.objects.exists()
