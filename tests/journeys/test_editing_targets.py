"""A lead edits reply targets: another order by keys, what it would move, the choice, and how far the worker is."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.factories.shops import an_agent
from tests.journeys.conftest import SignIn
from tests.journeys.desks import asks, moment
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent, Role
from tresen.sla.editing import add_policy
from tresen.sla.models import Clock, Policy
from tresen.sla.recalculating import recalculate
from tresen.stores.models import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lead(store: Store) -> Agent:
    return an_agent(store.default_team, name="Marco Conti", role=Role.LEAD)


def policy(name: str, hours: int, **conditions: list[str]) -> int:
    targets = {"first_reply": {"minutes": hours * 60, "hours": "always"}}
    version = add_policy(
        name=name, conditions=conditions, targets=targets, position=99, by=SYSTEM, at=moment() - timedelta(days=1)
    )
    return version.policy_id


@pytest.fixture
def page(signed_in: SignIn, lead: Agent, store: Store) -> Page:
    policy("Amazon", 8, channels=["amazon"])
    policy("Every ticket", 4)
    asks(store, "Wo bleibt meine Lampe?", hours_ago=1)
    return signed_in(lead)


def order() -> list[str]:
    return list(Policy.objects.order_by("position").values_list("name", flat=True))


def hours_allowed() -> float:
    clock = Clock.objects.get(kind="own")
    assert clock.due is not None
    return (clock.due - clock.started_at) / timedelta(hours=1)


def test_another_order_by_keys_is_seen_chosen_and_worked_off(page: Page) -> None:
    page.goto("/setup/policies/")
    page.get_by_role("link", name="Every ticket", exact=True).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_text("The order is changed, but not saved yet.")).to_be_visible()
    expect(page.locator(".policy-name").first).to_have_text("Every ticket")
    assert order() == ["Amazon", "Every ticket"]

    page.get_by_role("button", name="Save the order").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What happens to open clocks?")).to_be_visible()
    expect(page.get_by_text("1 clock is due earlier").first).to_be_visible()
    expect(page.get_by_role("link", name="Wo bleibt meine Lampe?").first).to_be_visible()
    page.get_by_label("As if from the start").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Waiting for the worker")).to_be_visible()
    assert order() == ["Every ticket", "Amazon"]
    assert hours_allowed() == 8

    while recalculate(datetime.now(UTC)):
        pass
    expect(page.locator(".recalculation[data-finished]")).to_contain_text("1 clock is due earlier")
    assert hours_allowed() == 4


def test_a_policy_is_dragged_to_its_place(page: Page) -> None:
    page.goto("/setup/policies/")
    expect(page.locator(".policy-grip").first).to_be_visible()
    page.locator(".policy-grip").nth(1).drag_to(page.locator(".policy").first, target_position={"x": 40, "y": 4})
    expect(page.get_by_text("The order is changed, but not saved yet.")).to_be_visible()
    expect(page.locator(".policy-name").first).to_have_text("Every ticket")
    page.get_by_role("link", name="Discard").click()
    expect(page.locator(".policy-name").first).to_have_text("Amazon")
    assert order() == ["Amazon", "Every ticket"]


def test_an_edit_is_seen_before_it_is_saved_and_can_be_changed_again(page: Page) -> None:
    page.goto("/setup/policies/")
    page.get_by_role("link", name="Amazon", exact=True).click()
    hours = page.get_by_role("spinbutton", name="Hours").first
    hours.fill("6")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It concerns 1 open ticket.")).to_be_visible()
    page.get_by_role("button", name="Change something again").click()
    expect(hours).to_have_value("6")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Keep them").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="“Amazon” is saved.")).to_be_visible()
    assert hours_allowed() == 8


def test_the_sentence_of_a_policy_follows_what_is_chosen(page: Page) -> None:
    page.goto("/setup/policies/new/")
    any_ticket = page.locator(".clause-any")
    expect(any_ticket).to_have_text("any ticket at all")
    channel = page.locator(".clause").filter(has_text="Channel")
    channel.locator("summary").click()
    channel.get_by_label("Amazon").check()
    expect(channel).to_have_attribute("data-chosen", "")
    expect(channel.locator("summary .icon")).to_be_hidden()
    expect(any_ticket).to_have_text("Channel Amazon")
    value = page.locator(".clause").filter(has_text="Order value")
    value.locator("summary").click()
    value.get_by_label("From").fill("200")
    expect(any_ticket).to_have_text("Channel Amazon, Order value 200 – EUR")
    channel.get_by_label("Amazon").uncheck()
    value.get_by_label("From").fill("")
    expect(any_ticket).to_have_text("any ticket at all")
    value.get_by_label("From").fill("200")
    page.get_by_role("button", name="Save").click()  # without a name it comes back
    expect(page.locator(".clause[data-chosen] summary")).to_have_text("Order value 200 – EUR")
    expect(any_ticket).to_be_hidden()


def test_steps_of_the_ladder_that_say_nothing_are_folded(page: Page) -> None:
    page.goto("/setup/policies/new/")
    steps = page.locator(".ladder-step")
    folded = steps.filter(has_text="Another step")
    expect(folded).to_have_count(2)
    expect(folded.first.get_by_label("When?")).to_be_hidden()
    expect(steps.first.get_by_label("When?")).to_be_visible()
    folded.first.get_by_text("Another step").click()
    expect(folded.first.get_by_label("When?")).to_be_visible()
