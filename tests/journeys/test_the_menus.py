"""The menus of a ticket, by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desks import asks
from tresen.stores.models import Store
from tresen.tickets.models import Status

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_waiting_takes_its_key_and_enter(store: Store, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")

    page.keyboard.press("w")
    expect(page.get_by_role("button", name="for the customer")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator(".toast")).to_contain_text("Waiting.")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_on) == (Status.WAITING, "customer")
