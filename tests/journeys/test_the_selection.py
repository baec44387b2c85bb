"""Several rows at once, by keyboard, mouse and finger."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.factories.shops import an_agent
from tests.journeys.conftest import SignIn
from tests.journeys.desks import asks
from tresen.accounts.models import Agent
from tresen.stores.models import Store
from tresen.tickets.models import Status, Ticket
from tresen.tickets.queries import tags_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tickets(store: Store, agent: Agent, page: Page) -> list[Ticket]:
    """Three in the queue; the first two are chosen, the first is open beside the list."""
    found = [asks(store, f"Frage {number}", hours_ago=hours) for number, hours in ((1, 5), (2, 4), (3, 3))]
    page.goto(f"/tickets/{found[0].pk}/")
    page.locator(f"#row-{found[0].pk} .row-link").focus()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#selection")).to_contain_text("2 chosen")
    expect(page.locator("#ticket")).to_have_attribute("data-ticket", str(found[1].pk))
    return found


def test_a_key_acts_on_the_chosen_rows_before_the_open_ticket(agent: Agent, page: Page, tickets: list[Ticket]) -> None:
    page.keyboard.press("m")

    expect(page.locator(".toast")).to_contain_text("2 tickets: taken.")
    assert set(Ticket.objects.filter(assignee=agent)) == set(tickets[:2])
    expect(page.locator("#selection")).to_be_hidden()


def test_the_chosen_are_tagged_by_keyboard(page: Page, tickets: list[Ticket]) -> None:
    page.keyboard.press("t")
    page.keyboard.type("Lager")
    page.keyboard.press("Enter")

    expect(page.locator(".toast")).to_contain_text("2 tickets: tag added.")
    assert [[tag.name for tag in tags_of(ticket.pk)] for ticket in tickets] == [["Lager"], ["Lager"], []]


def test_the_chosen_are_solved_and_what_could_not_be_is_told(page: Page, tickets: list[Ticket]) -> None:
    page.keyboard.press("e")
    page.keyboard.press("Enter")
    expect(page.locator(".toast").first).to_contain_text(
        "0 of 2: solved; 2 not, because an answer is still owed there."
    )

    page.locator(f"#row-{tickets[1].pk} .row-link").focus()
    page.keyboard.press("x")
    page.keyboard.press("e")
    page.locator("#selection").get_by_role("button", name="Asked twice").last.click()

    expect(page.locator(".toast").first).to_contain_text("1 ticket: solved.")
    assert Ticket.objects.get(status=Status.SOLVED) == tickets[1]


def test_the_chosen_are_given_to_a_colleague(store: Store, page: Page, tickets: list[Ticket]) -> None:
    colleague = an_agent(store.default_team, name="Deniz Aksoy", everything=True)
    page.reload()
    page.locator(f"#row-{tickets[2].pk} .row-link").focus()
    page.keyboard.press("x")
    page.keyboard.press("a")

    choice = page.locator("#selection").get_by_role("button", name="Deniz Aksoy")
    expect(choice).to_be_in_viewport()
    choice.click()

    expect(page.locator(".toast")).to_contain_text("1 ticket: assigned.")
    assert Ticket.objects.get(assignee=colleague) == tickets[2]


def test_keys_for_the_chosen_wait_for_their_verbs_and_do_nothing_to_the_open_ticket(
    store: Store, page: Page, tickets: list[Ticket]
) -> None:
    colleague = an_agent(store.default_team, name="Deniz Aksoy", everything=True)
    held: list[Route] = []
    page.route("**/queue/selection/bar/", lambda route: held.append(route))  # noqa: PLW0108 - it asks for a function
    page.reload()
    page.locator(f"#row-{tickets[2].pk} .row-link").focus()
    page.keyboard.press("x")
    page.keyboard.press("a")
    for route in held:
        route.continue_()

    page.locator("#selection").get_by_role("button", name="Deniz Aksoy").click()

    expect(page.locator(".toast")).to_contain_text("1 ticket: assigned.")
    assert Ticket.objects.get(assignee=colleague) == tickets[2]


def test_rows_are_chosen_by_their_box_and_with_shift_up_to_there(store: Store, page: Page) -> None:
    found = [asks(store, f"Frage {number}", hours_ago=9 - number) for number in range(4)]
    page.goto("/")
    page.locator(f"#row-{found[0].pk} .row-choice").click()
    expect(page.locator("#selection")).to_contain_text("1 chosen")
    page.locator(f"#row-{found[2].pk} .row-choice").click(modifiers=["Shift"])
    expect(page.locator("#selection")).to_contain_text("3 chosen")
    page.locator(f"#row-{found[1].pk} .row-choice").click()
    expect(page.locator("#selection")).to_contain_text("2 chosen")
    page.locator(f"#row-{found[3].pk} .row-link").click(modifiers=["Shift"])
    expect(page.locator("#selection")).to_contain_text("4 chosen")
    expect(page).to_have_url(re.compile(r"/$"))


def test_a_finger_chooses_rows_after_the_lists_own_button(store: Store, signed_in: SignIn, agent: Agent) -> None:
    handheld = signed_in(agent, width=390, height=844, touch=True)
    found = [asks(store, f"Frage {number}", hours_ago=9 - number) for number in range(3)]
    handheld.goto("/")
    handheld.get_by_role("button", name="Choose rows").tap()
    for ticket in found[:2]:
        handheld.locator(f"#row-{ticket.pk} .row-link").tap()
    take = handheld.locator("#selection").get_by_role("button", name="Take")
    expect(take).to_be_in_viewport()
    take.tap()

    expect(handheld.locator(".toast")).to_contain_text("2 tickets: taken.")
    assert set(Ticket.objects.filter(assignee=agent)) == set(found[:2])
    handheld.locator(f"#row-{found[2].pk} .row-link").tap()
    expect(handheld.locator("#ticket")).to_have_attribute("data-ticket", str(found[2].pk))
