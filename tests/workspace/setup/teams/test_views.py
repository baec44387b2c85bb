from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Team
from tresen.sla.editing import add_policy
from tresen.sla.models import Clock
from tresen.sla.recalculating import recalculate
from tresen.staffing.covering import cover_team
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


def test_other_hours_of_a_team_ask_what_happens_to_open_clocks(by_admin):
    now = datetime.now(UTC)
    before = now - timedelta(days=9)
    day = TimetablePlan(zone="UTC", week={each: [("00:00", "24:00")] for each in range(7)})
    short = TimetablePlan(zone="UTC", week={each: [("09:00", "10:00")] for each in range(7)})
    always, seldom = (
        create_timetable(name=name, plan=plan, by=SYSTEM, at=before).timetable_id
        for name, plan in (("Always", day), ("Seldom", short))
    )
    store = a_store()
    team = store.default_team
    cover_team(team.pk, timetable_id=always, by=SYSTEM, at=before)
    targets = {"first_reply": {"minutes": 24 * 60, "hours": "coverage"}}
    add_policy(name="All", conditions={}, targets=targets, by=SYSTEM, at=before)
    ticket = a_ticket(store, at=now - timedelta(minutes=5))
    due = Clock.objects.get(ticket=ticket, kind="own").due
    address = reverse("setup-team", args=[team.pk])

    assert by_admin.post(address, {"name": "Renamed", "timetable": always}).status_code == 302
    page = by_admin.post(address, {"name": "Again", "timetable": seldom}).text
    assert "1 clock is due later" in page
    assert Team.objects.get().name == "Renamed"
    assert 'value="Again"' in by_admin.post(address, {"name": "Again", "timetable": seldom, "edit_again": "1"}).text
    by_admin.post(address, {"name": "Again", "timetable": seldom, "open_clocks": "from_start"})
    recalculate(datetime.now(UTC))
    assert Clock.objects.get(ticket=ticket, kind="own").due > due
    assert (Team.objects.get().name, TeamCoverage.objects.get().timetable_id) == ("Again", seldom)
