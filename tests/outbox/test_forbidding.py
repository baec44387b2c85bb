from datetime import timedelta

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tresen.outbox.models import DeliveryState
from tresen.outbox.sending import send_due
from tresen.tickets.models import Message

LATER = MONDAY + timedelta(hours=1)


@pytest.mark.django_db
def test_what_a_platform_forbids_when_it_would_leave_is_refused_here_though_it_was_queued() -> None:
    store = a_store("walmart", "walmart.com")
    a_mailbox(store, smtp_port=1)
    ticket = a_ticket(store, sender=f"{'A' * 32}@relay.walmart.com", text="Where is my parcel?")
    delivery = answered(ticket, text="Your parcel left yesterday.", at=LATER)
    Message.objects.filter(pk=delivery.message_id).update(text="Ihr Paket ist gestern abgegangen.")
    assert send_due(LATER + timedelta(seconds=10)) == 1
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.REFUSED
    assert delivery.answer == "Walmart takes answers in English alone here, and this is not English."
