"""What the queue and the ticket show of each promise, in a real browser."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories.mails import a_mail
from tests.factories.marketplace_mails import amazon_mail, bounce_of
from tests.journeys.conftest import SignIn
from tests.journeys.counter import Counter
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import SmtpServer
from tresen.accounts.actors import SYSTEM
from tresen.routing.models import QueuePlace
from tresen.staffing.covering import cover_team
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable

pytestmark = [pytest.mark.browser, pytest.mark.mail_server]
HOUR = timedelta(hours=1)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def counter(transactional_db: None, mail_server: Dovecot, smtp_server: SmtpServer) -> Counter:
    user = f"user{uuid4().hex[:8]}@nordlicht.example"
    mail_server.add_user(user)
    smtp_server.users[user] = "geheim"
    return Counter.opened(mail_server, smtp_server, user=user, at=_now())


def _row(page: Page, customer: str) -> Locator:
    return page.locator("li.row", has_text=customer)


def _only_today_is_worked(counter: Counter, *, closing: datetime) -> None:
    """The team works until `closing` and then not for two days: whatever day it is, it is a Friday now."""
    opened, closes = (closing - 3 * HOUR).strftime("%H:%M"), closing.strftime("%H:%M")
    day: date = (closing - 3 * HOUR).date()
    plan = TimetablePlan(zone="UTC", week={day.weekday(): [(opened, closes)]})
    version = create_timetable(name="Nur heute", plan=plan, by=SYSTEM, at=_now())
    cover_team(counter.store.default_team_id, timetable_id=version.timetable_id, by=SYSTEM, at=_now())


def test_a_message_before_days_off_is_to_be_answered_before_the_team_goes_home(
    counter: Counter, signed_in: SignIn
) -> None:
    counter.agent.zone = "UTC"
    counter.agent.save()
    closing = (_now() + 2 * HOUR).replace(second=0)
    _only_today_is_worked(counter, closing=closing)
    counter.arrives(amazon_mail("Kommt es noch?", at=_now()), at=_now())
    page = signed_in(counter.agent)
    expect(_row(page, "Petra Muster")).to_contain_text(closing.strftime("%H:%M"))
    expect(_row(page, "Petra Muster")).to_contain_text("act by")


def test_a_threatened_claim_stands_first_with_its_reason(counter: Counter, signed_in: SignIn) -> None:
    counter.arrives(amazon_mail("Wo ist mein Paket?", at=_now(), order="302-1111111-1111111"), at=_now())
    threat = "Ich werde einen A-bis-z-Antrag stellen, wenn es bis morgen nicht da ist."
    counter.arrives(
        amazon_mail(threat, at=_now(), order="302-2222222-2222222", alias="two4two4two4", name="Jonas Beispiel"),
        at=_now(),
    )
    page = signed_in(counter.agent)
    first = page.locator("li.row").first
    expect(first).to_contain_text("Jonas Beispiel")
    expect(first).to_have_attribute("data-tier", "0")
    first.locator("a.row-link").click()
    expect(page.get_by_text(re.compile("A-to-z", re.IGNORECASE)).first).to_be_visible()


def test_an_automatic_reply_is_shown_and_leaves_the_ticket_in_the_queue(counter: Counter, signed_in: SignIn) -> None:
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=_now()), at=_now())
    away = a_mail("Ich bin im Urlaub.", subject="Automatische Antwort", headers="Auto-Submitted: auto-replied\n")
    counter.arrives(away, at=_now())
    page = signed_in(counter.agent)
    expect(page.locator("li.row")).to_have_count(1)
    expect(_row(page, "Petra Muster")).to_be_visible()


def test_three_messages_are_answered_by_one(counter: Counter, signed_in: SignIn) -> None:
    for number in range(3):
        counter.arrives(amazon_mail(f"Frage {number}", at=_now() + timedelta(seconds=number)), at=_now())
    page = signed_in(counter.agent)
    expect(page.locator("li.row")).to_have_count(1)
    _row(page, "Petra Muster").locator("a.row-link").click()
    for number in range(3):
        expect(page.get_by_text(f"Frage {number}").first).to_be_visible()
    page.locator("textarea[name=text]").first.fill("Alles drei beantwortet.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Alles drei beantwortet.").first).to_be_visible()
    counter.sends(_now() + timedelta(minutes=1))
    assert set(counter.outcomes().values()) == {"met_provisional"}
    assert len(counter.smtp.received) == 1
    page.goto("/queue/all/")
    expect(page.locator("li.row")).to_have_count(0)


def test_a_bounced_answer_is_shown_and_the_ticket_is_back(counter: Counter, signed_in: SignIn) -> None:
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=_now() - HOUR), at=_now() - HOUR)
    delivery = counter.answers("Morgen.", at=_now() - HOUR / 2)
    page = signed_in(counter.agent)
    expect(page.locator("li.row")).to_have_count(0)
    counter.arrives(bounce_of(delivery.idempotency_key, recipient=delivery.recipient, at=_now()), at=_now())
    _row(page, "Petra Muster").locator("a.row-link").click()
    expect(page.get_by_text(re.compile("no such user")).first).to_be_visible()


def test_a_message_that_crossed_is_marked_and_one_key_clears_it(counter: Counter, signed_in: SignIn) -> None:
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=_now() - HOUR), at=_now() - HOUR)
    (shown,) = counter.messages()
    crossing = _now() - HOUR / 2
    counter.arrives(amazon_mail("Bitte an die Packstation!", at=crossing), at=crossing)
    counter.answers("Morgen.", at=crossing + timedelta(minutes=1), up_to=shown)
    page = signed_in(counter.agent)
    _row(page, "Petra Muster").locator("a.row-link").click()
    expect(page.get_by_text(re.compile("crossed", re.IGNORECASE)).first).to_be_visible()
    assert QueuePlace.objects.get().crossed


def test_the_whole_day_can_be_worked_by_keyboard(counter: Counter, signed_in: SignIn) -> None:
    counter.arrives(amazon_mail("Danke, alles gut!", at=_now()), at=_now())
    page = signed_in(counter.agent)
    expect(page.locator("li.row")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/**")
    page.keyboard.press("m")
    expect(page.get_by_text("took this ticket")).to_be_visible()
    page.keyboard.press("i")
    page.keyboard.type("Nur ein Dank.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Nur ein Dank.").first).to_be_visible()
