"""A partner is asked by mail and answers by mail: on real IMAP and SMTP servers, through the sandbox and the filing."""

import email
import email.policy
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.marketplace_mails import amazon_mail, bounce_of
from tests.factories.partners import a_partner, asked, mail_of, wanted
from tests.factories.shops import a_store
from tests.journeys.counter import Counter
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import SmtpServer
from tresen.accounts.actors import Actor
from tresen.customers.models import Identity
from tresen.intake.mailboxes.receiving import receive_mail
from tresen.intake.parsing import parse_kept
from tresen.intake.reparsing import reparse
from tresen.local.verifying import verify
from tresen.outbox.models import Delivery
from tresen.outbox.queueing import UNDO_WINDOW
from tresen.outbox.sending import SILENT_AFTER, _claim, send_due, settle_interrupted
from tresen.outbox.settling import it_was_sent
from tresen.partners.models import Partner, Question
from tresen.routing.models import QueuePlace
from tresen.sla.models import Clock
from tresen.tickets.models import Message, Ticket, TicketEvent, TicketParticipant

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.mail_server]

MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WAREHOUSE = "versand@lager.example"
GENUINE = "Authentication-Results: mx.nordlicht.example; dmarc=pass header.from=lager.example\n"
FORGED = "Authentication-Results: mx.nordlicht.example; dmarc=fail header.from=lager.example\n"


@pytest.fixture
def counter(mail_server: Dovecot, smtp_server: SmtpServer) -> Counter:
    user = f"user{uuid4().hex[:8]}@nordlicht.example"
    mail_server.add_user(user)
    smtp_server.users[user] = "geheim"
    counter = Counter.opened(mail_server, smtp_server, user=user, at=MONDAY)
    counter.mailbox.trusted_receivers = ["mx.nordlicht.example"]
    counter.mailbox.save()
    return counter


@pytest.fixture
def warehouse(counter: Counter) -> Partner:
    return a_partner(name="Lager Süd", address=WAREHOUSE, also_from=["@lager.example"])


@pytest.fixture
def question(counter: Counter, warehouse: Partner) -> Question:
    """A buyer's ticket, and the warehouse asked about it an hour later; the mail has left."""
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=MONDAY), at=MONDAY)
    by = Actor.agent(counter.agent.pk)
    question = asked(Ticket.objects.get(), warehouse, what=wanted(on=date(2026, 11, 18)), by=by, at=MONDAY + HOUR)
    counter.sends(MONDAY + HOUR + UNDO_WINDOW)
    return question


def received_by(counter: Counter, number: int = -1) -> email.message.EmailMessage:
    found = email.message_from_bytes(counter.smtp.received[number].raw, policy=email.policy.default)
    assert isinstance(found, email.message.EmailMessage)
    return found


def reply_to(question: Question, text: str = "Gestern gepackt, heute abgeholt.", **given: str) -> bytes:
    """As a mail program answers: by In-Reply-To, under the same subject."""
    asked_by = mail_of(question)
    known = {
        "sender": f"Versand <{WAREHOUSE}>",
        "subject": f"AW: {asked_by.subject}",
        "headers": f"In-Reply-To: <{asked_by.external_id}>\n{GENUINE}",
        **given,
    }
    return a_mail(text, at=MONDAY + 2 * HOUR, message_id=f"{uuid4().hex}@lager.example", **known)  # type: ignore[arg-type]


def theirs(question: Question) -> list[str]:
    words = Message.objects.filter(conversation=question.conversation_id, direction="in").order_by("pk")
    return list(words.values_list("text", flat=True))


def is_whole(capsys: pytest.CaptureFixture[str]) -> bool:
    differs = verify()
    assert not differs, capsys.readouterr().out
    return True


def test_the_question_leaves_as_plain_mail_of_the_mailbox_with_a_link_and_its_subject(
    counter: Counter, question: Question
) -> None:
    (left,) = counter.smtp.received
    mail = received_by(counter)
    text = mail.get_content()
    assert left.recipients == (WAREHOUSE,)
    assert mail["Subject"] == f"Bestellung 302-1 [{question.code}]"
    assert mail["From"].addresses[0].addr_spec == counter.user
    assert text.startswith("Ist das Paket schon gepackt?")
    assert "Bitte antworten Sie hier, ohne Anmeldung:" in text
    assert "/asked/" in text
    assert "Petra" not in text
    assert Clock.objects.filter(outcome="running", kind="platform").exists()


def test_its_answer_by_mail_joins_the_thread_and_is_no_buyers_message(
    counter: Counter, question: Question, capsys: pytest.CaptureFixture[str]
) -> None:
    people, clocks = Identity.objects.count(), counter.outcomes()
    counter.arrives(reply_to(question), at=MONDAY + 2 * HOUR)
    message = Message.objects.get(conversation=question.conversation_id, direction="in")
    question.refresh_from_db()
    assert message.kind == "third_party"
    assert message.text == "Gestern gepackt, heute abgeholt."
    assert (question.state, question.unread_since) == ("answered", MONDAY + 2 * HOUR)
    assert Ticket.objects.count() == 1
    assert (Identity.objects.count(), TicketParticipant.objects.count()) == (people, 1)
    assert {key: value for key, value in counter.outcomes().items() if not key.startswith("follow_up")} == {
        key: value for key, value in clocks.items() if not key.startswith("follow_up")
    }
    assert TicketEvent.objects.get(kind="message_received", facts__message=message.pk).actor_kind == "partner"
    assert is_whole(capsys)


def test_the_code_in_the_subject_is_enough_where_a_program_drops_the_headers(
    counter: Counter, question: Question
) -> None:
    counter.arrives(reply_to(question, headers=GENUINE), at=MONDAY + 2 * HOUR)
    assert theirs(question) == ["Gestern gepackt, heute abgeholt."]


