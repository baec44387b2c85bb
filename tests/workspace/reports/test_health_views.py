from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.replies import a_ticket, answered, leaves
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Role
from tresen.channels.walmart.interface.performance import NO_RATE
from tresen.reports.models import FigureReading, PlatformFigure
from tresen.sla.defaults import create_defaults
from tresen.sla.watching import Watch, sweep
from tresen.stores.models import StoreConnection
from tresen.tickets.assigning import move

NOW = MONDAY + timedelta(days=2)
KEY = "late_responses_30"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lead_screen(client, team):
    client.force_login(an_agent(team, role=Role.LEAD, name="Lea Lead"))
    return client


@pytest.fixture
def late(store):
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    ticket = a_ticket(store, subject="Wo bleibt die Lampe?")
    leaves(answered(ticket), at=MONDAY + timedelta(hours=24, minutes=5))
    sweep(Watch(), NOW)
    return ticket


def test_each_store_shows_how_it_stands_and_leads_to_what_it_counts(lead_screen, store, late):
    page = lead_screen.get(reverse("reports-health")).text
    assert "too high" in page
    assert "1 too many" in page

    measure = lead_screen.get(reverse("reports-measure", args=[store.pk, KEY])).text
    assert "Late by less than half an hour" in measure
    missed = reverse("reports-messages", args=[store.pk, KEY, "counted_missed"])
    assert missed in measure
    assert late.subject in lead_screen.get(missed).text


def test_the_platforms_figure_is_entered_by_hand_and_shown(lead_screen, store, late):
    address = reverse("reports-figure", args=[store.pk, KEY])
    assert lead_screen.post(address, {"value": "many", "as_of": "2026-11-17"}).status_code == 422

    page = lead_screen.post(address, {"value": "4,2 %", "as_of": "2026-11-17"}, follow=True).text
    assert "4.2" in page
    assert "about 1 message: missed here, not there" in page
    assert "Late by less than half an hour" in page


def test_what_cannot_make_up_the_difference_is_not_listed(lead_screen, store, late):
    soon = a_ticket(store, sender="just@marketplace.amazon.de", subject="Gerade noch")
    leaves(answered(soon), at=MONDAY + timedelta(hours=23, minutes=50))
    page = lead_screen.get(reverse("reports-measure", args=[store.pk, KEY])).text
    assert "Gerade noch" in page

    figure = {"value": "4", "as_of": "2026-11-18"}
    page = lead_screen.post(reverse("reports-figure", args=[store.pk, KEY]), figure, follow=True).text
    assert late.subject in page
    assert "Gerade noch" not in page


def test_a_figure_too_high_that_the_open_ones_will_bring_down_says_so(lead_screen, store, late):
    for number in range(20):
        a_ticket(store, sender=f"o{number}@marketplace.amazon.de", at=NOW - timedelta(hours=1))
    page = lead_screen.get(reverse("reports-health")).text
    assert "too high" in page
    assert "once the 20 open ones are answered in time" in page


def test_a_table_of_figures_is_taken_or_says_what_is_wrong(lead_screen, store):
    def sent(measure):
        table = f"store,measure,date,value\n{store.name},{measure},2026-11-17,4.2\n"
        return lead_screen.post(reverse("reports-figures"), {"table": SimpleUploadedFile("t.csv", table.encode())})

    assert "Line 2" in sent("moon").text
    assert not PlatformFigure.objects.exists()
    assert sent(KEY).status_code == 302
    assert PlatformFigure.objects.get().store == store


def test_agents_have_no_page_of_seller_health(screen, store, late):
    assert screen.get(reverse("reports-health")).status_code == 404
    assert "health" not in screen.get(reverse("reports")).text


def test_a_store_out_of_scope_has_no_page(client, store, late):
    client.force_login(an_agent(role=Role.LEAD, everything=False))

    assert client.get(reverse("reports-measure", args=[store.pk, KEY])).status_code == 404
    assert store.name not in client.get(reverse("reports-health")).text


def test_a_lead_of_some_teams_finds_as_many_messages_as_the_link_says(client, store, late):
    other = a_team()
    moved = a_ticket(store, sender="o1@marketplace.amazon.de", at=NOW - timedelta(hours=1))
    a_ticket(store, sender="o2@marketplace.amazon.de", at=NOW - timedelta(hours=1))
    move(moved.pk, team_id=other.pk, by=SYSTEM, at=NOW)
    client.force_login(an_agent(other, role=Role.LEAD))
    running = reverse("reports-messages", args=[store.pk, KEY, "running"])
    for page in (reverse("reports-health"), reverse("reports-measure", args=[store.pk, KEY])):
        shown = client.get(page).text
        assert f'href="{running}">1</a> <small>of 2' in shown
    measure = client.get(reverse("reports-measure", args=[store.pk, KEY])).text
    assert "0 <small>of 1 in all teams" in measure
    assert client.get(running).text.split('id="counted"')[1].count("<tr>") == 1


def test_a_figure_that_was_read_says_so_and_one_entered_by_hand_takes_its_place(lead_screen, team):
    walmart = a_store("walmart", "walmart.com")
    StoreConnection.objects.create(store=walmart, connected_at=MONDAY)
    reading = FigureReading.objects.create(store=walmart, next_at=NOW, read_at=NOW)
    figure = {"store": walmart, "measure": "response_rate_30", "as_of": NOW.date(), "entered_at": NOW}
    PlatformFigure.objects.create(value="97.5", **figure)
    address = reverse("reports-measure", args=[walmart.pk, "response_rate_30"])

    page = lead_screen.get(address).text
    assert "as Walmart says, as of 18 November 2026, read by itself" in page
    assert "The figure is read from Walmart once a day." in page
    assert "read by itself" in lead_screen.get(reverse("reports-health")).text

    entered = {"value": "96", "as_of": NOW.date().isoformat()}
    page = lead_screen.post(reverse("reports-figure", args=[walmart.pk, "response_rate_30"]), entered, follow=True).text
    assert "96.0" in page
    assert "read by itself" not in page

    FigureReading.objects.filter(pk=reading.pk).update(trouble=NO_RATE)
    assert f"could not be read from Walmart; it is tried again. {NO_RATE}" in lead_screen.get(address).text
    assert "could not be read" in lead_screen.get(reverse("reports-health")).text


def explained(screen, store, measure=KEY):
    page = screen.get(reverse("reports-measure", args=[store.pk, measure])).text
    return page.partition('id="different"')[2].partition("</section>")[0]


def test_where_nothing_was_counted_it_says_why(lead_screen, store):
    assert "No message of this store was read yet" in explained(lead_screen, store)

    a_ticket(store, at=NOW - timedelta(days=60))
    said = explained(lead_screen, store)
    assert "No message in this window counts for this measure." in said
    assert "without doubt" not in said

    a_ticket(store, sender="soon@marketplace.amazon.de", at=NOW - timedelta(hours=1))
    assert "every message was met or missed without doubt" in explained(lead_screen, store)


def test_where_the_platform_has_none_either_it_says_so(lead_screen, team):
    walmart = a_store("walmart", "walmart.com", team=team)
    StoreConnection.objects.create(store=walmart, connected_at=MONDAY)
    reading = FigureReading.objects.create(store=walmart, next_at=NOW)
    a_ticket(walmart, at=NOW - timedelta(days=60))
    assert "No message in this window counts for this measure." in explained(lead_screen, walmart, "response_rate_30")

    FigureReading.objects.filter(pk=reading.pk).update(read_at=NOW)
    assert "the platform counted nothing either" in explained(lead_screen, walmart, "response_rate_30")
