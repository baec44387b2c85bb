"""A call is logged from the palette while the caller still speaks: the keys are counted."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories.shops import a_store
from tests.journeys.conftest import SignIn
from tresen.accounts.models import Agent
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
    parse_kept(wall.now())
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.store) == ("solved", counter)
