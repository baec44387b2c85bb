"""Against a real SMTP server."""

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import connection

from tests.factories.mailboxes import a_mailbox
from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store, an_agent
from tests.servers.smtp import Received, SmtpServer, running
from tests.servers.token_endpoint import TokenEndpoint
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.contract import IdentityKind
from tresen.outbox.models import Delivery, DeliveryAttempt, DeliveryState
from tresen.outbox.sending import SILENT_AFTER, _claim, send_due, settle_interrupted
from tresen.outbox.settling import send_again
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.stores.models import Health, Mailbox, Store
from tresen.tickets.models import Ticket, TicketEvent
from tresen.vault.sealing import seal

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
DUE = LATER + timedelta(seconds=10)
BUYER = "petra@kundin.example"


def connected(smtp: SmtpServer, store: Store | None = None) -> Mailbox:
    """A mailbox that sends through this server, with its store."""
    return a_mailbox(store or a_store("email", ""), smtp_port=smtp.port)


def an_answer(mailbox: Mailbox, *, answer: str = "Ihr Paket ist unterwegs.", **message: object) -> Delivery:
    facts = {"sender": BUYER, "kind": IdentityKind.EMAIL, "text": "Wo ist mein Paket?", **message}
    return answered(a_ticket(mailbox.stores.get(), **facts), text=answer, at=LATER)


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    with running(users={}) as server:
        yield server


@pytest.fixture
def mailbox(smtp: SmtpServer) -> Mailbox:
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=MONDAY)
    mailbox = connected(smtp)
    smtp.users[mailbox.username] = "geheim"
    return mailbox


