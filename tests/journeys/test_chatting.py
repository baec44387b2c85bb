"""A visitor of a foreign website with a strict policy writes in the chat: in a real browser, on real servers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import a_store, a_team, an_agent
from tests.journeys.conftest import SignIn, wait_until_quiet
from tests.servers import foreign_page
from tests.servers.foreign_page import ForeignPage
from tests.servers.smtp import SmtpServer
from tests.servers.web import Web
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Agent
from tresen.chats.desks import set_available
from tresen.chats.models import Chat
from tresen.intake.parsing import parse_kept
from tresen.outbox.models import Delivery
from tresen.outbox.sending import send_due
from tresen.replies.answering import answer
from tresen.stores.chatting import ChatSettings, set_chat
from tresen.stores.models import Store
from tresen.stores.publishing import publish_form
from tresen.tickets.models import Conversation, Message, Ticket
from tresen.tickets.queries import newest_message

pytestmark = pytest.mark.browser

SHOP = "post@nordlicht.example"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def foreign() -> Iterator[ForeignPage]:
    with foreign_page.running() as page:
        yield page


@pytest.fixture
def store(transactional_db: None, smtp_server: SmtpServer, foreign: ForeignPage, web: Web) -> Store:
    store = a_store("website", "", team=a_team("Shop"), language="en")
    Store.objects.filter(pk=store.pk).update(addresses=[SHOP])
    smtp_server.users[SHOP] = "geheim"
    a_mailbox(store, address=SHOP, smtp_port=smtp_server.port)
    public = publish_form(store.pk, origins=[foreign.url], consent="", by=SYSTEM, at=now())
    set_chat(store.pk, ChatSettings(on=True), by=SYSTEM, at=now())
    foreign.strict(f"{web.url}/chat/{public.key}.js")
    return store


@pytest.fixture
def agent(store: Store) -> Agent:
    return an_agent(store.default_team, name="Jana Meier")


@pytest.fixture
def visitor(store: Store, chromium: Browser, foreign: ForeignPage) -> Iterator[Page]:
    """The foreign page; whatever its policy forbids fails the test."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "ERR_INTERNET_DISCONNECTED" not in message.text:
            complaints.append(message.text)

    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(foreign.url)
    yield page
    context.close()
    wait_until_quiet()
    assert complaints == []


