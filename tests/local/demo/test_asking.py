"""What partners were asked in the demo shop: one must be chased, one has time, one has answered."""

from datetime import timedelta

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.order_news import OrderState
from tresen.local.demo.asking import BOOK, ask_partners
from tresen.orders.models import Order
from tresen.outbox.models import Delivery
from tresen.partners import verifying
from tresen.partners.models import Partner, Question
from tresen.routing.models import QueuePlace
from tresen.sla.defaults import create_defaults
from tresen.tickets.models import Ticket, TicketOrder

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=9)


def test_one_is_to_be_chased_one_has_time_and_one_has_answered() -> None:
    create_defaults(by=SYSTEM, at=MONDAY)
    store = a_store()
    a_mailbox(store)
    for number in range(4):
        filed(store, a_message(sender=f"b{number}@marketplace.amazon.de", at=MONDAY + timedelta(hours=number)))
        order = Order.objects.create(
            store=store,
            brand=store.brand,
            number=f"302-{number}",
            state=OrderState.SHIPPED,
            currency="EUR",
            total=4900,
            ordered_at=MONDAY,
            changed_at=MONDAY,
        )
        ticket = Ticket.objects.latest("pk")
        TicketOrder.objects.create(ticket=ticket, store=store, number=order.number, order=order, source="message")

    ask_partners([Actor.agent(an_agent().pk)], now=NOW)

    assert Partner.objects.count() == len(BOOK)
    chased, in_time, answered = Question.objects.order_by("pk")
    assert (chased.state, in_time.state, answered.state) == ("open", "open", "answered")
    assert (chased.ticket.status, in_time.ticket.status) == ("open", "waiting")
    assert answered.unread_since is not None
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted"}
    assert QueuePlace.objects.filter(ticket__in=[chased.ticket_id, answered.ticket_id]).count() == 2
    assert verifying.differences(list(Ticket.objects.values_list("pk", flat=True))) == []
