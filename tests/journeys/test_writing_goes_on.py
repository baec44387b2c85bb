"""Who writes goes on writing: nothing that fails takes the focus away, and nothing that says so covers the screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignIn
from tests.journeys.desks import asks
from tresen.accounts.models import Agent
from tresen.outbox.models import Delivery
from tresen.stores.models import Store
from tresen.tickets.models import Message, Tag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_empty_answer_keeps_the_focus_and_what_follows_is_text(store: Store, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("r")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("alert").first).to_contain_text("The answer is empty.")
    page.keyboard.type("the catalogue")
    page.keyboard.press("Enter")

    expect(page.locator("#composer-text")).to_have_value("the catalogue\n")
    assert not Tag.objects.exists()
    assert not Delivery.objects.exists()


def test_an_empty_note_keeps_the_focus_too(store: Store, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("i")
    page.keyboard.type("   ")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("alert").first).to_contain_text("The note is empty.")
    expect(page.locator("#composer-note-text")).to_be_focused()
    assert Message.objects.count() == 1


@pytest.mark.parametrize("width", [390, 1440])
def test_a_bar_pushes_the_screen_down_and_covers_nothing(
    store: Store, agent: Agent, signed_in: SignIn, width: int
) -> None:
    ticket = asks(store, "Frage")
    page = signed_in(agent, width=width, height=844)
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(f"/tickets/{ticket.pk}/")

    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    bar = page.locator("#offline").bounding_box()
    title = page.locator("#ticket h2").bounding_box()
    assert bar
    assert title
    assert title["y"] >= bar["y"] + bar["height"]
    page.locator(".ticket-side-toggle").click(trial=True)
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)

    assert failures == []


def test_a_session_that_ended_sends_nothing_and_says_so(store: Store, agent: Agent, signed_in: SignIn) -> None:
    ticket = asks(store, "Frage")
    page = signed_in(agent)
    page.goto(f"/tickets/{ticket.pk}/")
    page.fill("#composer-text", "Geht das durch?")
    expect(page.locator("#composer-state")).to_have_text("Draft saved")
    page.context.clear_cookies()

    page.keyboard.press("Control+Enter")

    expect(page.locator("#signed-out")).to_be_visible()
    expect(page.locator("#composer-state")).to_have_text("Draft kept on this device")
    expect(page.locator("#composer-text")).to_have_value("Geht das durch?")
