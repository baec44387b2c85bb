from datetime import date

import pytest
from django.urls import reverse

from tests.factories.shops import MONDAY, a_store, a_team
from tresen.accounts.actors import SYSTEM
from tresen.sla.editing import add_policy
from tresen.staffing.covering import cover_team, set_shift
from tresen.staffing.models import Timetable, TimetableVersion
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable, current_version, make_default
from tresen.stores.hours import give_hours

pytestmark = pytest.mark.django_db

OFFICE = TimetablePlan(zone="Europe/Berlin", week={day: [("09:00", "17:00")] for day in range(5)}, country="DE")
FILLED = {"name": "Evenings", "zone": "Europe/Rome", "day_0": "17-21", "day_6": "10:00-12:00, 14-18", "country": "IT"}


@pytest.fixture
def office():
    return create_timetable(name="Office", plan=OFFICE, by=SYSTEM, at=MONDAY).timetable_id


def test_a_lead_writes_hours_as_they_come_to_mind(by_lead, lead):
    special = {"own_closed": "31.12.2026 (Stocktaking)", "special": "2026-12-24 9-12 (Christmas)", "region": "BZ"}
    assert by_lead.post(reverse("setup-timetable-new"), {**FILLED, **special}).status_code == 302
    version = TimetableVersion.objects.get()
    assert version.week == {"0": [["17:00", "21:00"]], "6": [["10:00", "12:00"], ["14:00", "18:00"]]}
    assert (version.zone, version.country, version.region) == ("Europe/Rome", "IT", "BZ")
    assert version.own_closed == [date(2026, 12, 31)]
    assert version.special == {"2026-12-24": [["09:00", "12:00"]]}
    assert version.names == {"2026-12-24": "Christmas", "2026-12-31": "Stocktaking"}
    assert version.created_by == lead
    page = by_lead.get(reverse("setup-timetable", args=[version.timetable_id])).text
    assert "2026-12-31 (Stocktaking)</textarea>" in page
    assert "2026-12-24 09:00-12:00 (Christmas)</textarea>" in page
    assert '<span dir="auto">Stocktaking</span>' in page


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"day_0": "nine to five"}, "id_day_0_error"),
        ({"day_0": "25:00-26:00"}, "id_day_0_error"),
        ({"zone": "Mars/Base"}, "id_zone_error"),
        ({"own_closed": "soon"}, "id_own_closed_error"),
        ({"own_closed": f"2026-12-31 ({'a' * 81})"}, "id_own_closed_error"),
        ({"special": f"2026-12-31 9-12 ({'a' * 81})"}, "id_special_error"),
        ({"special": "2026-12-24 late"}, "id_special_error"),
        ({"day_0": "", "day_6": ""}, "Nobody would ever work"),
    ],
)
def test_what_is_wrong_stands_at_its_field(by_lead, fields, where):
    page = by_lead.post(reverse("setup-timetable-new"), {**FILLED, **fields})
    assert page.status_code == 422
    assert where in page.text
    assert not Timetable.objects.exists()


def test_a_form_that_says_nothing_is_shown_again(by_lead):
    assert by_lead.post(reverse("setup-timetable-new")).status_code == 200


def test_everything_that_is_wrong_is_marked_at_once(by_lead):
    wrong = {"day_0": "nine", "day_2": "25:00-26:00", "day_4": "late", "zone": "Mars/Base", "special": "never"}
    page = by_lead.post(reverse("setup-timetable-new"), {**FILLED, **wrong}).text
    for name in wrong:
        assert f"id_{name}_error" in page
    assert "id_day_6_error" not in page
    assert "Nobody would ever work" not in page


def test_another_country_offers_its_regions_before_anything_is_saved(by_lead):
    page = by_lead.post(reverse("setup-timetable-new"), {**FILLED, "name": "", "show-regions": "1"})
    assert page.status_code == 200
    assert "Bolzano" in page.text
    assert "17-21" in page.text
    assert "field-errors" not in page.text


