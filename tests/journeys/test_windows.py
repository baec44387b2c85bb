"""A window that closes while somebody types: the composer says so before and after, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.factories.connected import a_connected_page
from tests.factories.messages import a_message, filed
from tests.factories.shops import an_agent
from tests.journeys.conftest import SignIn
from tresen.accounts.models import Agent
from tresen.channels.contract import IdentityKind, ReplyBy, Surface, ThreadKey, ThreadKeyKind
from tresen.outbox.models import Delivery
from tresen.timekeeping import wall

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def written(*, ago: timedelta, surface: Surface = Surface.DIRECT) -> tuple[int, Agent]:
    """A page at which Ida wrote so long ago: the ticket, and an agent."""
    store = a_connected_page("facebook", address="https://meta.example", account="10000000000001")
    key = "comment:901_1" if surface is Surface.COMMENT else "talk:20000000000001"
    message = a_message(at=wall.now() - ago, sender="20000000000001", kind=IdentityKind.USERNAME)
    ties = (ThreadKey(kind=ThreadKeyKind.THREAD, value=key),)
    filing, *_ = filed(store, replace(message, reply_by=ReplyBy.THREAD, surface=surface, thread_keys=ties))
    return filing.ticket.id, an_agent(store.default_team)


def opened(signed_in: SignIn, ticket: int, agent: Agent) -> Page:
    page = signed_in(agent)
    page.clock.install(time=wall.now())
    page.goto(f"/tickets/{ticket}/")
    return page


def test_it_is_said_before_and_after_and_the_text_stays(signed_in: SignIn, transactional_db: None) -> None:
    ticket, agent = written(ago=timedelta(days=6, hours=22, minutes=30))
    page = opened(signed_in, ticket, agent)
    window = page.locator(".composer-window li:not([hidden])")
    expect(window).to_contain_text("Answers by a person")
    page.locator("#composer-text").fill("Es kommt morgen.")

    page.clock.fast_forward("01:00:00")
    expect(window).to_have_attribute("data-ends", "")
    expect(window).to_contain_text("in 29 min")
    page.clock.fast_forward("00:31:00")
    expect(window).to_contain_text("Closed since")
    expect(page.get_by_role("button", name="Send", exact=False).first).to_be_disabled()
    expect(page.locator("#composer-text")).to_have_value("Es kommt morgen.")
    assert not Delivery.objects.exists()


def test_a_comment_is_not_sent_before_somebody_chose_how(signed_in: SignIn, transactional_db: None) -> None:
    ticket, agent = written(ago=timedelta(hours=1), surface=Surface.COMMENT)
    page = opened(signed_in, ticket, agent)
    page.locator("#composer-text").fill("Ja, ab Mai.")
    ways = page.get_by_role("group", name="How to answer")
    expect(ways.get_by_role("radio")).to_have_count(2)
    said = ways.get_by_text("Choose who may read this")
    expect(said).to_be_hidden()
    page.locator("[data-sends=keep_open]").click()
    expect(said).to_be_visible()
    expect(ways.get_by_role("radio").first).to_be_focused()
    assert not Delivery.objects.exists()

    ways.get_by_text("Below the comment, for all to read").click()
    expect(said).to_be_hidden()
    page.locator("[data-sends=keep_open]").click()
    expect(page.locator(".message[data-who=agent]")).to_contain_text("Ja, ab Mai.")
    assert Delivery.objects.get().message.facts["way"] == "public"
