"""What the set-up's scripts do for whoever fills in its forms."""

import pytest
from playwright.sync_api import expect

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
