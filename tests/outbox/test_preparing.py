"""What a reply leaves with: whom it answers, what stands quoted below it."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tresen.channels.contract import DeliveryNotice, IdentityKind, ThreadKey, ThreadKeyKind
from tresen.intake.by_hand import thread_of
from tresen.outbox.models import Delivery
from tresen.outbox.preparing import prepared
from tresen.stores.models import Store
from tresen.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
PETRA = {"sender": "petra@kundin.example", "kind": IdentityKind.EMAIL}


@pytest.fixture
def store() -> Store:
    return a_store("email", "")


@pytest.fixture
def ticket(store: Store) -> Ticket:
    return a_ticket(store, external_id="frage@kundin.example", text="Wo ist mein Paket?", **PETRA)


def returned(delivery: Delivery, *, permanent: bool) -> None:
    notice = DeliveryNotice(
        external_id=f"report-{permanent}@mx.example",
        occurred_at=MONDAY + 2 * HOUR,
        message_id=delivery.idempotency_key,
        recipient=delivery.recipient,
        permanent=permanent,
        reason="550 5.1.1 unknown",
        text="I am the mail server and could not deliver this.",
    )
    filed(delivery.store, notice)


@pytest.mark.parametrize("permanent", [True, False])
def test_what_a_mail_server_said_is_neither_answered_nor_quoted(ticket: Ticket, permanent: bool) -> None:  # noqa: FBT001
    returned(answered(ticket), permanent=permanent)
    assert Message.objects.filter(ticket=ticket).count() == 3
    out = prepared(answered(ticket, text="Noch einmal.", at=MONDAY + 3 * HOUR))
    assert (out.in_reply_to, out.quoted) == ("frage@kundin.example", "Wo ist mein Paket?")
    assert not any("report" in each for each in out.references)


def test_a_message_that_crossed_the_answer_is_not_what_it_answers(store: Store, ticket: Ticket) -> None:
    seen = Message.objects.get(ticket=ticket)
    tie = ThreadKey(kind=ThreadKeyKind.REFERENCE, value="frage@kundin.example")
    crossing = a_message(text="Hat sich erledigt!", external_id="neu@kundin.example", ties=(tie,), at=MONDAY, **PETRA)
    filed(store, crossing)
    out = prepared(answered(ticket, at=MONDAY + HOUR, up_to=seen.pk))
    assert (out.in_reply_to, out.quoted) == ("frage@kundin.example", "Wo ist mein Paket?")
    assert "neu@kundin.example" not in out.references


def test_a_call_logged_about_the_ticket_names_no_thread_of_the_platforms(store: Store, ticket: Ticket) -> None:
    thread_of(ticket)
    assert prepared(answered(ticket)).thread == ""
