"""Order and customer, where the screen is too narrow for a panel."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignIn
from tests.journeys.desks import asks, moment
from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent
from tresen.stores.models import Store
from tresen.tickets.models import Ticket
from tresen.tickets.snoozing import snooze

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ticket(store: Store) -> Ticket:
    return asks(store, "Frage")


def from_the_list(page: Page) -> None:
    page.goto("/queue/all/")
    page.locator(".row-link").click()
    expect(page.locator("#ticket h2")).to_have_text("Frage")


def test_a_thumb_opens_it_and_the_way_back_closes_it(ticket: Ticket, agent: Agent, signed_in: SignIn) -> None:
    page = signed_in(agent, width=390, height=844, touch=True)
    from_the_list(page)

    page.locator(".ticket-side-toggle").tap()
    page.wait_for_timeout(500)  # nothing that comes later may close it again

    expect(page.locator("#side")).to_be_visible()
    page.go_back()
    expect(page.locator("#side")).to_be_hidden()
    expect(page.locator("#ticket h2")).to_have_text("Frage")


def test_a_thumb_on_a_mark_opens_the_ticket(ticket: Ticket, agent: Agent, signed_in: SignIn) -> None:
    snooze(ticket.pk, until=moment() + timedelta(days=2), by=Actor.agent(agent.pk), at=moment())
    page = signed_in(agent, width=390, height=844, touch=True)
    page.goto("/queue/all/")
    mark = page.locator(".row-details .badge").bounding_box()
    assert mark is not None

    page.touchscreen.tap(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)

    expect(page.locator("#ticket h2")).to_have_text("Frage")


def test_its_key_opens_and_closes_it(ticket: Ticket, agent: Agent, signed_in: SignIn) -> None:
    page = signed_in(agent, width=1000, height=800)
    from_the_list(page)

    page.keyboard.press("d")
    page.wait_for_timeout(500)
    expect(page.locator("#side")).to_be_visible()
    page.keyboard.press("d")
    expect(page.locator("#side")).to_be_hidden()
    page.locator(".ticket-side-toggle").click()
    expect(page.locator("#side")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#side")).to_be_hidden()
    expect(page.locator("#ticket h2")).to_have_text("Frage")


def test_it_stays_open_while_something_is_done_and_its_address_opens_it(
    ticket: Ticket, agent: Agent, signed_in: SignIn
) -> None:
    page = signed_in(agent, width=1000, height=800)
    page.goto(f"/tickets/{ticket.pk}/#side")
    expect(page.locator("#side")).to_be_visible()

    page.keyboard.press("m")

    expect(page.locator(".toast")).to_contain_text("Assigned.")
    expect(page.locator("#side")).to_be_visible()
