"""An agent looks an order up and writes to its buyer first; in an operator's thread he chooses who reads the answer."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.factories.connected import an_amazon_store
from tests.factories.sales import AT, a_sale
from tests.factories.shops import an_agent
from tests.factories.told import a_told_store, asked_world
from tests.journeys.conftest import SignIn
from tests.servers.web import Web
from tresen.fakes.amazon import FakeAmazon
from tresen.fakes.world import World
from tresen.orders.models import Order
from tresen.outbox.models import Delivery
from tresen.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = "902-1845936-5435065"


def test_an_order_is_looked_up_and_its_buyer_written_to(signed_in: SignIn, web: Web) -> None:
    world = World(clock=lambda: AT)
    world.fill(sales=[a_sale(NUMBER)])
    with an_amazon_store(FakeAmazon(world)) as store:
        bought = AT - timedelta(days=1)
        facts = {"state": "open", "currency": "EUR", "total": 9980, "ordered_at": bought, "changed_at": bought}
        Order.objects.create(store=store, brand=store.brand, number=NUMBER, **facts)
        page = signed_in.already(an_agent(store.default_team, name="Jana Meier"))

        page.keyboard.press("g")
        page.keyboard.press("o")
        page.get_by_role("searchbox", name="Order number").fill(NUMBER)
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Write to the buyer …").click()
        page.get_by_label("Ask for a review and feedback").check()
        expect(page.get_by_label("Your message")).to_be_hidden()
        page.get_by_label("Tell of an unexpected problem").check()
        page.get_by_label("Your message").fill("A van was lost.")
        page.get_by_label("Why, for colleagues").fill("The carrier told us.")
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".message", has_text="A van was lost.")).to_be_visible()
        page.get_by_role("button", name="Undo").first.click()
        expect(page.get_by_label("Your message")).to_have_value("A van was lost.")

    assert Delivery.objects.get().state == "withdrawn"
    assert Ticket.objects.get().status == "solved"


def test_who_reads_it_is_kept_with_the_draft(signed_in: SignIn, web: Web) -> None:
    with a_told_store(asked_world(by_operator=True)) as store:
        page = signed_in.already(an_agent(store.default_team, name="Jana Meier"))
        page.goto(f"{web.url}/tickets/{Ticket.objects.get().pk}/")
        page.get_by_role("textbox", name="Your answer").fill("On Monday.")
        page.get_by_label("Buyer (Ida Muster)").check()
        expect(page.locator("#composer-state")).not_to_be_empty()
        with page.expect_response(lambda answer: "/draft/" in answer.url):
            page.get_by_role("checkbox", name="Marketplace operator (operator)").uncheck()
        page.reload()

        expect(page.get_by_label("Buyer (Ida Muster)")).to_be_checked()
        expect(page.get_by_role("checkbox", name="Marketplace operator (operator)")).not_to_be_checked()
        page.get_by_role("checkbox", name="Marketplace operator (operator)").check()
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("for: Buyer, Marketplace operator")).to_be_visible()

    assert Message.objects.get(direction="out").facts["to"] == "buyer,operator"