def writes(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")


def opens(page: Page) -> None:
    page.get_by_role("button", name="Open the chat").click()
    page.get_by_label("Your e-mail address").fill("ida@mail.example")


def read(count: int) -> Ticket:
    """The worker reads until so many of the visitor's messages are filed."""
    deadline = now() + timedelta(seconds=10)
    while Message.objects.filter(direction="in").count() < count and now() < deadline:
        parse_kept(now())
    return Ticket.objects.get()


def answers(ticket: Ticket, text: str, agent: Agent) -> Delivery:
    message = answer(
        ticket.pk,
        conversation_id=Conversation.objects.get(ticket=ticket).pk,
        text=text,
        answers_up_to=newest_message(ticket.pk),
        by=Actor.agent(agent.pk),
        at=now(),
    )
    return Delivery.objects.get(message=message)


def test_what_a_visitor_writes_is_a_ticket_and_the_answer_stands_on_his_page(
    visitor: Page, agent: Agent, smtp_server: SmtpServer
) -> None:
    opens(visitor)
    writes(visitor, "Is the stool in stock?")
    expect(visitor.get_by_text("Sent")).to_be_visible()
    ticket = read(1)
    delivery = answers(ticket, "Yes, five of them.", agent)

    expect(visitor.get_by_role("log").get_by_text("Yes, five of them.")).to_be_visible()

    deadline = now() + timedelta(seconds=10)
    while delivery.state != "accepted" and now() < deadline:
        delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == ("accepted", "Shown in the chat.")
    assert send_due(now() + timedelta(days=1)) == 0
    assert smtp_server.received == []
    assert Chat.objects.get().email == "ida@mail.example"


def test_what_is_written_without_a_connection_arrives_once_when_it_is_back_and_goes_on_by_mail(
    visitor: Page, agent: Agent, smtp_server: SmtpServer
) -> None:
    opens(visitor)
    writes(visitor, "Is the stool in stock?")
    expect(visitor.get_by_text("Sent")).to_be_visible()
    visitor.context.set_offline(offline=True)
    writes(visitor, "In red, please.")
    writes(visitor, "And by Friday.")
    expect(visitor.get_by_text("No connection.")).to_be_visible()
    expect(visitor.get_by_text("Waits for the connection")).to_have_count(2)
    visitor.context.set_offline(offline=False)
    ticket = read(3)
    visitor.reload()  # as whoever goes to the next page of a shop
    log = visitor.get_by_role("log")
    expect(log.get_by_text("And by Friday.")).to_have_count(1)
    expect(visitor.get_by_text("Waits for the connection")).to_have_count(0)
    asked = Message.objects.filter(direction="in").order_by("pk").values_list("text", flat=True)
    assert list(asked) == ["Is the stool in stock?", "In red, please.", "And by Friday."]

    visitor.goto("about:blank")  # he leaves before anybody has answered
    delivery = answers(ticket, "Yes, on Thursday.", agent)
    assert send_due(now() + timedelta(seconds=5)) == 0, "he may only be on his way to another page"
    assert send_due(now() + timedelta(minutes=5)) == 1
    delivery.refresh_from_db()
    (mail,) = smtp_server.received
    assert (delivery.state, mail.recipients) == ("accepted", ("ida@mail.example",))
    assert b"Yes, on Thursday." in mail.raw

    visitor.go_back()  # and finds it there, too
    expect(log.get_by_text("Yes, on Thursday.")).to_have_count(1)
    assert send_due(now() + timedelta(days=1)) == 0
    assert len(smtp_server.received) == 1


def test_who_ends_the_chat_with_a_question_open_reads_where_the_answer_comes(visitor: Page) -> None:
    opens(visitor)
    writes(visitor, "Is it in stock?")
    end = visitor.get_by_role("button", name="End this chat")
    expect(visitor.get_by_text("If you leave, answers come to ida@mail.example.")).to_be_visible()
    read(1)
    visitor.get_by_label("Your message").type("And in")

    end.click()
    asked = visitor.get_by_text("What you have written is not sent.")
    expect(asked).to_be_visible()
    visitor.get_by_label("Your message").type(" blue")
    expect(asked).to_be_hidden()
    end.click()
    expect(asked).to_be_visible()
    end.click()

    expect(visitor.get_by_text("Our answer comes by e-mail to ida@mail.example.")).to_be_visible()
    expect(visitor.get_by_label("Your message")).to_have_value("")
    visitor.get_by_role("button", name="Close the chat").first.click()
    visitor.get_by_role("button", name="Open the chat").click()
    expect(visitor.get_by_text("Our answer comes by e-mail")).to_be_hidden()


def test_what_is_wrong_is_told_to_who_hears_it_and_what_stands_there_is_not_read_again(visitor: Page) -> None:
    visitor.get_by_role("button", name="Open the chat").click()
    writes(visitor, "Is the stool in stock?")
    email = visitor.get_by_label("Your e-mail address")
    expect(email).to_have_attribute("aria-invalid", "true")
    email.fill("ida@mail.example")
    writes(visitor, "Is the stool in stock?")
    first = visitor.get_by_role("log").locator("article").first.element_handle()
    expect(visitor.get_by_text("Sent")).to_be_visible()
    read(1)
    expect(visitor.get_by_role("log").locator("article")).to_have_count(2)
    assert first.evaluate("node => node.isConnected"), "a screen reader is told what is new alone"


def test_a_page_that_may_not_show_it_says_why_and_asks_no_more(
    store: Store, chromium: Browser, foreign: ForeignPage
) -> None:
    publish_form(store.pk, origins=["https://shop.example"], consent="", by=SYSTEM, at=now())
    said, asked = list[str](), list[str]()
    context = chromium.new_context()
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type == "warning" else None)
    page.on("request", lambda request: asked.append(request.url) if "/chat/" in request.url else None)
    page.goto(foreign.url)
    page.wait_for_timeout(3000)
    context.close()
    wait_until_quiet()
    assert [address.rpartition("/")[2] != "" for address in asked] == [True, False], "its script, and once how it looks"
    assert len(said) == 1
    assert foreign.url in said[0]


def test_an_agent_is_offered_the_chat_takes_it_and_answers_it_at_the_desk(
    visitor: Page, agent: Agent, signed_in: SignIn
) -> None:
    set_available(agent.pk, available=True, at=now())
    desk = signed_in(agent)
    opens(visitor)
    writes(visitor, "Is the stool in stock?")
    read(1)
    desk.get_by_role("button", name="Take the chat").click()
    desk.wait_for_url("**/tickets/**")
    expect(visitor.get_by_text("Jana is in the chat with you.")).to_be_visible()
    desk.locator("textarea[name=text]").first.fill("Yes, five of them.")
    desk.keyboard.press("Control+Enter")
    expect(visitor.get_by_role("log").get_by_text("Yes, five of them.")).to_be_visible()
    expect(desk.get_by_text("Shown in the chat").first).to_be_visible()
    writes(visitor, "Great, thank you!")
    read(2)
    expect(desk.get_by_text("Great, thank you!").first).to_be_visible()
