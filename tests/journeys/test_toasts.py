"""What was done says so where it hides nothing, and the newest is the one that is undone."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignIn
from tests.journeys.desks import asks
from tresen.accounts.models import Agent, Role
from tresen.stores.models import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _act_twice(page: Page) -> None:
    """Take the ticket, then put it aside: two toasts, each with its undo."""
    page.keyboard.press("m")
    expect(page.locator(".toast")).to_have_count(1)
    page.locator("#ticket details[data-key=s] summary").click()
    page.get_by_role("button", name="In one hour").click()
    expect(page.locator(".toast")).to_have_count(2)


def test_the_key_undoes_the_newest_of_two(store: Store, agent: Agent, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    _act_twice(page)
    expect(page.locator(".toast").first).to_contain_text("Snoozed until")

    page.keyboard.press("z")

    expect(page.locator(".toast").first).to_contain_text("Back at work.")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee_id) == ("open", agent.pk)


def test_two_toasts_are_shown_at_most(store: Store, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    _act_twice(page)

    page.keyboard.press("s")

    expect(page.locator(".toast").first).to_contain_text("Back at work.")
    expect(page.locator(".toast")).to_have_count(2)


@pytest.mark.parametrize(("width", "height"), [(1920, 1000), (1440, 900), (1000, 800), (390, 844)])
def test_toasts_never_lie_over_the_buttons_that_send(
    store: Store, agent: Agent, signed_in: SignIn, width: int, height: int
) -> None:
    ticket = asks(store, "Frage")
    page = signed_in(agent, width=width, height=height)
    page.goto(f"/tickets/{ticket.pk}/")
    _act_twice(page)

    toasts = [box for toast in page.locator(".toast").all() if (box := toast.bounding_box())]
    composer = page.locator("#composer").bounding_box()

    assert composer is not None
    assert len(toasts) == 2
    for toast in toasts:
        beside = toast["x"] + toast["width"] <= composer["x"]
        assert beside or toast["y"] + toast["height"] <= composer["y"]
        assert toast["x"] >= 0
        assert toast["x"] + toast["width"] <= width
    for button in page.locator(".toast .button").all():
        inside = button.bounding_box()
        assert inside is not None
        assert inside["x"] + inside["width"] <= toasts[0]["x"] + max(toast["width"] for toast in toasts)


@pytest.mark.parametrize("width", [1440, 390])
def test_what_asks_is_read_in_few_lines_and_stays_until_it_is_answered(
    store: Store, agent: Agent, signed_in: SignIn, width: int
) -> None:
    ticket = asks(store, "Frage")
    page = signed_in(agent, width=width)
    page.clock.install()
    page.goto(f"/tickets/{ticket.pk}/")
    for _ in range(2):
        # Marked, so that the second question is not taken for the first, which reads alike.
        page.evaluate("for (const toast of document.querySelectorAll('.toast')) toast.dataset.seen = ''")
        page.locator("#ticket details[data-key=s] summary").click()
        page.get_by_role("button", name="In three days").click()
        expect(page.locator(".toast:not([data-seen])")).to_contain_text("Not snoozed yet")

    page.clock.run_for(60_000)

    expect(page.locator(".toast")).to_have_count(1)
    box = page.locator(".toast p").bounding_box()
    assert box is not None
    assert box["width"] >= 200
    assert box["height"] <= 90
    page.get_by_role("button", name="Snooze all the same").click()
    expect(page.locator(".toast").filter(has_text="Not snoozed yet")).to_have_count(0)


def test_what_is_said_of_another_ticket_than_the_one_shown_names_it(store: Store, page: Page) -> None:
    first, second = asks(store, "Frage"), asks(store, "Noch eine")
    page.goto(f"/tickets/{first.pk}/")
    page.keyboard.press("m")
    expect(page.locator(".toast")).to_contain_text("Assigned.")
    expect(page.locator(".toast [data-about]")).to_be_hidden()

    page.locator(f"#row-{second.pk} .row-link").click()

    expect(page.locator(".toast [data-about]")).to_have_text(f"#{first.pk}: ")
    expect(page.locator(".toast [data-about]")).to_be_visible()


def test_on_a_phone_they_do_not_lie_over_the_buttons_that_end_a_form(
    store: Store, agent: Agent, signed_in: SignIn
) -> None:
    type(agent).objects.filter(pk=agent.pk).update(role=Role.ADMIN)
    page = signed_in(agent, width=390, height=844, touch=True)
    page.goto(f"/setup/stores/{store.pk}/")
    page.get_by_role("button", name="Save").tap()
    toast, foot = page.locator(".toast"), page.locator(".setup-form .setup-foot")
    expect(toast).to_contain_text("is saved")

    for bottom in (844 - 60, 844 - 90, 844 - 120):  # scrolled to where it would be covered
        foot.evaluate("(foot, bottom) => scrollBy(0, foot.getBoundingClientRect().bottom - bottom)", bottom)
        page.wait_for_timeout(100)
        over, below = toast.bounding_box(), foot.bounding_box()
        assert over is not None
        assert below is not None
        assert below["y"] + below["height"] == pytest.approx(bottom, abs=1)
        assert over["y"] + over["height"] <= below["y"]

    foot.evaluate("foot => scrollBy(0, foot.getBoundingClientRect().bottom - 300)")
    page.wait_for_timeout(100)
    back = toast.bounding_box()
    assert back is not None
    assert back["y"] > 700, "where it covers nothing it is at its usual place"
