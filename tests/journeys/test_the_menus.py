"""The menus of a ticket, by keyboard."""

from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.factories.shops import an_agent
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


def test_letters_in_an_open_menu_find_its_items_and_command_nothing(store: Store, agent: Agent, page: Page) -> None:
    an_agent(store.default_team, name="Ali Yildiz")
    inger = an_agent(store.default_team, name="Inger Moe")
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("a")
    menu = page.locator("#ticket details[data-key=a]")

    page.keyboard.type("ali")
    expect(menu.get_by_role("button", name="Ali Yildiz")).to_be_focused()
    page.wait_for_timeout(900)
    page.keyboard.type("in")
    expect(menu.get_by_role("button", name="Inger Moe")).to_be_focused()
    expect(page.locator("#mode-reply")).to_be_checked()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    page.keyboard.press("a")
    page.keyboard.type("moe")
    page.keyboard.press("Enter")

    expect(page.locator(".toast")).to_contain_text("Assigned.")
    ticket.refresh_from_db()
    assert ticket.assignee == inger


def test_what_is_marked_there_is_confirmed_on_the_ticket_by_its_key_and_taken_back(store: Store, page: Page) -> None:
    ticket = asks(store, "Danke")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press(".")
    page.get_by_role("button", name="Only says thanks", exact=True).first.click()
    expect(page.get_by_role("button", name="It is marked")).to_be_visible()

    page.keyboard.press("b")
    expect(page.locator(".toast").first).to_contain_text("Marked on the platform: noted.")
    assert not QueuePlace.objects.exists()
    page.keyboard.press("z")

    expect(page.locator(".toast").first).to_contain_text("Taken back: it waits to be marked.")
    assert QueuePlace.objects.get().task == MARK_AT_PLATFORM
