from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, a_store
from tests.staffing.test_calendars import calendar
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import TeamMembership
from tresen.sla.editing import add_policy
from tresen.sla.models import Recalculation
from tresen.staffing.models import TimetableVersion
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable, current_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    plan = TimetablePlan(
        zone="Europe/Berlin", week={day: [("09:00", "17:00")] for day in range(5)}, own_closed=[date(2026, 12, 31)]
    )
    timetable = create_timetable(name="Office", plan=plan, by=SYSTEM, at=MONDAY).timetable_id
    return reverse("setup-timetable-calendar", args=[timetable])


def upload(content):
    return {"file": SimpleUploadedFile("days.ics", content, "text/calendar")}


FILE = calendar(
    ["DTSTART;VALUE=DATE:20261228", "DTEND;VALUE=DATE:20261230", "SUMMARY:Inventur"],
    ["DTSTART:20261223T080000Z", "DTEND:20261223T120000Z", "SUMMARY:Weihnachtsfeier"],
    ["DTSTART;VALUE=DATE:20261111", "STATUS:CANCELLED", "SUMMARY:Ausflug"],
)


def test_a_file_is_shown_before_anything_is_kept(by_lead, address):
    page = by_lead.post(address, upload(FILE)).text
    assert "Inventur" in page
    assert "09:00–13:00" in page
    assert "“Ausflug”: is cancelled" in page
    assert TimetableVersion.objects.count() == 1


def test_what_was_shown_is_kept_beside_what_is_there(by_lead, address, lead):
    kept = {"closed": "2026-12-28\n2026-12-29", "special": "2026-12-23 09:00-13:00"}
    assert by_lead.post(address, kept).status_code == 302
    version = current_version(TimetableVersion.objects.latest("pk").timetable_id)
    assert version.own_closed == [date(2026, 12, day) for day in (28, 29, 31)]
    assert version.special == {"2026-12-23": [["09:00", "13:00"]]}
    assert (version.number, version.created_by) == (2, lead)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_a_wrong_file_says_so_at_its_field(by_lead, address, content):
    page = by_lead.post(address, upload(content))
    assert page.status_code == 422
    assert "id_file_error" in page.text


def test_without_a_file_one_is_asked_for(by_lead, address):
    assert by_lead.get(address).status_code == 200
    assert by_lead.post(address, {"other": "1"}).status_code == 422


def test_days_that_were_tampered_with_are_not_kept(by_lead, address):
    by_lead.post(address, {"closed": "soon"})
    assert TimetableVersion.objects.count() == 1


def test_what_happens_to_open_clocks_is_asked_before_the_days_are_kept(by_lead, lead):
    """An open ticket is due by these hours on Monday; the calendar closes the days until then."""
    began = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    plan = TimetablePlan(zone="UTC", week={day: [("00:00", "24:00")] for day in range(7)})
    timetable = create_timetable(name="Round", plan=plan, by=SYSTEM, at=began - timedelta(days=9)).timetable_id
    promise = {"first_reply": {"minutes": 48 * 60, "hours": timetable}}
    add_policy(name="All", conditions={}, targets=promise, by=SYSTEM, at=began - timedelta(days=9))
    store = a_store("console", "")
    TeamMembership.objects.create(team=store.default_team, agent=lead)
    a_ticket(store, at=began, subject="Wo ist meine Lampe?")
    tomorrow = (began + timedelta(days=1)).date().isoformat()

    page = by_lead.post(reverse("setup-timetable-calendar", args=[timetable]), {"closed": tomorrow})
    assert "It concerns 1 open ticket." in page.text
    assert current_version(timetable).own_closed == []

    chosen = {"closed": tomorrow, "open_clocks": "from_start"}
    assert by_lead.post(reverse("setup-timetable-calendar", args=[timetable]), chosen).status_code == 302
    assert [day.isoformat() for day in current_version(timetable).own_closed] == [tomorrow]
    assert Recalculation.objects.count() == 1
