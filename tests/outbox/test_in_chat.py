"""An answer in a chat reaches its visitor once: on his page while he is there, by mail once he has left."""

from datetime import timedelta

import pytest

from tests.factories.chats import a_chat, a_website, says
from tests.factories.mailboxes import a_mailbox
from tests.factories.messages import a_message, filed
from tests.factories.replies import answered
from tests.factories.shops import MONDAY
from tests.servers.smtp import SmtpServer
from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import IdentityKind, OutboundAttachment, ThreadKey, ThreadKeyKind
from tresen.chats.models import Chat
from tresen.chats.visiting import leave, note_alive
from tresen.outbox.in_chat import SHOWN_IN_CHAT, lines_of, note_shown
from tresen.outbox.models import Delivery
from tresen.outbox.queueing import UNDO_IN_CHAT
from tresen.outbox.sending import send_due
from tresen.replies.answering import withdraw
from tresen.stores.models import Store
from tresen.tickets.models import Message, TicketEvent

pytestmark = pytest.mark.django_db(transaction=True)

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
DUE = MONDAY + MINUTE + UNDO_IN_CHAT
GONE = MONDAY + 10 * MINUTE


@pytest.fixture
def store(smtp_server: SmtpServer) -> Store:
    store = a_website()
    smtp_server.users[store.addresses[0]] = "geheim"
    a_mailbox(store, address=store.addresses[0], smtp_port=smtp_server.port)
    return store


@pytest.fixture
def chat(store: Store) -> Chat:
    return a_chat(store, at=MONDAY)


def there(chat: Chat) -> Chat:
    return Chat.objects.select_related("store").get(pk=chat.pk)


def reply(chat: Chat, text: str = "Yes, five.") -> Delivery:
    return answered(chat.conversation.ticket, text=text, at=MONDAY + MINUTE)


def texts(chat: Chat, *, at) -> list[str]:
    return [line.text for line in lines_of(there(chat), at=at).lines]


def test_the_page_shows_an_answer_once_it_can_no_longer_be_taken_back(chat):
    reply(chat)
    early = lines_of(there(chat), at=DUE - SECOND)
    assert ([line.text for line in early.lines], early.next_at) == (["Is the stool in stock?"], DUE)
    assert texts(chat, at=DUE) == ["Is the stool in stock?", "Yes, five."]


def test_what_the_page_says_that_it_shows_is_accepted_and_no_mail_leaves(chat, smtp_server):
    delivery = reply(chat)
    assert send_due(DUE) == 0
    assert [note_shown(there(chat), [delivery.message_id], at=DUE) for _twice in range(2)] == [1, 0]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer, delivery.accepted_at) == ("accepted", SHOWN_IN_CHAT, DUE)
    assert TicketEvent.objects.filter(kind="reply_accepted").count() == 1
    assert send_due(GONE) == 0
    assert smtp_server.received == []


def test_what_nobody_saw_leaves_by_mail_once_the_visitor_has_gone(chat, smtp_server):
    delivery = reply(chat)
    assert send_due(DUE) == 0
    assert send_due(GONE) == 1
    (mail,) = smtp_server.received
    assert mail.recipients == ("ida@mail.example",)
    assert b"Yes, five." in mail.raw
    assert b"> Is the stool in stock?" in mail.raw
    assert b"In-Reply-To" not in mail.raw
    assert note_shown(there(chat), [delivery.message_id], at=GONE) == 0
    assert texts(chat, at=GONE) == ["Is the stool in stock?", "Yes, five."], "who comes back sees it there, too"
    assert TicketEvent.objects.filter(kind="reply_accepted").count() == 1


def test_who_says_that_he_goes_gets_a_mail_at_once(chat, smtp_server):
    reply(chat)
    leave(chat, at=DUE)
    assert send_due(DUE) == 1
    assert len(smtp_server.received) == 1


def test_who_is_back_before_the_mail_left_gets_none(chat, smtp_server):
    delivery = reply(chat)
    note_alive(chat, at=GONE)
    assert send_due(GONE) == 0
    assert note_shown(there(chat), [delivery.message_id], at=GONE) == 1
    assert smtp_server.received == []


def test_an_answer_that_may_have_been_shown_is_not_taken_back(chat):
    first, second = reply(chat, "Yes, five."), reply(chat, "In red.")
    assert withdraw(first.message_id, by=SYSTEM, at=DUE - SECOND)
    assert not withdraw(second.message_id, by=SYSTEM, at=DUE)
    assert texts(chat, at=DUE) == ["Is the stool in stock?", "In red."]


def test_what_has_files_leaves_by_mail_though_its_visitor_is_there(chat, smtp_server):
    file = OutboundAttachment(name="invoice.pdf", content_type="application/pdf", content=b"%PDF-1.7")
    delivery = answered(chat.conversation.ticket, text="Here it is.", at=MONDAY + MINUTE, files=[file])
    assert texts(chat, at=DUE) == ["Is the stool in stock?"], (
        "a page that says that it shows it would keep the file back"
    )
    assert note_shown(there(chat), [delivery.message_id], at=DUE) == 0
    assert withdraw(delivery.message_id, by=SYSTEM, at=DUE)
    answered(chat.conversation.ticket, text="Here it is.", at=MONDAY + MINUTE, files=[file])
    assert send_due(DUE) == 1
    assert b"invoice.pdf" in smtp_server.received[0].raw
    line = lines_of(there(chat), at=DUE).lines[-1]
    assert (line.text, line.files) == ("Here it is.", ("invoice.pdf",))


def test_another_chats_answer_cannot_be_said_to_be_shown(chat, store):
    delivery = reply(chat)
    other = a_chat(store, "Hello?", email="kai@mail.example", at=MONDAY)
    assert note_shown(there(other), [delivery.message_id], at=DUE) == 0


def test_nothing_is_shown_in_a_store_that_only_watches(chat, store):
    Store.objects.filter(pk=store.pk).update(shadow=True)
    reply(chat)
    assert texts(chat, at=GONE) == ["Is the stool in stock?"]


def test_nobody_reads_on_his_page_what_is_written_after_the_customers_first_mail(chat, store, smtp_server):
    # Anybody can type her address: whoever did must not read her mail, nor what we answer to it.
    key = ThreadKey(kind=ThreadKeyKind.REFERENCE, value=Message.objects.get().external_id)
    mail = a_message(
        sender="ida@mail.example", kind=IdentityKind.EMAIL, ties=(key,), text="My number is …", at=MONDAY + SECOND
    )
    filed(store, mail)
    delivery = reply(chat, "Thank you, Ida.")
    assert texts(chat, at=DUE) == ["Is the stool in stock?"]
    assert note_shown(there(chat), [delivery.message_id], at=DUE + MINUTE) == 0
    assert send_due(DUE + MINUTE) == 1
    assert smtp_server.received[0].recipients == ("ida@mail.example",)


def test_what_is_sent_twice_stands_there_once(chat):
    says(chat, "In red?", number="same-number", at=MONDAY + SECOND)
    says(chat, "In red?", number="same-number", at=MONDAY + MINUTE)
    assert texts(chat, at=GONE) == ["Is the stool in stock?", "In red?"]
    assert lines_of(there(chat), at=GONE).lines[-1].number == "same-number"
