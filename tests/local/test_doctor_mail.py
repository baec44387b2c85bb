from pathlib import Path

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.payloads import kept
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY
from tresen.intake.models import StoredPayload
from tresen.local.doctor.findings import Fine, Patient, Wrong
from tresen.local.doctor.looking_at_mail import look_at_mailboxes, look_at_reading, look_at_what_waits_for_people
from tresen.outbox.models import Delivery
from tresen.stores.health import receiving_failed, sending_failed
from tresen.stores.models import Health, Mailbox

pytestmark = pytest.mark.django_db
PATIENT = Patient(home=Path("/nowhere"), environ={})


def test_a_mailbox_that_answers_is_well():
    a_mailbox(address="service@nordlicht.example")
    assert list(look_at_mailboxes(PATIENT)) == [Fine(what="Mailbox service@nordlicht.example")]


def test_a_mailbox_in_trouble_is_named_with_its_cure():
    receiving_failed(a_mailbox().pk, trouble="The server refuses connections.", at=MONDAY)
    (found,) = look_at_mailboxes(PATIENT)
    assert isinstance(found, Wrong)
    assert "The server refuses connections." in found.what


def test_a_withdrawn_consent_asks_to_connect_again():
    receiving_failed(a_mailbox().pk, trouble="The consent was withdrawn.", at=MONDAY, reconnect=True)
    (found,) = look_at_mailboxes(PATIENT)
    assert isinstance(found, Wrong)
    assert "Reconnect" in found.advice


def test_a_mailbox_that_waits_to_be_told_how_far_back_is_not_well():
    mailbox = a_mailbox()
    Mailbox.objects.update(checked_at=MONDAY, health=Health.GOOD)
    (found,) = look_at_mailboxes(PATIENT)
    assert isinstance(found, Wrong)
    assert mailbox.name in found.what
    assert "how far back" in found.advice


def test_a_mailbox_of_which_nobody_said_who_receives_for_it_is_not_well_and_the_likely_hosts_are_named():
    mailbox = a_mailbox(read_from=MONDAY)
    _, found = look_at_mailboxes(PATIENT)
    assert isinstance(found, Wrong)
    assert "forged sender addresses can't be told" in found.what
    assert "so far" not in found.advice
    stamp = "Received: from mx.kundin.example by mx1.provider.example with ESMTPS; Mon, 16 Nov 2026 09:00:00 +0000\n"
    kept(mailbox, *(a_mail(str(number), headers=stamp) for number in range(3)))
    _, found = look_at_mailboxes(PATIENT)
    assert isinstance(found, Wrong)
    assert "mx1.provider.example" in found.advice
    Mailbox.objects.update(trusted_receivers=["mx1.provider.example"])
    assert list(look_at_mailboxes(PATIENT)) == [Fine(what=f"Mailbox {mailbox.name}")]


def test_a_reply_nobody_knows_the_fate_of_is_told():
    assert list(look_at_what_waits_for_people(PATIENT)) == []
    answered(a_ticket())
    Delivery.objects.update(state="uncertain")
    (found,) = look_at_what_waits_for_people(PATIENT)
    assert isinstance(found, Wrong)


def test_a_mailbox_that_only_cannot_send_says_so():
    sending_failed(a_mailbox().pk, trouble="Connection refused", at=MONDAY)
    (found,) = look_at_mailboxes(PATIENT)
    assert isinstance(found, Wrong)
    assert "answers do not leave (Connection refused)" in found.what


def test_the_usual_time_of_reading_a_mail_is_told_and_how_many_met_its_limits():
    assert list(look_at_reading(PATIENT)) == []
    for number, payload in enumerate(kept(a_mailbox(), *(a_mail() for _ in range(5)))):
        StoredPayload.objects.filter(pk=payload.pk).update(read_in_ms=10 * number + 1)
    StoredPayload.objects.filter(read_in_ms=41).update(problem="The reader took longer than 10 seconds.")
    (found,) = look_at_reading(PATIENT)
    assert found == Fine(
        what="A mail is usually read in 21 ms, 99 of 100 within 41 ms, the slowest of 5 in 41 ms; 1 only in part, "
        "at the reader's limits"
    )
