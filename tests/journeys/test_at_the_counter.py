"""What an agent does all day, in a real browser: from the buyer's mail to clocks that are met."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.factories.marketplace_mails import amazon_mail
from tests.factories.shops import an_agent
from tests.journeys.conftest import SignIn
from tests.journeys.counter import Counter
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import SmtpServer
from tresen.outbox.models import Delivery
from tresen.tickets.models import Ticket

pytestmark = [pytest.mark.browser, pytest.mark.mail_server]


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def counter(transactional_db: None, mail_server: Dovecot, smtp_server: SmtpServer) -> Counter:
    user = f"user{uuid4().hex[:8]}@nordlicht.example"
    mail_server.add_user(user)
    smtp_server.users[user] = "geheim"
    return Counter.opened(mail_server, smtp_server, user=user, at=_now())


def test_an_amazon_mail_appears_by_itself_is_answered_and_leaves(counter: Counter, signed_in: SignIn) -> None:
    page = signed_in(counter.agent)
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=_now()), at=_now())
    page.get_by_text(re.compile("Wo ist meine Bestellung")).first.wait_for()
    page.get_by_role("link", name=re.compile("Petra Muster")).first.click()
    page.wait_for_url("**/tickets/**")
    page.locator("textarea[name=text]").first.fill("Ihr Paket kommt morgen.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Ihr Paket kommt morgen.").first).to_be_visible()
    page.wait_for_function("() => document.activeElement !== null")
    counter.sends(_now() + timedelta(minutes=1))
    assert Delivery.objects.get().state == "accepted"
    assert len(counter.smtp.received) == 1
    assert set(counter.outcomes().values()) == {"met_provisional"}


def test_two_browsers_that_press_next_get_two_tickets(counter: Counter, signed_in: SignIn) -> None:
    for number in range(2):
        order, alias = f"302-000000{number}-0000000", f"buyer{number}buyer{number}"
        counter.arrives(amazon_mail("Frage", at=_now(), order=order, alias=alias), at=_now())
    team = Ticket.objects.first().team
    pages = [signed_in(counter.agent), signed_in(an_agent(team))]
    for page in pages:
        page.keyboard.press("n")
    for page in pages:
        page.wait_for_url("**/tickets/**")
    shown = {re.search(r"/tickets/(\d+)/", page.url).group(1) for page in pages}
    assert len(shown) == 2
