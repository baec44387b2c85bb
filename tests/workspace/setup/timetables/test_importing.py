import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

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


def upload(content, meaning="closed"):
    return {"file": SimpleUploadedFile("days.ics", content, "text/calendar"), "meaning": meaning}


def sent_along(page):
    """What the page of the days would keep, as its form sends it."""
    found = re.findall(r'<input type="hidden" name="(based_on|closed|special)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


FILE = calendar(
    ["DTSTART;VALUE=DATE:20261228", "DTEND;VALUE=DATE:20261230", "SUMMARY:Inventur"],
    ["DTSTART:20261223T120000Z", "DTEND:20261223T170000Z", "SUMMARY:Weihnachtsfeier (ab 13)"],
    ["DTSTART;VALUE=DATE:20261231", "SUMMARY:Silvester"],
    ["DTSTART:20261212T090000Z", "DTEND:20261212T130000Z", "SUMMARY:Samstagsdienst"],
    ["DTSTART;VALUE=DATE:20261111", "STATUS:CANCELLED", "SUMMARY:Ausflug"],
)


def test_what_events_mean_is_asked_beside_the_file_and_they_close_unless_one_says_otherwise(by_lead, address):
    page = by_lead.get(address).text
    assert re.search(r'value="closed"[^>]*checked', page)
    assert "We are closed then" in page
    assert "We work then" in page


def test_a_file_is_shown_before_anything_is_kept(by_lead, address):
    page = by_lead.post(address, upload(FILE)).text
    assert "read as: we are closed then." in page
    assert "3 closed days" in page
    assert "Inventur" in page
    assert '<span class="figures">09:00–13:00</span> · so far: 09:00–17:00' in page
    assert "so far: own closed day, closed" not in page
    assert "“Ausflug”: is cancelled" in page
    assert "“Samstagsdienst”: nobody works then anyway" in page
    assert TimetableVersion.objects.count() == 1


def test_closed_days_keep_their_names_wherever_days_are_shown(by_lead, address):
    page = by_lead.post(address, upload(FILE)).text
    assert by_lead.post(address, sent_along(page)).status_code == 302
    version = TimetableVersion.objects.latest("pk")
    assert version.own_closed == [date(2026, 12, day) for day in (28, 29, 31)]
    assert version.special == {"2026-12-23": [["09:00", "13:00"]]}
    assert version.names == {
        "2026-12-23": "Weihnachtsfeier (ab 13)",
        "2026-12-28": "Inventur",
        "2026-12-29": "Inventur",
        "2026-12-31": "Silvester",
    }
    shown = by_lead.get(reverse("setup-timetable", args=[version.timetable_id]) + "?week=2026-12-28").text
    for words in (
        "2026-12-29 (Inventur)",
        "Weihnachtsfeier (ab 13): 09:00–13:00",
        '<small dir="auto">Silvester</small>',
    ):
        assert words in shown
    again = by_lead.post(address, upload(FILE)).text
    assert again.count("known already") == 3


def test_the_same_file_can_say_when_we_work(by_lead, address):
    page = by_lead.post(address, upload(FILE, "open")).text
    assert "read as: we work then." in page
    assert "closed days" not in page
    assert by_lead.post(address, sent_along(page)).status_code == 302
    version = TimetableVersion.objects.latest("pk")
    assert version.own_closed == [date(2026, 12, 31)]
    assert version.special == {
        "2026-12-12": [["10:00", "14:00"]],
        "2026-12-23": [["13:00", "18:00"]],
        **{f"2026-12-{day}": [["09:00", "17:00"]] for day in (28, 29, 31)},
    }
    assert version.names["2026-12-12"] == "Samstagsdienst"


def test_a_closed_day_takes_the_place_of_the_hours_the_day_had(by_lead, address):
    by_lead.post(address, {"closed": "", "special": "2026-12-28 09:00-12:00 (Kurz)"})
    page = by_lead.post(address, upload(FILE)).text
    assert "so far: Kurz, 09:00–12:00" in page
    by_lead.post(address, sent_along(page))
    version = TimetableVersion.objects.latest("pk")
    assert "2026-12-28" not in version.special
    assert version.names["2026-12-28"] == "Inventur"


def test_days_reckoned_by_hours_that_somebody_changed_meanwhile_are_not_kept(by_lead, address):
    page = by_lead.post(address, upload(FILE)).text
    by_lead.post(address, {"closed": "2026-12-01"})
    answer = by_lead.post(address, sent_along(page))
    assert "Somebody changed this timetable since you looked into the file" in answer.text
    assert TimetableVersion.objects.count() == 2


def test_a_calendar_that_says_nothing_new_says_why(by_lead, address):
    evening = calendar(["DTSTART:20261223T190000Z", "DTEND:20261223T200000Z", "SUMMARY:Essen"])
    page = by_lead.post(address, upload(evening)).text
    assert "Nothing of this calendar would be taken." in page
    assert "“Essen”: nobody works then anyway" in page
    assert "Keep these days" not in page


def test_what_was_shown_is_kept_beside_what_is_there(by_lead, address, lead):
    kept = {"closed": "2026-12-28\n2026-12-29", "special": "2026-12-23 09:00-13:00"}
    assert by_lead.post(address, kept).status_code == 302
    version = current_version(TimetableVersion.objects.latest("pk").timetable_id)
    assert version.own_closed == [date(2026, 12, day) for day in (28, 29, 31)]
    assert version.special == {"2026-12-23": [["09:00", "13:00"]]}
    assert (version.number, version.created_by) == (2, lead)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_a_wrong_file_says_so_at_its_field(by_lead, address, content):
    page = by_lead.post(address, upload(content, "open"))
    assert page.status_code == 422
    assert "id_file_error" in page.text
    assert re.search(r'value="open"[^>]*checked', page.text)


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
