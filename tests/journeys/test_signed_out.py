"""A session ends while somebody writes: the text stays, and signing in leads back to it."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PASSWORD, SignIn
from tests.journeys.desks import asks
from tresen.accounts.models import Agent
from tresen.outbox.models import Delivery
from tresen.replies.models import Draft
from tresen.stores.models import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _end(page: Page, how: str) -> None:
    """The session ends on the server, or the browser has forgotten all it knew."""
    if how == "ended":
        Session.objects.all().delete()
    else:
        page.context.clear_cookies()


@pytest.mark.parametrize("how", ["ended", "forgotten"])
def test_what_was_written_is_there_once_after_signing_in_again(
    store: Store, agent: Agent, signed_in: SignIn, how: str
) -> None:
    ticket = asks(store, "Frage")
    page = signed_in(agent)
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("r")
    page.keyboard.type("Erster Satz. ")
    expect(page.locator("#composer-state")).to_have_text("Draft saved")

    _end(page, how)
    page.keyboard.type("Zweiter Satz.")

    expect(page.locator("#signed-out")).to_contain_text("You are signed out. Your text is kept on this device.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#composer-text")).to_have_value("Erster Satz. Zweiter Satz.")
    page.get_by_role("link", name="Sign in").click()
    page.fill("input[name=login]", agent.email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**/tickets/{ticket.pk}/**")
    expect(page.locator("#composer-text")).to_have_value("Erster Satz. Zweiter Satz.")
    expect(page.locator("#composer-state")).to_have_text("Draft saved")
    assert Draft.objects.get().text == "Erster Satz. Zweiter Satz."
    assert not Delivery.objects.exists()


def test_what_another_device_kept_later_wins_over_what_is_here(store: Store, agent: Agent, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("r")
    page.keyboard.type("Am Morgen")
    expect(page.locator("#composer-state")).to_have_text("Draft saved")
    draft = Draft.objects.get()
    draft.text, draft.changed_at = "Am Abend", draft.changed_at.replace(year=draft.changed_at.year + 1)
    draft.save()

    page.reload()

    expect(page.locator("#composer-text")).to_have_value("Am Abend")


def test_what_one_agent_typed_is_not_shown_to_the_next_on_the_same_device(
    store: Store, agent: Agent, page: Page
) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("r")
    page.keyboard.type("Nur für mich")
    keys = page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('tresen.draft.'))")

    assert keys == [f"tresen.draft.{agent.pk}-{ticket.conversations.get().pk}"]
