"""Reports of mail servers, filed: what takes an answer back, and what is only shown."""

from datetime import timedelta

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.marketplace_mails import bounce_of
from tests.factories.payloads import kept
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tresen.channels.contract import Sent
from tresen.intake.parsing import parse_kept
from tresen.outbox.models import Delivery
from tresen.outbox.receipts import confirm
from tresen.outbox.sending import _claim
from tresen.routing.models import QueuePlace
from tresen.stores.models import Mailbox
from tresen.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db

SENT_AT = MONDAY + timedelta(hours=2)
LATER = MONDAY + timedelta(hours=3)


@pytest.fixture
def mailbox() -> Mailbox:
    return a_mailbox(a_store("email", ""))


@pytest.fixture
def left(mailbox: Mailbox) -> Delivery:
    """An answer that a mail server has taken."""
    delivery = answered(a_ticket(mailbox.stores.get()))
    assert _claim(SENT_AT) is not None
    confirm(delivery.pk, Sent(external_id="Q1", at=SENT_AT, provisional=True), attempt=1, at=SENT_AT)
    return delivery


def report_on(delivery: Delivery, *, action: str, status: str) -> bytes:
    bounce = bounce_of(delivery.idempotency_key, recipient=delivery.recipient, at=LATER)
    return bounce.replace(b"Action: failed", f"Action: {action}".encode()).replace(
        b"Status: 5.1.1", f"Status: {status}".encode()
    )


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "2.0.0")])
def test_a_delay_or_a_success_is_shown_and_takes_nothing_back(
    mailbox: Mailbox, left: Delivery, action: str, status: str
) -> None:
    assert not QueuePlace.objects.exists()
    kept(mailbox, report_on(left, action=action, status=status), at=LATER)
    parse_kept(LATER)
    left.refresh_from_db()
    assert left.state == "accepted"
    assert Message.objects.get(kind="automatic").ticket == Ticket.objects.get()
    assert not QueuePlace.objects.exists()


def test_a_read_receipt_is_shown_with_the_answer_it_is_about(mailbox: Mailbox, left: Delivery) -> None:
    receipt = (
        "From: Petra <petra@kundin.example>\r\nSubject: Gelesen: Re: Frage\r\nMessage-ID: <mdn@kundin.example>\r\n"
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nGelesen.\r\n"
        "--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
        f"Original-Message-ID: <{left.idempotency_key}>\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n"
        "--b--\r\n"
    )
    kept(mailbox, receipt.encode(), at=LATER)
    parse_kept(LATER)
    left.refresh_from_db()
    assert (left.state, Ticket.objects.count()) == ("accepted", 1)
    assert Message.objects.get(kind="automatic").text == "Gelesen."


def test_a_report_about_nothing_of_ours_opens_nothing_that_waits(mailbox: Mailbox) -> None:
    report = bounce_of("somebody@else.example", recipient="x@kundin.example", at=LATER)
    kept(mailbox, report.replace(b"Action: failed", b"Action: delivered"), at=LATER)
    parse_kept(LATER)
    assert Ticket.objects.get().status == "solved"
    assert not QueuePlace.objects.exists()


FORGED = "Authentication-Results: mx.shop.example; spf=fail smtp.mailfrom=mx.example\n"


def test_a_forged_bounce_that_names_only_an_address_is_shown_as_unproven_and_changes_nothing(
    mailbox: Mailbox, left: Delivery
) -> None:
    Mailbox.objects.update(trusted_receivers=["mx.shop.example"])
    letter = a_mail(
        f"<{left.recipient}>: host mx.example said: 550 5.1.1 no such user",
        sender="postmaster@mx.example",
        subject="Undelivered Mail Returned to Sender",
        headers=FORGED,
    )
    kept(mailbox, letter, at=LATER)
    parse_kept(LATER)
    left.refresh_from_db()
    assert left.state == "accepted"
    assert not Message.objects.filter(kind="bounce").exists()
    shown = Message.objects.get(kind="automatic")
    assert (shown.problems, shown.ticket.status) == (["unproven_report"], "solved")
    assert shown.ticket != left.message.ticket
    assert not QueuePlace.objects.exists()


def test_a_bounce_that_quotes_our_own_id_counts_whoever_brought_it(mailbox: Mailbox, left: Delivery) -> None:
    Mailbox.objects.update(trusted_receivers=["mx.shop.example"])
    kept(mailbox, FORGED.encode() + report_on(left, action="failed", status="5.1.1"), at=LATER)
    parse_kept(LATER)
    left.refresh_from_db()
    assert left.state == "bounced"
    assert Message.objects.get(kind="bounce").ticket == left.message.ticket


def test_a_bounce_without_our_id_stands_with_the_answer_its_recipient_was_sent(
    mailbox: Mailbox, left: Delivery
) -> None:
    letter = a_mail(
        f"<{left.recipient}>: host mx.example said: 550 5.1.1 no such user",
        sender="postmaster@mx.example",
        subject="Undelivered Mail Returned to Sender",
    )
    kept(mailbox, letter, at=LATER)
    parse_kept(LATER)
    left.refresh_from_db()
    assert left.state == "bounced"
    assert Message.objects.get(kind="bounce").ticket == Ticket.objects.get()
    assert QueuePlace.objects.exists()
