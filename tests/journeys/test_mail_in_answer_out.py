"""A buyer's mail comes in, is queued by what can still be kept, and is answered: on real IMAP and SMTP servers."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.factories.mails import a_mail
from tests.factories.marketplace_mails import amazon_mail, bounce_of
from tests.factories.shops import a_store
from tests.journeys.counter import Counter
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import SmtpServer
from tresen.accounts.actors import SYSTEM
from tresen.replies.answering import Then
from tresen.routing.models import QueuePlace
from tresen.sla.models import Clock
from tresen.tickets import ledger
from tresen.tickets.events import Key, MessageReceived, ReplyAccepted
from tresen.tickets.models import Conversation, Message, Ticket, TicketOrder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.mail_server]

MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 11, 20, 17, 40, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def counter(mail_server: Dovecot, smtp_server: SmtpServer) -> Counter:
    user = f"user{uuid4().hex[:8]}@nordlicht.example"
    mail_server.add_user(user)
    smtp_server.users[user] = "geheim"
    return Counter.opened(mail_server, smtp_server, user=user, at=MONDAY)


def test_an_amazon_mail_is_queued_answered_and_its_clocks_are_met(counter: Counter) -> None:
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=MONDAY), at=MONDAY)
    (row,) = counter.queue()
    assert (row.channel, row.order_number, row.customer) == ("amazon", "302-8812345-1234567", "Petra Muster")
    assert row.excerpt == "Wo ist meine Bestellung?"
    assert (row.own_due, row.platform_due) == (MONDAY + 14 * HOUR, MONDAY + 24 * HOUR)

    delivery = counter.answers("Ihr Paket kommt morgen.", at=MONDAY + HOUR, then=Then.SOLVE)
    assert delivery.state == "accepted", delivery.answer
    (left,) = counter.smtp.received
    assert left.recipients == ("q7w2e9r4t1y8u3@marketplace.amazon.de",)
    assert b"In-Reply-To: <0102019a" in left.raw
    assert delivery.state == "accepted", delivery.answer
    assert left.queue_id in delivery.answer
    assert set(counter.outcomes().values()) == {"met_provisional"}
    assert counter.queue() == []
    counter.works(MONDAY + timedelta(days=4))
    assert set(counter.outcomes().values()) == {"met"}


def test_a_message_of_friday_evening_is_to_be_answered_before_the_team_goes_home(counter: Counter) -> None:
    # Office hours end at 17:00 in Berlin, 16:00 UTC; a message of 15:30 with 24 hours would be late on Monday.
    friday = FRIDAY_EVENING.replace(hour=15, minute=30)
    counter.arrives(amazon_mail("Kommt es noch?", at=friday), at=friday)
    (row,) = counter.queue()
    assert row.act_by == friday.replace(hour=16, minute=0)
    assert row.platform_due == friday + 24 * HOUR


def test_a_message_of_the_weekend_whose_limit_passes_before_anybody_works_is_flagged(counter: Counter) -> None:
    saturday = FRIDAY_EVENING + 18 * HOUR
    counter.arrives(amazon_mail("Kommt es noch?", at=saturday), at=saturday)
    (row,) = counter.queue()
    assert row.unstaffed
    assert row.act_by == saturday


def test_a_threatened_claim_overtakes_and_says_why(counter: Counter) -> None:
    counter.arrives(
        amazon_mail("Wo ist mein Paket?", at=MONDAY, order="302-1111111-1111111", alias="one4one4one"), at=MONDAY
    )
    later = MONDAY + HOUR
    threat = "Ich werde einen A-bis-z-Antrag stellen, wenn es bis morgen nicht da ist."
    counter.arrives(amazon_mail(threat, at=later, order="302-2222222-2222222", alias="two4two4two"), at=later)
    first, second = counter.queue()
    assert (first.order_number, first.tier, first.tier_reason) == ("302-2222222-2222222", 0, "a_to_z_threat")
    assert first.own_due == later + timedelta(minutes=15)
    assert second.tier == 2


def test_an_automatic_reply_stops_no_clock_and_opens_none(counter: Counter) -> None:
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=MONDAY), at=MONDAY)
    before = counter.outcomes()
    away = a_mail(
        "Ich bin im Urlaub.", subject="Automatische Antwort: Ihre Anfrage", headers="Auto-Submitted: auto-replied\n"
    )
    counter.arrives(away, at=MONDAY + HOUR)
    assert counter.outcomes() == before
    assert Message.objects.filter(kind="automatic").count() == 1
    assert QueuePlace.objects.count() == 1
    assert counter.smtp.received == []


def test_three_messages_in_a_row_are_three_limits_one_target_and_one_answer(counter: Counter) -> None:
    for hours in range(3):
        counter.arrives(amazon_mail(f"Frage {hours}", at=MONDAY + hours * HOUR), at=MONDAY + hours * HOUR)
    assert Ticket.objects.count() == 1
    assert Clock.objects.filter(kind="platform").count() == 6
    assert Clock.objects.filter(kind="own").count() == 1
    counter.answers("Alles drei beantwortet.", at=MONDAY + 4 * HOUR)
    assert set(counter.outcomes().values()) == {"met_provisional"}
    assert len(counter.smtp.received) == 1


def test_a_bounce_takes_the_answer_back_and_the_clock_runs_on(counter: Counter) -> None:
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=MONDAY), at=MONDAY)
    delivery = counter.answers("Morgen.", at=MONDAY + HOUR)
    report = bounce_of(delivery.idempotency_key, recipient=delivery.recipient, at=MONDAY + 2 * HOUR)
    counter.arrives(report, at=MONDAY + 2 * HOUR)
    delivery.refresh_from_db()
    assert delivery.state == "bounced"
    assert set(counter.outcomes().values()) == {"running"}
    (row,) = counter.queue()
    assert row.own_due == MONDAY + 14 * HOUR
    assert Message.objects.filter(kind="bounce", ticket=row.ticket).exists()


def test_a_message_that_crossed_the_answer_stays_in_the_queue(counter: Counter) -> None:
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=MONDAY), at=MONDAY)
    (shown,) = counter.messages()
    crossing = MONDAY + HOUR - timedelta(minutes=1)
    counter.arrives(amazon_mail("Und bitte an die Packstation!", at=crossing), at=crossing)
    counter.answers("Morgen.", at=MONDAY + HOUR, up_to=shown)
    (row,) = counter.queue()
    assert row.crossed
    crossed = counter.messages()[1]
    outcomes = counter.outcomes()
    assert {outcomes[key] for key in outcomes if key.startswith("amazon") or "rate" in key} <= {"met_provisional"}
    assert Clock.objects.get(kind="own", message=crossed).outcome == "running"


def test_the_sender_cannot_move_his_place_by_the_date_he_writes(counter: Counter) -> None:
    forged = datetime(1999, 1, 1, tzinfo=UTC)
    counter.arrives(amazon_mail("Sofort antworten!", at=forged), at=MONDAY)
    assert Clock.objects.filter(kind="own").get().started_at == MONDAY


def test_a_copy_of_the_order_number_is_kept_before_we_know_the_order(counter: Counter) -> None:
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=MONDAY), at=MONDAY)
    named = TicketOrder.objects.get()
    assert (named.number, named.order, named.primary) == ("302-8812345-1234567", None, True)


def test_nothing_is_sent_by_a_store_in_shadow(counter: Counter) -> None:
    counter.store.shadow = True
    counter.store.save()
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=MONDAY), at=MONDAY)
    delivery = counter.answers("Morgen.", at=MONDAY + HOUR)
    assert delivery.state == "held"
    assert counter.smtp.received == []
    assert set(counter.outcomes().values()) == {"running"}


def test_an_answer_to_ebay_leaves_amazons_clock_of_the_same_ticket_running(counter: Counter) -> None:

    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=MONDAY), at=MONDAY)
    ticket = Ticket.objects.get()
    ebay = a_store("ebay", "ebay.de", team=ticket.team, brand=ticket.brand)
    conversation = Conversation.objects.create(ticket=ticket, store=ebay, role="buyer", opened_at=MONDAY)
    message = Message.objects.create(
        ticket=ticket,
        conversation=conversation,
        brand=ticket.brand,
        direction="in",
        kind="message",
        occurred_at=MONDAY,
        recorded_at=MONDAY,
    )
    asked = MessageReceived(message=message.pk, conversation=conversation.pk, role=Key("buyer"), expects_answer=True)
    ledger.record(ticket.pk, asked, by=SYSTEM, at=MONDAY, source_key="ebay")
    accepted = ReplyAccepted(
        message=message.pk + 1, conversation=conversation.pk, role=Key("buyer"), answers_up_to=message.pk
    )
    ledger.record(ticket.pk, accepted, by=SYSTEM, at=MONDAY + HOUR, source_key="ebay")
    assert set(Clock.objects.filter(conversation=conversation).values_list("outcome", flat=True)) == {"met"}
    assert set(Clock.objects.exclude(conversation=conversation).values_list("outcome", flat=True)) == {"running"}
