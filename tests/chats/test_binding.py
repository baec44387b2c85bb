"""A chat is a ticket of its own, and no page shows what its customer wrote by mail."""

from datetime import timedelta

import pytest

from tests.factories.chats import a_chat, a_website, says
from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY
from tresen.channels.contract import IdentityKind, ThreadKey, ThreadKeyKind
from tresen.tickets.models import Conversation, Message, Ticket

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)


def test_all_that_is_written_in_a_chat_stands_in_one_conversation():
    chat = a_chat(a_website(), at=MONDAY)
    says(chat, "In red, I mean.", at=LATER)
    conversation = Conversation.objects.get()
    assert chat.conversation == conversation
    assert [one.text for one in conversation.messages.order_by("pk")] == ["Is the stool in stock?", "In red, I mean."]


def test_neither_an_address_nor_an_order_number_leads_a_chat_into_another_ticket():
    store = a_website()
    filed(store, a_message(sender="ida@mail.example", kind=IdentityKind.EMAIL, orders=("#1042",), at=MONDAY))
    chat = a_chat(store, "Where is order #1042?", at=LATER)
    assert Ticket.objects.count() == 2
    assert chat.conversation.ticket.orders.get().number == "#1042"


def test_from_the_first_mail_on_it_goes_by_mail():
    store = a_website()
    chat = a_chat(store, at=MONDAY)
    ours = Message.objects.get().external_id
    key = ThreadKey(kind=ThreadKeyKind.REFERENCE, value=ours)
    filed(store, a_message(sender="ida@mail.example", kind=IdentityKind.EMAIL, ties=(key,), at=LATER))
    chat.refresh_from_db()
    assert chat.conversation.messages.count() == 2
    assert chat.by_mail_since is not None
