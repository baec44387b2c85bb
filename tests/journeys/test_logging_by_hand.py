"""A call is logged from the palette while the caller still speaks: the keys are counted."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store
from tests.journeys.conftest import SignIn
from tresen.accounts.models import Agent
from tresen.channels.contract import IdentityKind
from tresen.customers.models import Identity
from tresen.intake.parsing import parse_kept
from tresen.stores.models import Store
from tresen.tickets.models import Ticket
from tresen.timekeeping import wall

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_KEYS = 17
"""Besides the caller's name and what was said: a second for two of them leaves five for the words."""


def test_a_call_is_logged_from_the_palette_and_waits_in_the_queue(store: Store, page: Page) -> None:
    pressed = 0

    def press(*keys: str) -> None:
        nonlocal pressed
        for key in keys:
            page.keyboard.press(key)
            pressed += 1

    def log(*ended: str, name: str, words: str) -> None:
        press("Control+k")
        expect(page.locator("#palette-input")).to_be_focused()
        press(*"a call", "Enter")
        expect(page.get_by_label("Who: name, number or e-mail address")).to_be_focused()
        page.keyboard.type(name)
        press("Tab")
        page.keyboard.type(words)
        press(*ended, "Control+Enter")
        expect(page.locator(".toast").first).to_contain_text("Logged.")
        while parse_kept(wall.now()):
            pass

    log(name="Ida Muster", words="Where is the lamp?")
    waiting = Ticket.objects.get()
    assert waiting.status == "open"
    page.goto("/queue/all/")
    expect(page.locator(f"#row-{waiting.pk}")).to_be_visible()

    pressed = 0
    log("Tab", "ArrowDown", name="Otto Beispiel", words="Is it dimmable? Yes.")
    solved = Ticket.objects.exclude(pk=waiting.pk).get()
    assert (solved.status, solved.identity.name if solved.identity else "") == ("solved", "Otto Beispiel")
    assert pressed <= MOST_KEYS


def test_the_toast_leads_to_the_ticket_that_is_filed_meanwhile(store: Store, page: Page) -> None:
    page.goto("/log/call/")
    page.get_by_label("Who: name, number or e-mail address").fill("Ida Muster")
    page.get_by_label("What was said").fill("Where is the lamp?")
    page.get_by_role("button", name="Log it").click()
    expect(page.locator(".toast")).to_contain_text("Logged.")

    page.keyboard.press("y")

    expect(page.get_by_role("status").filter(has_text="It is being filed")).to_be_visible()
    parse_kept(wall.now())
    page.wait_for_url(f"**/tickets/{Ticket.objects.get().pk}/")
    expect(page.locator("#ticket")).to_contain_text("Where is the lamp?")


def test_a_customer_known_by_name_alone_is_chosen_while_it_is_typed(store: Store, page: Page) -> None:
    filed(store, a_message(sender="klein_m", kind=IdentityKind.USERNAME, name="Matthias Klein"))
    filed(store, a_message(sender="ute87", kind=IdentityKind.USERNAME, name="Ute Klein"))
    ute = Identity.objects.get(key="ute87")
    page.goto("/log/call/")
    page.keyboard.type("Klein")
    expect(page.locator("#log-known-said")).to_have_text("2 known customers fit.")
    page.keyboard.type(", Ute")
    expect(page.locator("#log-known-said")).to_have_text("1 known customer fits.")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Ute Klein")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Where is the lamp?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Logged.")
    parse_kept(wall.now())

    assert Ticket.objects.latest("pk").identity == ute


def test_without_scripts_a_button_looks_for_known_customers(signed_in: SignIn, store: Store, agent: Agent) -> None:
    filed(store, a_message(sender="klein_m", kind=IdentityKind.USERNAME, name="Matthias Klein"))
    page = signed_in.already(agent, scripts=False)
    page.goto("/log/call/")
    page.get_by_label("Who: name, number or e-mail address").fill("Klein")
    page.get_by_label("What was said").fill("Where is the lamp?")
    page.get_by_role("button", name="Look for known customers").click()
    page.get_by_label("Matthias Klein").check()
    page.get_by_role("button", name="Log it").click()
    page.wait_for_url("**/queue/**")
    parse_kept(wall.now())

    assert Ticket.objects.latest("pk").identity == Identity.objects.get()


def test_a_visit_is_logged_without_scripts(signed_in: SignIn, store: Store, agent: Agent) -> None:
    counter = a_store("website", "", team=store.default_team)
    page = signed_in.already(agent, scripts=False)
    page.goto("/log/visit/")
    page.get_by_label("Who: name, number or e-mail address").fill("Ida Muster")
    page.get_by_label("What was said").fill("She brings the lamp back.")
    page.get_by_label("Answered already: nothing is owed").check()
    page.get_by_label("About which store").select_option(counter.name)
    page.get_by_role("button", name="Log it").click()
    page.wait_for_url("**/queue/**")
    page.get_by_role("link", name="Open the ticket").click()
    expect(page.get_by_text("It is being filed")).to_be_visible()
    parse_kept(wall.now())
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.store) == ("solved", counter)
    page.get_by_role("link", name="Look again").click()
    page.wait_for_url(f"**/tickets/{ticket.pk}/")
