"""The whole way of a question: asked on the ticket, mailed, answered behind the link without scripts, read."""

import email
import email.policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories.mailboxes import a_mailbox
from tests.factories.partners import a_partner, link_in
from tests.factories.shops import an_agent
from tests.journeys.conftest import SignIn
from tests.journeys.desks import asks, moment
from tests.servers.smtp import SmtpServer
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Role
from tresen.local.verifying import verify
from tresen.outbox.queueing import UNDO_WINDOW
from tresen.outbox.sending import send_due
from tresen.partners.models import Partner, Question
from tresen.sla.defaults import create_defaults
from tresen.stores.models import Store
from tresen.tickets.models import Message, Ticket

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANSWER = "Gestern gepackt.\nFoto liegt bei."


@pytest.fixture
def ticket(store: Store, smtp_server: SmtpServer) -> Ticket:
    create_defaults(by=SYSTEM, at=moment())
    store.mailboxes.all().delete()  # its usual one leads nowhere
    mailbox = a_mailbox(store, smtp_port=smtp_server.port)
    smtp_server.users[mailbox.username] = "geheim"
    return asks(store, "Wo ist meine Lampe?")


@pytest.fixture
def partner(db: None) -> Partner:
    return a_partner(name="Lager Süd", address="versand@lager.example", language="it")


def ask(page: Page, ticket: Ticket) -> Question:
    page.goto(f"/tickets/{ticket.pk}/")
    page.locator("summary[aria-label=More], summary[title^=More]").first.click()
    page.get_by_role("link", name="Ask a partner").first.click()
    expect(page.get_by_role("heading", name="Ask Lager Süd")).to_be_visible()
    assert "Buongiorno," in page.get_by_label("Your words").input_value()
    page.get_by_label("Subject").fill("Lampada 3")
    page.get_by_label("Your words").fill("È già imballata?")
    page.get_by_role("button", name="Send the question").click()
    expect(page.locator(".question")).to_contain_text("Waiting for Lager Süd")
    return Question.objects.get()


def link_received(smtp_server: SmtpServer) -> str:
    (received,) = smtp_server.received
    mail = email.message_from_bytes(received.raw, policy=email.policy.default)
    assert isinstance(mail, email.message.EmailMessage)
    address = next(word for word in mail.get_content().split() if "/asked/" in word)
    return address[address.index("/asked/") :]


def test_from_the_ticket_to_the_partner_and_back(
    page: Page, signed_in: SignIn, ticket: Ticket, partner: Partner, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    question = ask(page, ticket)
    assert send_due(moment() + 2 * UNDO_WINDOW) == 1
    assert smtp_server.received[0].recipients == (partner.address,)

    theirs = signed_in._page(scripts=False, width=390, height=844)
    theirs.goto(link_received(smtp_server))
    expect(theirs.locator("html")).to_have_attribute("lang", "it")
    expect(theirs.locator(".asked-words")).to_contain_text("È già imballata?")
    expect(theirs.locator("body")).not_to_contain_text("Wo ist meine Lampe?")
    photo = tmp_path / "pallet.png"
    photo.write_bytes(b"\x89PNG")
    theirs.locator("textarea").fill(ANSWER)
    theirs.locator("input[type=file]").set_input_files(photo)
    theirs.get_by_role("button", name="Invia la risposta").click()
    expect(theirs.locator("[role=status]")).to_contain_text("Grazie")
    assert theirs.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    page.goto(f"/tickets/{ticket.pk}/")
    expect(page.locator(".question[data-unread]")).to_contain_text("Lager Süd has answered")
    answer = Message.objects.get(conversation=question.conversation_id, direction="in")
    shown = page.locator(f"#message-{answer.pk}")
    expect(shown).to_contain_text("Gestern gepackt.")
    expect(shown).to_contain_text("pallet.png")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.locator(".question")).to_have_count(0)
    assert verify() == 0


def test_taken_back_in_time_nothing_leaves_and_the_words_stand_there_again(
    page: Page, ticket: Ticket, partner: Partner, smtp_server: SmtpServer
) -> None:
    ask(page, ticket)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Your words")).to_have_value("È già imballata?")
    assert send_due(moment() + 2 * UNDO_WINDOW) == 0
    assert smtp_server.received == []


def test_a_withdrawn_question_tells_whoever_opens_its_link(
    page: Page, signed_in: SignIn, ticket: Ticket, partner: Partner
) -> None:
    question = ask(page, ticket)
    link = link_in(question)
    page.locator(".question summary").click()
    page.get_by_role("button", name="Withdraw: no answer needed").click()
    expect(page.locator(".toast").first).to_contain_text("Withdrawn")
    theirs = signed_in._page(scripts=False)
    theirs.goto(link)
    expect(theirs.locator("h1")).to_contain_text("risolta")


def test_an_admin_enters_a_partner_in_the_set_up(signed_in: SignIn, store: Store) -> None:
    page = signed_in(an_agent(store.default_team, role=Role.ADMIN, name="Miriam"))
    page.goto("/setup/partners/")
    page.get_by_role("link", name="Add a partner").first.click()
    page.get_by_label("Name", exact=True).fill("Lager Leipzig")
    page.get_by_label("E-mail address").fill("versand@lager-leipzig.example")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".thing")).to_contain_text("Lager Leipzig")
