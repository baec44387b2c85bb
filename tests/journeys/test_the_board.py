"""The board in a real browser: it moves by itself, holds what has the focus, and leads to its tickets."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories.shops import a_store, a_team, an_agent
from tests.journeys.conftest import SignIn
from tests.journeys.desks import asks
from tresen.accounts.models import Agent, Role
from tresen.board.models import SharedFigures
from tresen.stores.models import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPEN = "#figure-open-amazon"


@pytest.fixture
def lead(transactional_db: None) -> Agent:
    return an_agent(a_team("Marketplaces"), name="Miriam Sander", role=Role.LEAD)


@pytest.fixture
def store(lead: Agent) -> Store:
    store = a_store(team=lead.teams.get())
    asks(store, "Where is it?")
    return store


def _board(lead: Agent, signed_in: SignIn) -> Page:
    page = signed_in(lead)
    page.goto("/board/")
    return page


def test_a_number_changes_without_a_reload_and_what_has_the_focus_keeps_it(
    lead: Agent, store: Store, signed_in: SignIn
) -> None:
    page = _board(lead, signed_in)
    expect(page.locator(f"{OPEN} > span").first).to_have_text("1")
    page.locator(OPEN).focus()
    page.evaluate("document.body.dataset.same = 'page'")

    SharedFigures.objects.all().delete()  # instead of five seconds
    asks(store, "And mine?")

    expect(page.locator(f"{OPEN} > span").first).to_have_text("2", timeout=15_000)
    assert page.evaluate("document.activeElement.id") == OPEN.removeprefix("#")
    assert page.evaluate("document.body.dataset.same") == "page"


def test_keys_lead_to_the_board_to_the_wall_and_back(lead: Agent, store: Store, signed_in: SignIn) -> None:
    page = signed_in(lead)
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.wait_for_url("**/board/")
    expect(page.locator(".rail")).to_be_visible()

    page.keyboard.press("+")
    page.wait_for_url("**/board/?wall=1")
    expect(page.locator(".rail")).to_be_hidden()

    page.keyboard.press("+")
    page.wait_for_url("**/board/")
    expect(page.locator(".rail")).to_be_visible()


def test_a_number_leads_to_its_tickets(lead: Agent, store: Store, signed_in: SignIn) -> None:
    page = _board(lead, signed_in)
    page.locator("#figure-platform-24-amazon").click()
    page.wait_for_url("**/queue/due:platform:**")
    expect(page.locator("li.row", has_text="Where is it?")).to_be_visible()
    expect(page.locator("#list-title")).to_contain_text("Platform limit by")


@pytest.mark.parametrize("language", ["en", "de", "it"])
@pytest.mark.parametrize("address", ["/board/", "/board/?wall=1"])
def test_no_column_is_cut_off(address: str, language: str, lead: Agent, store: Store, signed_in: SignIn) -> None:
    asks(a_store("ebay", "ebay.de", team=store.default_team), "Where is mine?", hours_ago=30)
    Agent.objects.filter(pk=lead.pk).update(language=language)
    page = signed_in(lead)
    for width in (1280, 1440, 1600, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        wider = "parts => parts.filter(part => part.scrollWidth > part.clientWidth).map(part => part.id)"
        assert page.locator(".board-part").evaluate_all(wider) == [], width
