"""Whose a ticket is now, how to let go of it, and the menus around that."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories.shops import a_team
from tests.journeys.desks import asks
from tresen.accounts.models import Agent
from tresen.routing.models import Lease, Skip
from tresen.stores.models import Store


def holds(page: Page, *tickets: int) -> bool:
    """Whether these and no others are held, in the end: a page that is left says so while the next one loads."""
    for _ in range(50):
        if set(Lease.objects.values_list("ticket_id", flat=True)) == set(tickets):
            return True
        page.wait_for_timeout(100)
    return False


pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_ticket_says_until_when_it_is_held_and_is_given_back(store: Store, agent: Agent, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    expect(page.locator(".held > summary")).to_have_text(re.compile(r"yours until \d\d:\d\d"))
    expect(page.locator('.ticket-verbs [data-key="a"] > summary')).to_contain_text("Assign")
    assert Lease.objects.get().agent_id == agent.pk

    page.keyboard.press("p")
    page.get_by_role("button", name="Give it back").click()

    expect(page.locator(".toast")).to_contain_text("Given back")
    expect(page.locator("#desk")).to_be_hidden()
    assert not Lease.objects.exists()


def test_who_goes_elsewhere_holds_the_ticket_no_longer_and_who_loads_it_anew_does(store: Store, page: Page) -> None:
    first, second = asks(store, "Frage"), asks(store, "Andere Frage")
    page.goto(f"/tickets/{first.pk}/")
    assert holds(page, first.pk)
    page.goto(f"/tickets/{second.pk}/")
    assert holds(page, second.pk)
    page.reload()
    page.wait_for_timeout(500)  # by then the page that was left has spoken
    assert holds(page, second.pk)
    page.goto("/board/")
    assert holds(page)


def test_it_is_passed_on_with_a_reason(store: Store, agent: Agent, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("p")
    page.get_by_role("button", name="Not my language").click()

    expect(page.locator("#desk")).to_be_hidden()
    assert (Skip.objects.get().agent_id, Skip.objects.get().reason) == (agent.pk, "language")


def test_the_key_of_the_risk_begins_at_the_tier_that_is(store: Store, page: Page) -> None:
    a_team("Andere")
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("!")
    expect(page.get_by_role("button", name="2 – normal")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    expect(page.locator(".toast").first).to_contain_text("Risk tier changed.")
    ticket.refresh_from_db()
    assert (ticket.risk_tier, ticket.team_id) == (1, store.default_team_id)
