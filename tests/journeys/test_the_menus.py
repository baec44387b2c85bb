"""The menus of a ticket, by keyboard."""

from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desks import HOUR, asks, moment
from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent
from tresen.routing.models import QueuePlace
from tresen.routing.placing import MARK_AT_PLATFORM
from tresen.stores.models import Store
from tresen.tickets.models import Status
from tresen.tickets.solving import solve

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_waiting_takes_its_key_and_enter(store: Store, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")

    page.keyboard.press("w")
    expect(page.get_by_role("button", name="for the customer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".toast").first).to_contain_text("Not waiting yet: Amazon’s limit runs out before that")
    page.get_by_role("button", name="Wait all the same").click()

    expect(
        page.locator(".toast").filter(has_text="Waiting for the customer, with no date to come back.")
    ).to_be_visible()
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_on) == (Status.WAITING, "customer")


def test_enter_in_the_date_of_waiting_chooses_nobody_to_wait_for(store: Store, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("w")
    page.locator("#wait-until").fill((moment() + HOUR).astimezone(ZoneInfo("Europe/Berlin")).strftime("%Y-%m-%dT%H:%M"))

    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="for the customer")).to_be_focused()
    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN
    page.get_by_role("button", name="for a third party").click()
    expect(page.locator(".toast").filter(has_text="Waiting for a third party, until")).to_be_visible()


def test_keys_that_do_nothing_say_why(store: Store, agent: Agent, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("z")
    expect(page.locator(".toast").first).to_contain_text("Nothing to undo any more.")
    page.keyboard.press("m")
    expect(page.locator(".toast").first).to_contain_text("Assigned.")
    page.keyboard.press("m")
    expect(page.locator(".toast").first).to_contain_text("This ticket is yours already.")


def test_a_solved_ticket_names_the_key_that_opens_it_again(store: Store, agent: Agent, page: Page) -> None:
    ticket = asks(store, "Frage")
    solve(ticket.pk, by=Actor.agent(agent.pk), at=moment())
    page.goto(f"/tickets/{ticket.pk}/")

    page.keyboard.press("w")
    expect(page.locator(".toast")).to_contain_text("This ticket is solved: o opens it again.")
    page.keyboard.press("o")
    expect(page.locator(".toast").first).to_contain_text("Open again.")
    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN


def test_no_response_needed_is_taken_back_by_the_key(store: Store, page: Page) -> None:
    ticket = asks(store, "Danke")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press(".")
    page.get_by_role("button", name="Only says thanks", exact=True).first.click()
    expect(page.locator(".toast")).to_contain_text("No response needed: noted.")
    assert QueuePlace.objects.get().task == MARK_AT_PLATFORM

    page.keyboard.press("z")

    expect(page.locator(".toast").first).to_contain_text("Taken back: an answer is owed.")
    assert QueuePlace.objects.get().task != MARK_AT_PLATFORM


def test_no_response_needed_and_solved_are_one_choice_and_one_undo(store: Store, page: Page) -> None:
    ticket = asks(store, "Danke")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press(".")

    page.get_by_role("button", name="Only says thanks: and solve").click()

    expect(page.locator(".toast")).to_contain_text("Solved.")
    ticket.refresh_from_db()
    assert (ticket.status, QueuePlace.objects.get().task) == (Status.SOLVED, MARK_AT_PLATFORM)
    page.keyboard.press("z")
    expect(page.locator(".toast").first).to_contain_text("Open again.")
    assert QueuePlace.objects.get().task != MARK_AT_PLATFORM


def test_whoever_snoozes_beyond_a_limit_is_asked_and_says_so_by_a_key(store: Store, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("s")
    page.get_by_role("button", name="In three days").click()
    expect(page.locator(".toast").first).to_contain_text("Not snoozed yet: Amazon’s limit runs out before that")
    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN

    page.keyboard.press("y")

    expect(page.locator(".toast").filter(has_text="Snoozed until")).to_be_visible()
    ticket.refresh_from_db()
    assert ticket.status == Status.SNOOZED
    page.goto("/queue/all/")
    expect(page.locator(f"#row-{ticket.pk} .badge").filter(has_text="snoozed until")).to_be_visible()
