"""What stands above list and thread takes little room, and nothing floats over what is read."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignIn
from tests.journeys.desks import asks
from tresen.accounts.models import Agent
from tresen.stores.models import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The boxes of letters, not of lines: a title's line is a little higher than what is read in it.
COVERED = """
() => {
  const pill = document.querySelector("#list-news button").getBoundingClientRect();
  const meets = (box) => {
    const middle = (box.top + box.bottom) / 2;
    return box.width && box.left < pill.right && box.right > pill.left && Math.abs(middle - pill.top - 9) < 14;
  };
  const letters = document.createRange();
  const walker = document.createTreeWalker(document.querySelector(".list"), NodeFilter.SHOW_TEXT);
  const covered = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentElement.closest("#list-news, .unseen")) continue;
    letters.selectNodeContents(node);
    if (meets(letters.getBoundingClientRect())) covered.push(node.data);
  }
  for (const button of document.querySelectorAll(".list-head .button"))
    if (!button.closest("#list-news") && meets(button.getBoundingClientRect())) covered.push(button.title);
  if (pill.bottom > document.getElementById("list-scroll").getBoundingClientRect().top) covered.push("rows");
  return covered;
}
"""


@pytest.mark.parametrize("width", [1440, 390])
def test_what_is_new_covers_nothing_beside_a_ticket_and_on_a_phone(
    store: Store, agent: Agent, signed_in: SignIn, width: int
) -> None:
    there = asks(store, "Liegt schon da", hours_ago=2)
    phone = width < 700
    page: Page = signed_in(agent, width=width, height=844, touch=phone)
    page.goto("/queue/all/" if phone else f"/tickets/{there.pk}/")
    page.wait_for_timeout(300)  # the browser's connection for live updates is opened by now

    asks(store, "Kommt eben herein", hours_ago=20)

    expect(page.locator("#list-news")).to_contain_text("1 new")
    page.locator("#list-news span").evaluate("(words) => (words.textContent = '28 new')")
    assert page.evaluate(COVERED) == []
    page.locator("#list-news button").click()
    expect(page.locator(".row")).to_have_count(2)


def test_the_first_message_stands_high_beside_list_and_side_panel(
    store: Store, agent: Agent, signed_in: SignIn
) -> None:
    ticket = asks(store, "Wo ist meine Bestellung?", hours_ago=2)
    page = signed_in(agent, width=1440, height=900)
    page.goto(f"/tickets/{ticket.pk}/")

    expect(page.locator(".clock-card-main")).to_be_visible()
    first, verbs = page.locator(".message").first.bounding_box(), page.locator(".ticket-verbs").bounding_box()
    assert first
    assert verbs
    assert first["y"] < 230, "title, facts with act by, clocks, actions: a line each"
    assert verbs["height"] < 32, "all in one line"
