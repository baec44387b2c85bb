"""A ticket on a phone: the title stays, all actions are in sight, the composer is small until somebody writes."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import SignIn
from tests.journeys.desks import asks
from tresen.accounts.models import Agent
from tresen.stores.models import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(agent: Agent, signed_in: SignIn) -> Page:
    return signed_in(agent, width=390, height=844, touch=True)


def box(found: Locator) -> dict[str, float]:
    given = found.bounding_box()
    assert given is not None
    return dict(given)


def at_the_top(page: Page, selector: str) -> str:
    """Which part of the header is to be seen in the middle of this one."""
    return str(
        page.evaluate(
            "(selector) => { const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();"
            "return document.elementFromPoint(x + width / 2, y + height / 2)?.closest(selector)?.className ?? '' }",
            selector,
        )
    )


def test_nothing_of_the_header_is_seen_through_its_title(store: Store, phone: Page) -> None:
    ticket = asks(store, "Wo ist meine Bestellung?", text="Und noch eine Zeile.\n" * 60)
    phone.goto(f"/tickets/{ticket.pk}/")

    for way in (40, 90, 150, 220, 400):
        phone.evaluate("(way) => scrollTo(0, way)", way)
        title = box(phone.locator(".ticket-line"))
        assert title["y"] == 0
        assert at_the_top(phone, ".ticket-line") == "ticket-line"
        assert phone.evaluate("getComputedStyle(document.querySelector('.ticket-line')).backgroundColor") != (
            "rgba(0, 0, 0, 0)"
        )


def test_what_is_done_most_takes_one_row_and_the_rest_is_a_touch_away(store: Store, phone: Page) -> None:
    ticket = asks(store, "Frage")
    phone.goto(f"/tickets/{ticket.pk}/")
    shown = phone.locator(".ticket-verbs .button:visible:not(.menu-body *)")

    large = [place for action in shown.all() if min((place := box(action))["width"], place["height"]) >= 40]
    assert len(large) == 4
    assert len({place["y"] for place in large}) == 1
    expect(phone.locator(".ticket-verbs .verb-solve > .button")).to_be_in_viewport()
    phone.get_by_role("checkbox", name="All actions").tap()

    assert shown.count() > 8
    for action in shown.all():
        found = box(action)
        assert found["x"] >= 0
        assert found["x"] + found["width"] <= 390


def test_a_draft_takes_one_line_until_somebody_writes(store: Store, phone: Page) -> None:
    ticket = asks(store, "Frage")
    phone.goto(f"/tickets/{ticket.pk}/")
    phone.locator("#composer-text").tap()
    phone.keyboard.type("eins\nzwei\ndrei\nvier\nfuenf\nsechs")
    expect(phone.get_by_role("button", name="Send & solve")).to_be_visible()
    written = box(phone.locator("#composer"))
    sends = box(phone.locator('[data-sends="keep_open"]'))

    phone.evaluate("document.activeElement.blur()")

    expect(phone.get_by_role("button", name="Send & solve")).to_be_hidden()
    assert box(phone.locator("#composer"))["height"] < 110 < written["height"]
    assert box(phone.locator('[data-sends="keep_open"]')) == pytest.approx(sends, abs=1)
    phone.locator("label:has(#mode-note)").tap()
    expect(phone.locator("#composer-note-text")).to_be_visible()


def test_a_ticket_opens_at_what_must_be_answered(store: Store, phone: Page) -> None:
    for hours in range(12, 2, -1):
        ticket = asks(store, "Viele Worte", hours_ago=hours, text=f"Vor {hours} Stunden.\n" * 12)
    ticket.messages.filter(pk__lt=ticket.messages.latest("pk").pk).update(kind="own_answer")

    phone.goto(f"/tickets/{ticket.pk}/")

    newest = phone.locator(".message").last
    expect(newest).to_be_in_viewport()
    assert box(newest)["y"] >= box(phone.locator(".ticket-line"))["height"]


def test_a_short_ticket_opens_with_its_times_in_sight(store: Store, phone: Page) -> None:
    ticket = asks(store, "Kurz", text="Wo?\n" * 12)
    phone.goto(f"/tickets/{ticket.pk}/")

    expect(phone.locator(".ticket-clocks")).to_be_in_viewport(ratio=1)
    expect(phone.locator(".message")).to_be_in_viewport()