def test_holidays_to_come_stand_beside_the_hours(by_lead, office):
    page = by_lead.get(reverse("setup-timetable", args=[office])).text
    assert "Christmas Day" in page
    assert "Later ones" in page


def test_newer_holiday_data_is_proposed_and_taken_over(by_lead, office):
    version = current_version(office)
    version.closed = [day for day in version.closed if day != date(2026, 12, 25)]
    version.save()
    address = reverse("setup-timetable", args=[office])
    assert "New holiday: Fri, 25 Dec 2026" in by_lead.get(address).text
    assert "Newer data" in by_lead.get(reverse("setup-timetables")).text
    by_lead.post(reverse("setup-timetable-data", args=[office]))
    assert date(2026, 12, 25) in current_version(office).closed
    assert "New holiday" not in by_lead.get(address).text


def test_a_timetable_that_somebody_works_by_is_not_retired(by_lead, office):
    cover_team(a_team("Returns").pk, timetable_id=office, by=SYSTEM, at=MONDAY)
    page = by_lead.post(reverse("setup-timetable-retirement", args=[office]), follow=True)
    assert "Still in use by: Returns" in page.text
    assert Timetable.objects.get().retired_at is None


def test_its_page_names_who_goes_by_it(by_lead, lead, office):
    store = a_store()
    give_hours(store.pk, timetable_id=office, by=SYSTEM, at=MONDAY)
    cover_team(lead.teams.get().pk, timetable_id=office, by=SYSTEM, at=MONDAY)
    set_shift(lead.pk, timetable_id=office, by=SYSTEM, at=MONDAY)
    targets = {"first_reply": {"minutes": 60, "hours": office}}
    add_policy(name="Plain mail", conditions={}, targets=targets, by=SYSTEM, at=MONDAY)
    users = by_lead.get(reverse("setup-timetable", args=[office])).text.split('id="users"')[1].split("</section>")[0]
    for title, name in (("Teams", "Lead&#39;s team"), ("Agents", lead.name), ("Stores", store.name)):
        assert f'<dt>{title}</dt><dd dir="auto">{name}</dd>' in users
    assert '<dt>Policies</dt><dd dir="auto">Plain mail</dd>' in users


def test_a_timetable_that_says_a_stores_hours_is_not_retired(by_lead, office):
    store = a_store()
    give_hours(store.pk, timetable_id=office, by=SYSTEM, at=MONDAY)
    page = by_lead.post(reverse("setup-timetable-retirement", args=[office]), follow=True)
    assert f"Still in use by: {store.name}" in page.text
    assert Timetable.objects.get().retired_at is None


def test_a_timetable_nobody_needs_is_retired_and_gone(by_lead, office):
    other = create_timetable(name="Other", plan=OFFICE, by=SYSTEM, at=MONDAY).timetable_id
    make_default(office, by=SYSTEM, at=MONDAY)
    by_lead.post(reverse("setup-timetable-default", args=[other]))
    assert Timetable.objects.get(is_default=True).pk == other
    by_lead.post(reverse("setup-timetable-retirement", args=[office]))
    assert by_lead.get(reverse("setup-timetable", args=[office])).status_code == 404


def test_who_saves_over_what_somebody_else_has_saved_is_told_first(by_lead, office):
    address = reverse("setup-timetable", args=[office])
    assert 'name="based_on" value="1"' in by_lead.get(address).text
    by_lead.post(address, FILLED | {"based_on": "1"})
    late = FILLED | {"day_0": "18-22", "based_on": "1"}
    page = by_lead.post(address, late)
    assert page.status_code == 422
    assert "Somebody changed this timetable since you opened it" in page.text
    assert 'name="based_on" value="2"' in page.text
    assert current_version(office).number == 2
    by_lead.post(address, late | {"based_on": "2"})
    assert current_version(office).week["0"] == [["18:00", "22:00"]]
