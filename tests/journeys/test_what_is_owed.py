"""What a ticket owes besides an answer: entered by its menu on a desktop, and done, and taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories.products import bought
from tests.factories.replies import waived
from tests.journeys.conftest import SignIn
from tests.journeys.desks import HOUR, asks, moment
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent
from tresen.duties.models import CaseTie, LegalRequest, Promise, Unmarked
from tresen.duties.promising import promise
from tresen.orders.models import Case, CaseState, Order
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.stores.models import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_a_case_a_legal_request_and_a_promise_for_a_time_of_ones_own_are_entered(
    width: int, store: Store, page: Page
) -> None:
    ticket = asks(store, "Lampe kaputt")
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("f")
    page.get_by_text("File a case", exact=True).click()
    page.locator("#case-order").fill("303-1234567-1234567")
    page.get_by_role("button", name="File it").click()
    expect(page.locator(".toast").first).to_be_visible()
    assert CaseTie.objects.get().ticket == ticket

    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("f")
    page.get_by_text("Note a legal request", exact=True).click()
    page.get_by_role("button", name="Note it").last.click()
    expect(page.locator(".toast").first).to_be_visible()
    assert LegalRequest.objects.get().ticket == ticket

    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("f")
    form = page.locator("details[data-key=f]")
    form.get_by_label("What is promised").fill("Ersatz verschicken")
    form.get_by_label("To whom").select_option("follow_up")
    form.get_by_label("At a time of your own").fill("2040-05-04T10:00")
    form.get_by_role("button", name="Note it", exact=True).click()
    expect(page.locator(".toast").first).to_be_visible()
    made = Promise.objects.get()
    assert (made.what, made.kind) == ("Ersatz verschicken", "follow_up")


def test_enter_in_a_promise_chooses_no_time_and_a_preset_keeps_the_words(store: Store, page: Page) -> None:
    ticket = asks(store, "Lampe kaputt")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("f")
    page.keyboard.type("Ersatz")

    page.keyboard.press("Enter")

    expect(page.get_by_label("At a time of your own").and_(page.locator("#promise-due"))).to_be_focused()
    assert not Promise.objects.exists()
    page.locator("#promise-due").fill("2040-05-04T10:00")
    page.locator("details[data-key=f]").get_by_role("button", name="In three days").click()
    expect(page.locator(".toast").first).to_contain_text("Noted: due")
    made = Promise.objects.get()
    assert made.what == "Ersatz"
    due = Clock.objects.get(kind="promise").due
    assert due is not None
    assert due < moment() + 24 * 4 * HOUR


def test_a_time_that_has_passed_leaves_the_form_open_with_all_that_was_typed(store: Store, page: Page) -> None:
    ticket = asks(store, "Lampe kaputt")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("f")
    page.keyboard.type("Ersatz")
    page.locator("#promise-due").fill("2001-05-04T10:00")
    page.keyboard.press("Enter")

    expect(page.locator("#promise-due_error")).to_contain_text("still to come")
    expect(page.locator("#promise-due")).to_be_focused()
    expect(page.locator("#promise-what")).to_have_value("Ersatz")
    expect(page.locator("#promise-due")).to_have_value("2001-05-04T10:00")
    expect(page.locator("#promise-what")).to_be_visible()


def test_a_case_for_a_time_that_has_passed_comes_back_with_all_that_was_typed(store: Store, page: Page) -> None:
    ticket = asks(store, "Lampe kaputt")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("f")
    page.get_by_text("File a case", exact=True).click()
    page.get_by_label("Kind").select_option("chargeback")
    page.get_by_label("Answer it by").fill("2001-05-04T10:00")
    page.locator("#case-order").fill("303-1234567-1234567")
    page.get_by_label("The platform’s number of the case").fill("77-A")
    page.get_by_role("button", name="File it").click()

    expect(page.locator("#case-due_error")).to_contain_text("still to come")
    expect(page.locator("#case-due")).to_be_focused()
    expect(page.locator("#case-due")).to_have_value("2001-05-04T10:00")
    expect(page.get_by_label("Kind")).to_have_value("chargeback")
    expect(page.locator("#case-order")).to_have_value("303-1234567-1234567")
    expect(page.get_by_label("The platform’s number of the case")).to_have_value("77-A")
    page.locator("#case-due").fill("2040-05-04T10:00")
    page.get_by_role("button", name="File it").click()
    expect(page.locator(".toast").first).to_contain_text("Case filed.")
    assert Case.objects.get().external_id == "77-A"


def test_the_words_of_a_promise_are_changed_on_a_phone_and_taken_back(store: Store, page: Page) -> None:
    ticket = asks(store, "Lampe kaputt")
    made = promise(ticket.pk, due=moment() + 48 * HOUR, what="Anruf am Freitag", by=SYSTEM, at=moment())
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/tickets/{ticket.pk}/")
    page.locator(".duty summary").click()
    words = page.get_by_label("What is promised").and_(page.locator(".duty input"))
    expect(words).to_be_in_viewport(ratio=1)
    expect(page.locator(".duty .menu-body")).to_have_css("width", "390px")  # a sheet: beside its button it is cut off
    words.fill("Anruf am Montag")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("changed the words of a promise: “Anruf am Montag”")).to_be_visible()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".duty").get_by_text("Anruf am Freitag")).to_be_visible()
    made.refresh_from_db()
    assert made.what == "Anruf am Freitag"


def test_a_promise_works_without_scripts(store: Store, agent: Agent, signed_in: SignIn) -> None:
    ticket = asks(store, "Lampe kaputt")
    page = signed_in.already(agent, scripts=False)
    page.goto(f"/tickets/{ticket.pk}/")
    form = page.locator("details[data-key=f]")
    form.locator("summary").first.click()
    form.get_by_label("What is promised").fill("Ersatz")
    form.get_by_label("What is promised").press("Enter")
    assert not Promise.objects.exists()
    form.get_by_label("At a time of your own").fill("2001-05-04T10:00")
    form.get_by_label("What is promised").press("Enter")
    expect(page.get_by_text("Choose a time that is still to come.")).to_be_visible()
    expect(form.get_by_label("What is promised")).to_have_value("Ersatz")
    form.get_by_label("At a time of your own").fill("2040-05-04T10:00")
    form.get_by_role("button", name="Note it", exact=True).click()
    expect(page.get_by_text("Noted: due")).to_be_visible()
    assert Promise.objects.get().what == "Ersatz"


def test_a_mark_is_taken_back_from_its_list(store: Store, page: Page) -> None:
    create_defaults(by=SYSTEM, at=moment() - 24 * HOUR)
    ticket = asks(store, "Danke")
    waived(ticket, at=moment())
    page.goto("/marking/")
    page.keyboard.press("b")
    expect(page.locator(".toast")).to_contain_text("1 message is marked.")
    assert not Unmarked.objects.exists()

    page.keyboard.press("z")

    expect(page.locator(".toast")).to_contain_text("Taken back")
    expect(page.locator("#marking")).to_be_visible()
    assert Unmarked.objects.get().ticket == ticket


def test_how_a_case_stands_is_read_whole_in_its_card(store: Store, agent: Agent, page: Page) -> None:
    Agent.objects.filter(pk=agent.pk).update(language="de")
    ticket = asks(store, "Lampe kaputt")
    bought(ticket.pk, sku="MIRA")
    order = Order.objects.get()
    Case.objects.create(
        store=store, brand=store.brand, order=order, kind="a_to_z", state=CaseState.ANSWERED, opened_at=moment()
    )
    page.goto(f"/tickets/{ticket.pk}/")
    badge = page.locator(".side-part .badge").filter(has_text="beantwortet: Die Plattform entscheidet")
    expect(badge).to_be_visible()
    assert badge.evaluate("badge => badge.scrollWidth <= badge.clientWidth")