def test_a_colleague_of_a_named_domain_answers_too(counter: Counter, question: Question) -> None:
    counter.arrives(reply_to(question, sender="Bea <bea@lager.example>"), at=MONDAY + 2 * HOUR)
    assert len(theirs(question)) == 1


@pytest.mark.parametrize(
    ("why", "forged"),
    [
        ("another sender who knows our mail", {"sender": "Mallory <mallory@fremd.example>"}),
        ("their name, disowned by our receiver", {"headers": FORGED, "sender": f"Versand <{WAREHOUSE}>"}),
        (
            "a machine's From with their Reply-To",
            {"sender": "noreply@fremd.example", "headers": f"Reply-To: {WAREHOUSE}\n"},
        ),
        ("their own new mail that names no question", {"subject": "Rechnung 4711", "headers": GENUINE}),
        ("a code that nobody gave", {"subject": "AW: [Q-AAAA-BBBB-CCCC]", "headers": GENUINE}),
    ],
)
def test_what_is_not_proven_goes_the_way_of_every_mail(
    counter: Counter, question: Question, why: str, forged: dict[str, str]
) -> None:
    counter.arrives(reply_to(question, **forged), at=MONDAY + 2 * HOUR)
    question.refresh_from_db()
    assert (theirs(question), question.state) == ([], "open"), why
    stray = Message.objects.get(direction="in", occurred_at=MONDAY + 2 * HOUR)
    assert (stray.kind, stray.ticket_id != question.ticket_id) == ("message", True), why


def test_two_mails_at_once_are_two_answers(counter: Counter, question: Question) -> None:
    counter.arrives(reply_to(question, "Gepackt."), reply_to(question, "Und abgeholt."), at=MONDAY + 2 * HOUR)
    assert theirs(question) == ["Gepackt.", "Und abgeholt."]
    assert TicketEvent.objects.filter(kind="question_answered").count() == 2


def test_a_machine_of_theirs_answers_nothing(counter: Counter, question: Question) -> None:
    away = reply_to(question, "Wir sind bis Montag nicht da.", headers=f"Auto-Submitted: auto-replied\n{GENUINE}")
    counter.arrives(away, at=MONDAY + 2 * HOUR)
    question.refresh_from_db()
    (kept,) = Message.objects.filter(conversation=question.conversation_id, direction="in")
    assert (kept.kind, question.state) == ("automatic", "open")


def test_the_same_mail_read_twice_is_one_answer_and_a_second_reading_leaves_it_theirs(
    counter: Counter, question: Question, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = reply_to(question)
    counter.arrives(mail, at=MONDAY + 2 * HOUR)
    counter.arrives(mail, at=MONDAY + 3 * HOUR)
    reparse(at=MONDAY + 4 * HOUR)
    (message,) = Message.objects.filter(conversation=question.conversation_id, direction="in")
    assert message.kind == "third_party"
    assert TicketEvent.objects.filter(kind="question_answered").count() == 1
    assert not TicketEvent.objects.filter(kind="message_reinterpreted").exists()
    assert is_whole(capsys)


def test_a_bounce_of_the_question_asks_for_a_person_and_takes_no_answer_back(
    counter: Counter, question: Question
) -> None:
    at = MONDAY + 2 * HOUR
    counter.arrives(bounce_of(mail_of(question).external_id, recipient=WAREHOUSE, at=at), at=at)
    assert Delivery.objects.get().state == "bounced"
    assert Message.objects.get(kind="bounce").ticket_id == question.ticket_id
    assert Ticket.objects.get().status == "open"


def test_an_attempt_of_which_nobody_knows_waits_for_a_person_and_is_never_sent_by_machine(
    counter: Counter, warehouse: Partner, capsys: pytest.CaptureFixture[str]
) -> None:
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=MONDAY), at=MONDAY)
    asked(Ticket.objects.get(), warehouse, by=Actor.agent(counter.agent.pk), at=MONDAY + HOUR)
    assert _claim(MONDAY + HOUR + UNDO_WINDOW) is not None  # the process dies here
    later = MONDAY + HOUR + UNDO_WINDOW + 2 * SILENT_AFTER
    assert settle_interrupted(later) == 1
    assert send_due(later + timedelta(days=9)) == 0
    assert QueuePlace.objects.get().task == "settle_delivery"
    assert counter.smtp.received == []
    it_was_sent(Delivery.objects.get().pk, by=Actor.agent(counter.agent.pk), at=later)
    assert Question.objects.get().state == "open"
    assert is_whole(capsys)


def test_a_mailbox_of_another_brand_may_ask_and_its_answers_find_the_ticket(
    counter: Counter, mail_server: Dovecot, smtp_server: SmtpServer, warehouse: Partner
) -> None:
    user = f"user{uuid4().hex[:8]}@nordlicht.example"
    mail_server.add_user(user)
    smtp_server.users[user] = "geheim"
    other = a_mailbox(a_store("email", ""), address=user, imap_port=mail_server.port, smtp_port=smtp_server.port)
    warehouse.mailbox = other
    warehouse.save()
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=MONDAY), at=MONDAY)
    question = asked(Ticket.objects.get(), warehouse, by=Actor.agent(counter.agent.pk), at=MONDAY + HOUR)
    counter.sends(MONDAY + HOUR + UNDO_WINDOW)
    assert received_by(counter)["From"].addresses[0].addr_spec == user
    mail_server.deliver(user, reply_to(question, headers=f"In-Reply-To: <{mail_of(question).external_id}>\n"))
    receive_mail(other.pk, at=MONDAY + 2 * HOUR)
    parse_kept(MONDAY + 2 * HOUR)
    assert len(theirs(question)) == 1
    assert Ticket.objects.count() == 1
