"""After an answer is sent the next key is a command, not a letter to the customer."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desks import asks
from tresen.outbox.models import Delivery, DeliveryState
from tresen.replies.models import Draft
from tresen.stores.models import Store
from tresen.tickets.models import Message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _write(page: Page, store: Store, text: str) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("r")
    page.keyboard.type(text)


def test_undo_pressed_right_after_sending_takes_the_answer_back(store: Store, page: Page) -> None:
    _write(page, store, "Ihr Paket kommt morgen.")

    page.keyboard.press("Control+Enter")
    page.keyboard.press("z")

    expect(page.locator(".toast").first).to_contain_text("Taken back.")
    expect(page.locator("#composer-text")).to_have_value("Ihr Paket kommt morgen.")
    expect(page.locator("#composer-text")).to_be_focused()
    assert Delivery.objects.get().state == DeliveryState.WITHDRAWN


def test_the_focus_goes_to_what_was_sent(store: Store, page: Page) -> None:
    _write(page, store, "Ihr Paket kommt morgen.")

    page.keyboard.press("Control+Enter")

    expect(page.locator(".toast")).to_contain_text("Answer on its way.")
    expect(page.locator(f"#message-{Message.objects.get(direction='out').pk}")).to_be_focused()
    page.keyboard.type("zr")
    expect(page.locator(".toast").first).to_contain_text("Taken back.")
    page.wait_for_timeout(1500)  # a draft is kept a moment after typing
    assert {draft.text for draft in Draft.objects.all()} == {"Ihr Paket kommt morgen."}


def test_the_editors_own_undo_takes_back_what_was_just_sent(store: Store, page: Page) -> None:
    _write(page, store, "Ihr Paket kommt morgen.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Answer on its way.")
    page.locator("#composer-text").click()

    page.keyboard.press("Control+z")

    expect(page.locator(".toast").first).to_contain_text("Taken back.")
    assert Delivery.objects.get().state == DeliveryState.WITHDRAWN


def test_the_editors_own_undo_stays_the_editors_while_one_writes(store: Store, page: Page) -> None:
    _write(page, store, "Ihr Paket kommt morgen.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Answer on its way.")
    page.locator("#composer-text").click()
    page.keyboard.type("Noch")

    page.keyboard.press("Control+z")

    expect(page.locator("#composer-text")).not_to_have_value("Noch")
    assert Delivery.objects.get().state == DeliveryState.QUEUED


def test_what_could_not_be_sent_is_written_on(store: Store, page: Page) -> None:
    _write(page, store, "Geht das?")
    page.evaluate("document.querySelector('.composer-reply [name=answers_up_to]').value = 0")

    page.keyboard.press("Control+Enter")

    expect(page.locator(".toast")).to_contain_text("out of date")
    expect(page.locator("#composer-text")).to_be_focused()
    page.keyboard.type(" Ja!")
    expect(page.locator("#composer-text")).to_have_value("Geht das? Ja!")
