"""What a ticket owes besides an answer: entered by its menu on a desktop, and done, and taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories.replies import waived
from tests.journeys.desks import HOUR, asks, moment
from tresen.accounts.actors import SYSTEM
from tresen.duties.models import CaseTie, LegalRequest, Promise, Unmarked
from tresen.sla.defaults import create_defaults
from tresen.stores.models import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_a_case_a_legal_request_and_a_promise_for_a_time_of_ones_own_are_entered(
    width: int, store: Store, page: Page
) -> None:
    ticket = asks(store, "Lampe kaputt")
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("f")
    page.get_by_text("File a case", exact=True).click()
    page.get_by_label("Order number").fill("303-1234567-1234567")
    page.get_by_role("button", name="File it").click()
    expect(page.locator(".toast").first).to_be_visible()
    assert CaseTie.objects.get().ticket == ticket

    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("f")
    page.get_by_text("Note a legal request", exact=True).click()
    page.get_by_role("button", name="Note it").click()
    expect(page.locator(".toast").first).to_be_visible()
    assert LegalRequest.objects.get().ticket == ticket

    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("f")
    page.locator("summary", has_text="At a time of your own").click()
    page.get_by_label("By when").fill("2040-05-04T10:00")
    page.locator("#promise-own").fill("Ersatz verschicken")
    page.locator("#promise-own").press("Enter")
    expect(page.locator(".toast").first).to_be_visible()
    assert Promise.objects.get().what == "Ersatz verschicken"


def test_a_mark_is_taken_back_from_its_list(store: Store, page: Page) -> None:
    create_defaults(by=SYSTEM, at=moment() - 24 * HOUR)
    ticket = asks(store, "Danke")
    waived(ticket, at=moment())
    page.goto("/marking/")
    page.keyboard.press("b")
    expect(page.locator(".toast")).to_contain_text("1 message is marked.")
    assert not Unmarked.objects.exists()

    page.keyboard.press("z")

    expect(page.locator(".toast")).to_contain_text("Taken back")
    expect(page.locator("#marking")).to_be_visible()
    assert Unmarked.objects.get().ticket == ticket
