"""Whom the composer answers, and whether that counts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.chats import a_chat, a_website
from tests.factories.connected import an_ebay_store
from tests.factories.first_messages import WRITTEN, begun, first
from tests.factories.replies import a_ticket, answered, leaves
from tests.factories.sales import a_sale
from tests.factories.shops import MONDAY, a_store
from tests.factories.told import asked_world, take_in, told_of
from tresen.accounts.actors import SYSTEM, Actor
from tresen.fakes.ebay.platform import Ebay
from tresen.orders.models import Order
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.sending import send_due
from tresen.replies.models import Draft
from tresen.stores.adding import retire_store
from tresen.stores.models import Mailbox, Store
from tresen.stores.troubles import OPTED_OUT
from tresen.tickets.models import Message, Ticket

LATER = MONDAY + timedelta(hours=2)


def shown(screen, ticket):
    return screen.get(reverse("ticket", args=[ticket.pk])).text


def test_an_answer_to_who_opted_out_is_not_said_to_count(screen, ticket):
    assert 'data-counts="yes"' in shown(screen, ticket)
    delivery = answered(ticket, at=LATER)
    leaves(delivery, at=LATER)
    Delivery.objects.update(state=DeliveryState.BOUNCED, answer=OPTED_OUT)

    page = shown(screen, ticket)

    assert 'data-counts="no"' in page
    assert "The buyer wants no messages: Amazon will not deliver this" in page


@pytest.mark.parametrize(("channel", "country", "is_shown"), [("console", "", True), ("amazon", "amazon.de", False)])
def test_an_address_is_shown_where_it_is_the_customers_own(screen, team, channel, country, is_shown):
    address = "petra.muster@customer.example" if is_shown else "k2x7@marketplace.amazon.de"
    ticket = a_ticket(a_store(channel, country, team=team), sender=address, name="Petra Muster")

    page = shown(screen, ticket)

    assert page.count(f">{address}</span>") == (2 if is_shown else 0)


def test_what_was_taken_back_looks_taken_back(screen, ticket):
    delivery = answered(ticket, at=LATER)
    assert "data-unsent" not in shown(screen, ticket)
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.WITHDRAWN)

    assert "data-unsent" in shown(screen, ticket)


def test_more_words_before_the_buyer_has_answered_are_said_to_stop_no_clock(screen, team, agent):
    world = asked_world(at=WRITTEN, sales=[a_sale("27-10001-20001")], talks=[])
    with an_ebay_store(Ebay(world)) as store:
        told_of(store)
        Store.objects.filter(pk=store.pk).update(default_team=team)
        begun(Order.objects.select_related("store").get(), Actor.agent(agent.pk), first(opening="message"))
        before = shown(screen, Ticket.objects.get())
        send_due(WRITTEN + timedelta(seconds=10))
        take_in(WRITTEN + timedelta(minutes=10))
        page = shown(screen, Ticket.objects.get())

    assert 'name="then"' not in before, "eBay has not told of the conversation yet"
    assert "write once more from the order" in before
    assert 'name="then"' in page
    assert 'data-counts="nobody"' in page
    assert "eBay counts this as an answer" not in page


def written(screen, ticket, **more):
    message = ticket.messages.get()
    given = {"conversation": message.conversation_id, "answers_up_to": message.pk, "then": "keep_open", **more}
    return screen.post(reverse("reply", args=[ticket.pk]), {"text": "Es kommt morgen.", **given}, follow=True).text


def test_at_a_retired_store_nobody_writes_in_vain_and_notes_stay_possible(screen, ticket, store):
    retire_store(store.pk, by=SYSTEM, at=MONDAY)
    page = shown(screen, ticket)
    assert "is retired: nothing is sent there any more" in page
    assert "data-counts" not in page
    assert 'name="then"' not in page
    screen.post(reverse("note", args=[ticket.pk]), {"text": "Rang her."})
    assert Message.objects.filter(text="Rang her.").exists()


def test_what_was_typed_before_the_store_was_retired_stays(screen, ticket, store):
    retire_store(store.pk, by=SYSTEM, at=MONDAY)
    page = written(screen, ticket)
    assert Draft.objects.get().text == "Es kommt morgen."
    assert "Es kommt morgen.</textarea>" in page
    assert "data-counts" not in page
    assert not Delivery.objects.exists()


def test_without_a_mailbox_it_is_said_before_one_writes(screen, ticket):
    assert "has no mailbox" not in shown(screen, ticket)
    Mailbox.objects.all().delete()
    page = shown(screen, ticket)
    assert "has no mailbox that an answer could leave through" in page
    assert "data-counts" not in page
    written(screen, ticket)
    assert not Delivery.objects.exists()


def test_a_store_that_only_watches_needs_no_mailbox_to_hold_answers(screen, ticket):
    Mailbox.objects.all().delete()
    Store.objects.update(shadow=True)
    assert 'data-counts="held"' in shown(screen, ticket)
    written(screen, ticket)
    assert Delivery.objects.get().state == DeliveryState.HELD


def test_who_is_in_his_chat_is_answered_there_without_a_mailbox(screen, team):
    now = timezone.now()
    here = a_chat(a_website(team=team), at=now).conversation.ticket
    assert 'name="then"' in shown(screen, here)
    gone = a_chat(a_website(team=team), at=now - timedelta(hours=1)).conversation.ticket
    page = shown(screen, gone)
    assert "has no mailbox" in page
    assert "the answer leaves by mail" not in page
