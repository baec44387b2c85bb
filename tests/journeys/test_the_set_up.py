"""What the set-up's scripts do for whoever fills in its forms."""

import pytest
from playwright.sync_api import Dialog, expect

from tests.factories.shops import a_team, an_agent
from tests.journeys.conftest import SignIn
from tests.journeys.desks import HOUR, moment
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent, Role
from tresen.staffing.absences import report_absence
from tresen.staffing.models import Absence, AbsenceKind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def admin(transactional_db: None) -> Agent:
    return an_agent(name="Miriam Sander", role=Role.ADMIN)


def test_another_encryption_brings_its_usual_port_unless_one_was_typed(admin: Agent, signed_in: SignIn) -> None:
    page = signed_in(admin)
    page.goto("/setup/mailboxes/new/")
    page.locator("#id_smtp_security").select_option("starttls")
    expect(page.locator("#id_smtp_port")).to_have_value("587")
    page.locator("#id_imap_port").fill("10993")
    page.locator("#id_imap_security").select_option("starttls")
    expect(page.locator("#id_imap_port")).to_have_value("10993")


@pytest.fixture
def absent(admin: Agent) -> Agent:
    """Deniz of a team, sick since an hour ago."""
    deniz = an_agent(a_team("Marktplätze"), name="Deniz Kaya")
    since = moment() - HOUR
    report_absence(deniz.pk, AbsenceKind.SICK, starts=since, ends=None, hand_over=False, by=SYSTEM, at=since)
    return deniz


def test_the_name_of_who_is_away_is_written_in_words(absent: Agent, signed_in: SignIn) -> None:
    page = signed_in(Agent.objects.get(name="Miriam Sander"))
    page.goto("/setup/roster/")
    name = page.locator(".roster-name [dir=auto]").filter(has_text="Deniz")
    lines = name.evaluate("name => name.getClientRects().length")
    assert lines <= 2
    row = page.locator("tr", has=name).bounding_box()
    assert row is not None
    assert row["height"] < 90


def test_on_a_phone_somebody_is_reported_sick_from_the_top_of_the_roster(admin: Agent, signed_in: SignIn) -> None:
    jana = an_agent(a_team("Marktplätze"), name="Jana Petersen")
    page = signed_in(admin, width=390, height=844, touch=True)
    page.goto("/setup/roster/")
    page.locator(".roster-sick summary").tap()
    page.get_by_role("button", name="Jana Petersen is sick today").and_(page.locator(".menu-item")).tap()
    expect(page.locator(".toast").filter(has_text="Jana Petersen is away.")).to_be_visible()
    assert Absence.objects.get().agent == jana


@pytest.fixture
def planned(admin: Agent) -> Agent:
    """Deniz of a team with colleagues, so that the page is longer than the window."""
    team = a_team("Marktplätze")
    for number in range(8):
        an_agent(team, name=f"Ada {number}")
    return an_agent(team, name="Deniz Kaya")


def test_hours_that_are_not_saved_are_asked_about_and_can_be_saved_from_anywhere(
    planned: Agent, admin: Agent, signed_in: SignIn
) -> None:
    page = signed_in(admin)
    page.goto("/setup/roster/")
    bar, cell = page.locator("#unsaved"), page.locator(f"[name^=shift-{planned.pk}-]").first
    expect(bar).to_be_hidden()
    cell.fill("14-18")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="This week").click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(cell).to_have_value("14-18")
    page.locator("#on_call_agent").select_option(label="Deniz Kaya")
    page.locator("#on_call_starts").fill("2030-11-21T08:00")
    page.locator("#on_call_ends").fill("2030-11-20T08:00")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#on_call_ends_error")).to_be_in_viewport()
    expect(cell).to_have_value("14-18")
    expect(bar.get_by_role("button", name="Save")).to_be_in_viewport()
    page.locator("#main").evaluate("main => main.scrollTo(0, 0)")
    expect(bar.get_by_role("button", name="Save")).to_be_in_viewport()
    bar.get_by_role("button", name="Save").click()
    expect(cell).to_have_value("14:00-18:00")
    expect(bar).to_be_hidden()
    assert asked == ["beforeunload"]


def test_the_palette_leads_to_every_page_from_anywhere(admin: Agent, signed_in: SignIn) -> None:
    a_team("Marktplätze")
    page = signed_in(admin)
    for words, address in [
        ("roster", "/setup/roster/"),
        ("accepted", "/notices/offers/"),
        ("away", "/absence/"),
        ("open cases", "/queue/cases/"),
    ]:
        page.goto("/setup/teams/")
        page.keyboard.press("Control+k")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{address}**")