def mail_in(received: Received) -> EmailMessage:
    found = email.message_from_bytes(received.raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def state_of(delivery: Delivery) -> str:
    return Delivery.objects.get(pk=delivery.pk).state


def own_outcomes(delivery: Delivery) -> set[str]:
    clocks = Clock.objects.filter(ticket=delivery.message.ticket_id, kind="own").exclude(metric="resolution")
    return set(clocks.values_list("outcome", flat=True))


def test_an_answer_leaves_with_the_headers_that_tie_it_to_the_question(smtp: SmtpServer, mailbox: Mailbox) -> None:
    delivery = an_answer(mailbox, external_id="frage-1@kundin.example", subject="Mein Paket")
    assert send_due(LATER) == 0
    assert send_due(DUE) == 1
    (received,) = smtp.received
    mail = mail_in(received)
    store = mailbox.stores.get()
    assert received.recipients == (BUYER,)
    assert mail["Message-ID"] == f"<{delivery.idempotency_key}>"
    assert mail["In-Reply-To"] == "<frage-1@kundin.example>"
    assert mail["References"].split()[-1] == "<frage-1@kundin.example>"
    assert mail["Subject"] == "Re: Mein Paket"
    assert mail["From"].addresses[0].addr_spec == store.addresses[0]
    assert mail["From"].addresses[0].display_name == store.brand.name
    assert mail.get_content().startswith("Ihr Paket ist unterwegs.")


def test_left_us_means_that_the_server_said_yes(smtp: SmtpServer, mailbox: Mailbox) -> None:
    delivery = an_answer(mailbox)
    assert own_outcomes(delivery) == {"running"}
    send_due(DUE)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ACCEPTED
    assert smtp.received[0].queue_id in delivery.answer
    assert delivery.accepted_at is not None
    assert DUE <= delivery.accepted_at < DUE + timedelta(seconds=30)
    assert own_outcomes(delivery) == {"met_provisional"}
    assert send_due(DUE + timedelta(days=1)) == 0


def test_a_server_that_says_later_is_asked_again_with_the_same_mail(smtp: SmtpServer, mailbox: Mailbox) -> None:
    delivery = an_answer(mailbox)
    smtp.behave(every_recipient="451 4.7.1 Greylisted, come back later")
    send_due(DUE)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.QUEUED
    assert "Greylisted" in delivery.answer
    assert own_outcomes(delivery) == {"running"}
    smtp.behave()
    assert send_due(DUE + timedelta(seconds=5)) == 0
    assert send_due(DUE + timedelta(minutes=2)) == 1
    assert state_of(delivery) == DeliveryState.ACCEPTED
    assert mail_in(smtp.received[0])["Message-ID"] == f"<{delivery.idempotency_key}>"
    # One buyer's server that is busy is no trouble of ours.
    assert Mailbox.objects.get().health != Health.TROUBLED


def test_a_refused_recipient_is_shown_with_the_servers_words(smtp: SmtpServer, mailbox: Mailbox) -> None:
    delivery = an_answer(mailbox)
    smtp.behave(every_recipient="550 5.1.1 No such user here")
    send_due(DUE)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == (DeliveryState.REFUSED, "550 5.1.1 No such user here")
    assert own_outcomes(delivery) == {"running"}
    smtp.behave()
    send_again(delivery.pk, by=Actor.agent(an_agent().pk), at=DUE)
    assert send_due(DUE) == 1
    assert state_of(delivery) == DeliveryState.ACCEPTED


@pytest.mark.parametrize("hang_up", ["after_dot", "after_taking"])
def test_a_lost_answer_leaves_it_to_a_person(smtp: SmtpServer, mailbox: Mailbox, hang_up: str) -> None:
    delivery = an_answer(mailbox)
    smtp.behave(hang_up=hang_up)
    send_due(DUE)
    smtp.behave()
    assert state_of(delivery) == DeliveryState.UNCERTAIN
    assert send_due(DUE + timedelta(days=3)) == 0
    assert len(smtp.received) == (1 if hang_up == "after_taking" else 0)
    assert own_outcomes(delivery) == {"running"}


def test_a_line_that_breaks_before_the_end_of_the_mail_is_tried_again(smtp: SmtpServer, mailbox: Mailbox) -> None:
    # Long enough that the server's going is noticed while the mail is still on its way.
    delivery = an_answer(mailbox, answer="Ihr Paket ist unterwegs. \n" * 400_000)
    smtp.behave(hang_up="before_dot")
    send_due(DUE)
    assert state_of(delivery) == DeliveryState.QUEUED
    smtp.behave()
    send_due(DUE + timedelta(minutes=2))
    assert state_of(delivery) == DeliveryState.ACCEPTED
    assert len(smtp.received) == 1


def test_a_server_that_is_down_for_an_hour_shows_and_loses_nothing(smtp: SmtpServer, mailbox: Mailbox) -> None:
    first, second = an_answer(mailbox), an_answer(mailbox, sender="jan@kunde.example")
    smtp.stop()
    assert send_due(DUE) == 2
    assert DeliveryAttempt.objects.count() == 2
    down = Mailbox.objects.get()
    assert down.health == Health.TROUBLED
    assert down.sending_trouble
    assert down.sending_failures == 1  # the second answer did not wait for the dead server again
    for minutes in range(1, 60):
        send_due(DUE + timedelta(minutes=minutes))
    assert {state_of(first), state_of(second)} == {DeliveryState.QUEUED}
    smtp.start()
    send_due(DUE + timedelta(minutes=100))
    assert {state_of(first), state_of(second)} == {DeliveryState.ACCEPTED}
    assert len(smtp.received) == 2
    assert (Mailbox.objects.get().health, Mailbox.objects.get().sending_trouble) == (Health.GOOD, "")


def test_a_refused_sign_in_asks_to_reconnect_and_keeps_the_answer(smtp: SmtpServer, mailbox: Mailbox) -> None:
    delivery = an_answer(mailbox)
    smtp.users[mailbox.username] = "changed"
    send_due(DUE)
    assert Mailbox.objects.get().health == Health.RECONNECT
    assert state_of(delivery) == DeliveryState.QUEUED
    seal(f"mailbox:{mailbox.pk}:password", "changed", at=DUE)
    send_due(DUE + timedelta(minutes=10))
    assert state_of(delivery) == DeliveryState.ACCEPTED


def test_answers_leave_by_token_and_a_withdrawn_token_is_replaced(tokens: TokenEndpoint) -> None:
    with running(knows_token=tokens.knows) as smtp:
        mailbox = a_mailbox(a_store("email", ""), smtp_port=smtp.port, token_url=tokens.url)
        Mailbox.objects.update(client_id=tokens.client_id)
        seal(f"mailbox:{mailbox.pk}:client_secret", tokens.client_secret, at=MONDAY)
        seal(f"mailbox:{mailbox.pk}:refresh_token", tokens.consent(mailbox.username), at=MONDAY)
        first = an_answer(mailbox)
        send_due(DUE)
        assert state_of(first) == DeliveryState.ACCEPTED
        tokens.expire(mailbox.username)
        second = an_answer(mailbox, sender="jan@kunde.example")
        send_due(DUE)
        assert state_of(second) == DeliveryState.ACCEPTED
        tokens.revoke(mailbox.username)
        third = an_answer(mailbox, sender="ida@kundin.example")
        send_due(DUE)
        assert state_of(third) == DeliveryState.QUEUED
        assert Mailbox.objects.get().health == Health.RECONNECT


def test_a_store_without_a_mailbox_says_what_to_do() -> None:
    ticket = a_ticket(a_store("email", ""), sender=BUYER, kind=IdentityKind.EMAIL)
    delivery = answered(ticket, at=LATER)
    send_due(DUE)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.REFUSED
    assert "Connect one" in delivery.answer


def test_three_questions_and_one_answer(smtp: SmtpServer, mailbox: Mailbox) -> None:
    store = mailbox.stores.get()
    for hour in range(3):
        at = MONDAY + timedelta(minutes=hour)
        filing, *_ = filed(store, a_message(at=at, sender=BUYER, kind=IdentityKind.EMAIL, orders=("#1042",)))
    delivery = answered(Ticket.objects.get(pk=filing.ticket.id), at=LATER)
    send_due(DUE)
    assert own_outcomes(delivery) == {"met_provisional"}
    assert len(mail_in(smtp.received[0])["References"].split()) == 3


def test_a_crash_after_the_attempt_was_committed_asks_a_person(smtp: SmtpServer, mailbox: Mailbox) -> None:
    delivery = an_answer(mailbox)
    assert _claim(DUE) is not None
    assert settle_interrupted(DUE + timedelta(seconds=30)) == 0
    assert send_due(DUE + timedelta(hours=1)) == 0
    assert settle_interrupted(DUE + SILENT_AFTER + timedelta(seconds=1)) == 1
    assert state_of(delivery) == DeliveryState.UNCERTAIN
    assert send_due(DUE + timedelta(hours=1)) == 0
    assert smtp.received == []
    assert TicketEvent.objects.filter(kind="reply_uncertain").count() == 1
    assert settle_interrupted(DUE + timedelta(days=1)) == 0


def test_what_the_server_said_is_kept_also_where_the_mailboxs_health_cannot_be(
    smtp: SmtpServer, mailbox: Mailbox
) -> None:
    delivery = an_answer(mailbox)
    Mailbox.objects.filter(pk=mailbox.pk).update(sending_trouble="It was down.")
    with refused("UPDATE ON stores_mailbox"):
        assert send_due(DUE) == 1
    assert len(smtp.received) == 1
    assert state_of(delivery) == DeliveryState.ACCEPTED


@pytest.mark.django_db(transaction=True)
def test_trouble_with_the_database_before_anything_left_is_no_reason_to_ask_a_person(
    smtp: SmtpServer, mailbox: Mailbox
) -> None:
    delivery = an_answer(mailbox)
    with out_of_reach("vault_sealedsecret"):
        assert send_due(DUE) == 1
    with out_of_reach("stores_mailbox_stores"):
        assert send_due(DUE + timedelta(minutes=2)) == 1
    assert smtp.received == []
    assert state_of(delivery) == DeliveryState.QUEUED
    assert send_due(DUE + timedelta(minutes=10)) == 1
    assert (state_of(delivery), len(smtp.received)) == (DeliveryState.ACCEPTED, 1)


@contextmanager
def refused(what: str) -> Iterator[None]:
    """As if the disk were full for this."""
    run(
        "CREATE FUNCTION refuse_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$"
    )
    run(f"CREATE TRIGGER refuse_it BEFORE {what} FOR EACH ROW EXECUTE FUNCTION refuse_it()")
    try:
        yield
    finally:
        run(f"DROP TRIGGER refuse_it ON {what.rpartition(' ')[2]}")
        run("DROP FUNCTION refuse_it()")


@contextmanager
def out_of_reach(table: str) -> Iterator[None]:
    """As if the database had lost it."""
    run(f"ALTER TABLE {table} RENAME TO away")
    try:
        yield
    finally:
        run(f"ALTER TABLE away RENAME TO {table}")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
