from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories.cases import a_case_notice
from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.messages import filed
from tests.factories.payloads import kept
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import NoticeKind
from tresen.duties.models import UnknownNotice
from tresen.intake.models import StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.intake.reparsing import Reread, reparse
from tresen.orders.models import Case
from tresen.sla.models import Clock
from tresen.stores.models import Mailbox
from tresen.tickets import ledger
from tresen.tickets.events import MessageReinterpreted
from tresen.tickets.models import Message, MessageArrival, TicketEvent

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=2)


@pytest.fixture
def mailbox() -> Mailbox:
    return a_mailbox(a_store("email", ""))


def reinterpretations() -> list[bool]:
    events = TicketEvent.objects.filter(kind="message_reinterpreted").order_by("sequence")
    return [event.facts["expects_answer"] for event in events]


def test_texts_are_brought_up_to_date_and_nothing_is_received_twice(mailbox: Mailbox) -> None:
    kept(mailbox, a_mail("Wo ist mein Paket?"), a_mail("Passt der Deckel?"))
    parse_kept(MONDAY)
    old = Message.objects.earliest("pk")
    Message.objects.filter(pk=old.pk).update(text="Wo ist mein Paket?\n-- Fußzeile", kind="unreadable", language="")
    assert reparse(at=LATER) == Reread(read=2, changed=1)
    old.refresh_from_db()
    assert (old.text, old.kind, old.language) == ("Wo ist mein Paket?", "message", "de")
    assert TicketEvent.objects.filter(kind="message_received").count() == 2
    assert reinterpretations() == []
    assert reparse(at=LATER) == Reread(read=2)


def test_another_verdict_on_the_answer_is_recorded_once(mailbox: Mailbox) -> None:
    kept(mailbox, a_mail())
    parse_kept(MONDAY)
    message = Message.objects.get()
    event = MessageReinterpreted(message=message.pk, expects_answer=False)
    ledger.record(message.ticket_id, event, by=SYSTEM, at=MONDAY, source_key="an older reader")
    assert reparse(at=LATER).reinterpreted == 1
    assert reparse(at=LATER + timedelta(days=1)).reinterpreted == 0
    assert reinterpretations() == [False, True]


def test_what_was_not_filed_before_is_filed_now(mailbox: Mailbox) -> None:
    kept(mailbox, a_mail())
    StoredPayload.objects.update(state="ignored", problem="an older reader saw nothing in it")
    assert reparse(at=LATER).filed == 1
    assert (Message.objects.get().text, StoredPayload.objects.get().state) == ("Wo ist mein Paket?", "filed")


def test_only_what_was_asked_for_is_read_again(mailbox: Mailbox) -> None:
    kept(mailbox, a_mail(), at=MONDAY)
    _, last = kept(mailbox, a_mail(), a_mail(), at=LATER)
    parse_kept(LATER)
    assert reparse(at=LATER, since=LATER).read == 2
    assert reparse(at=LATER, numbers=[last.pk]).read == 1


def test_a_payload_that_fails_holds_up_no_other(mailbox: Mailbox) -> None:
    first, _ = kept(mailbox, a_mail("eins"), a_mail("zwei"))
    parse_kept(MONDAY)
    Message.objects.update(text="alt")
    StoredPayload.objects.filter(pk=first.pk).update(mailbox=None)  # its mailbox is gone, and with it its stores
    assert reparse(at=LATER) == Reread(read=1, changed=1, failed=1)
    assert set(Message.objects.values_list("text", flat=True)) == {"alt", "zwei"}


CLAIM = Path(__file__).parents[1] / "channels/amazon/payloads/atoz_opened_en.eml"


def test_a_notice_that_is_understood_only_now_makes_its_case_once() -> None:
    store = a_store("amazon", "amazon.co.uk")
    (payload,) = kept(a_mailbox(store), CLAIM.read_bytes())
    # What an older reader left of it: it did not know these words.
    unknown = a_case_notice(NoticeKind.OTHER, order="202-1000001-2000001", problems=("notice_unknown",))
    filed(store, unknown)
    MessageArrival.objects.update(payload_number=payload.pk, position=0)
    StoredPayload.objects.update(state="filed")
    assert UnknownNotice.objects.exists()
    assert not Case.objects.exists()
    for days in (2, 3):
        reparse(at=MONDAY + timedelta(days=days))
        assert Case.objects.get().kind == "a_to_z"
        assert TicketEvent.objects.filter(kind="case_opened").count() == 1
        assert Clock.objects.filter(kind="case").count() == 1
        assert not UnknownNotice.objects.exists()
    assert Case.objects.get().tie.ticket == Message.objects.get().ticket
