"""A store may have hours of its own; who changes them says what happens to clocks that run."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, a_store, a_team
from tresen.accounts.actors import SYSTEM
from tresen.sla.editing import add_policy
from tresen.sla.models import Clock
from tresen.sla.recalculating import recalculate
from tresen.staffing.covering import cover_team
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db

HOLIDAYS = TimetablePlan(zone="Europe/Vienna", week={day: [("09:00", "17:00")] for day in range(5)}, country="AT")


def filled(store, **fields):
    return {
        "name": store.name, "brand": store.brand_id, "new_brand": "", "default_team": store.default_team_id,
        "language": "de", "marketplace": store.marketplace, "sender": store.addresses[0], **fields,
    }  # fmt: skip


def test_a_store_gets_hours_of_its_own_and_may_go_back_to_its_teams(by_admin):
    wien = create_timetable(name="Wien", plan=HOLIDAYS, by=SYSTEM, at=MONDAY).timetable_id
    store = a_store()
    address = reverse("setup-store", args=[store.pk])
    assert by_admin.post(address, filled(store, timetable=wien)).status_code == 302
    assert Store.objects.get().timetable_id == wien
    assert f'<option value="{wien}" selected>Wien</option>' in by_admin.get(address).text
    by_admin.post(address, filled(store, timetable=""))
    assert Store.objects.get().timetable_id is None


def test_a_new_store_may_have_hours_at_once(by_admin):
    wien = create_timetable(name="Wien", plan=HOLIDAYS, by=SYSTEM, at=MONDAY).timetable_id
    given = {"name": "Amazon", "new_brand": "Leuchtwerk", "language": "de", "marketplace": "amazon.de"}
    senders = {"sender": "service@leuchtwerk.example", "default_team": a_team().pk}
    by_admin.post(reverse("setup-store-add", args=["amazon"]), {**given, **senders, "timetable": wien})
    assert Store.objects.get().timetable_id == wien


def test_other_hours_ask_what_happens_to_open_clocks(by_admin):
    store, now = a_store(), datetime.now(UTC)
    before = now - timedelta(days=9)
    wien = create_timetable(name="Wien", plan=HOLIDAYS, by=SYSTEM, at=before).timetable_id
    day = TimetablePlan(zone="UTC", week={each: [("00:00", "24:00")] for each in range(7)})
    cover_team(
        store.default_team_id,
        timetable_id=create_timetable(name="Always", plan=day, by=SYSTEM, at=before).timetable_id,
        by=SYSTEM,
        at=before,
    )
    # More than the longest day, so that a week of eight hours a day is later whatever today is.
    targets = {"first_reply": {"minutes": 24 * 60, "hours": "store"}}
    add_policy(name="Shops", conditions={}, targets=targets, by=SYSTEM, at=before)
    ticket = a_ticket(store, at=now - timedelta(minutes=5))
    due = Clock.objects.get(ticket=ticket, kind="own").due
    address = reverse("setup-store", args=[store.pk])
    page = by_admin.post(address, filled(store, timetable=wien, name="Renamed")).text
    assert "1 clock is due later" in page
    assert (Store.objects.get().timetable_id, Store.objects.get().name) == (None, store.name)
    back = by_admin.post(address, filled(store, timetable=wien, name="Renamed", edit_again="1")).text
    assert 'value="Renamed"' in back
    by_admin.post(address, filled(store, timetable=wien, name="Renamed", open_clocks="from_start"))
    recalculate(datetime.now(UTC))
    assert Clock.objects.get(ticket=ticket, kind="own").due > due
    page = by_admin.get(address).text
    assert "A store was given other hours" in page
    assert 'value="Renamed"' in page


def test_what_changes_no_hours_asks_nothing(by_admin):
    store = a_store()
    a_ticket(store, at=datetime.now(UTC))
    assert by_admin.post(reverse("setup-store", args=[store.pk]), filled(store, name="Other")).status_code == 302
    assert Store.objects.get().name == "Other"
