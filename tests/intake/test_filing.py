"""From what a connector understood to tickets."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed, understood
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import IdentityKind, NoticeKind, PlatformNotice, ThreadKey, ThreadKeyKind
from tresen.intake.filing import file
from tresen.mail.parsed import Automatic, Verdict
from tresen.routing.models import QueuePlace
from tresen.sla.models import Clock
from tresen.tickets.models import Message, MessageArrival, Ticket, TicketLink, TicketOrder
from tresen.tickets.solving import solve

pytestmark = pytest.mark.django_db

ORDER = "302-1234567-1234567"


def test_a_message_opens_a_ticket_with_its_place_and_clocks() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)))
    ticket = Ticket.objects.get()
    assert (ticket.store, ticket.team, ticket.status) == (store, store.default_team, "open")
    assert TicketOrder.objects.get().number == ORDER
    assert sorted(Clock.objects.filter(kind="platform").values_list("due", flat=True)) == [
        MONDAY + timedelta(hours=24),
        MONDAY + timedelta(hours=48),
    ]
    assert QueuePlace.objects.get().ticket == ticket


def test_a_ticket_that_came_without_words_is_called_by_the_first_words_since() -> None:
    store = a_store()
    filed(store, a_message(subject="", text=""))
    assert Ticket.objects.get().subject == ""
    later = MONDAY + timedelta(minutes=1)
    filed(store, a_message(subject="", text="Wo ist es?", at=later), a_message(subject="", text="Hallo?", at=later))
    assert Ticket.objects.get().subject == "Wo ist es?"
    filed(store, a_message(subject="", text="Immer noch nicht da.", at=later + timedelta(minutes=1)))
    assert Ticket.objects.get().subject == "Wo ist es?"


def test_words_that_come_together_with_what_opened_a_ticket_give_it_name_and_language() -> None:
    store = a_store(language="en")
    words = understood(store, a_message(subject="", text="Wo ist mein Paket?", at=MONDAY + timedelta(minutes=1)))
    file([understood(store, a_message(subject="", text="")), replace(words, language="de")], at=MONDAY)
    ticket = Ticket.objects.get()
    assert (ticket.subject, ticket.language) == ("Wo ist mein Paket?", "de")


def test_the_same_payload_filed_twice_is_one_message() -> None:
    store = a_store()
    same = understood(store, a_message())
    assert len(file([same], at=MONDAY)) == 1
    assert file([same], at=MONDAY) == []
    assert Message.objects.count() == 1


def test_the_same_mail_in_two_mailboxes_of_a_brand_is_one_message_with_two_arrivals() -> None:
    store = a_store()
    mail = a_message(external_id="same@mail.example")
    filed(store, mail, mail)
    assert Message.objects.count() == 1
    assert MessageArrival.objects.count() == 2


def test_the_same_mail_to_two_brands_is_two_linked_tickets() -> None:
    one, other = a_store(), a_store()
    mail = a_message(external_id="same@mail.example")
    filed(one, mail)
    filed(other, mail)
    assert Ticket.objects.count() == 2
    assert TicketLink.objects.get().kind == "other_brand"


def test_a_reused_message_id_with_other_words_is_another_message() -> None:
    store = a_store()
    filed(store, a_message(external_id="reused@mail.example", text="one"))
    filed(store, a_message(external_id="reused@mail.example", text="two"))
    assert Message.objects.count() == 2


def test_the_buyers_second_mail_about_the_same_order_joins_its_ticket() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)))
    filed(store, a_message(orders=(ORDER,), at=MONDAY + timedelta(hours=2)))
    assert Ticket.objects.count() == 1
    assert Message.objects.count() == 2


def test_two_mails_of_one_batch_about_one_order_open_one_ticket() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)), a_message(orders=(ORDER,), at=MONDAY + timedelta(hours=2)))
    assert Ticket.objects.count() == 1


def test_the_same_buyer_with_another_order_opens_another_ticket() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)))
    filed(store, a_message(orders=("302-7654321-7654321",), at=MONDAY + timedelta(hours=2)))
    assert Ticket.objects.count() == 2


def test_a_strangers_mail_with_a_known_number_and_reference_opens_a_ticket_of_its_own() -> None:
    store = a_store("email", "")
    known = ThreadKey(kind=ThreadKeyKind.REFERENCE, value="first@mail.example")
    filed(store, a_message(external_id="first@mail.example", sender="petra@mail.example", kind=IdentityKind.EMAIL))
    filed(store, a_message(sender="eve@mail.example", kind=IdentityKind.EMAIL, ties=(known,), orders=(ORDER,)))
    assert Ticket.objects.count() == 2


def test_a_participants_mail_joins_by_its_reference() -> None:
    store = a_store("email", "")
    known = ThreadKey(kind=ThreadKeyKind.REFERENCE, value="first@mail.example")
    filed(store, a_message(external_id="first@mail.example", sender="petra@mail.example", kind=IdentityKind.EMAIL))
    filed(store, a_message(sender="petra@mail.example", kind=IdentityKind.EMAIL, ties=(known,)))
    assert Ticket.objects.count() == 1


def test_a_disowned_sender_joins_nothing() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)))
    filed(store, a_message(orders=(ORDER,), authenticated=Verdict.FAIL, at=MONDAY + timedelta(hours=1)))
    assert Ticket.objects.count() == 2


def test_a_forged_mail_draws_no_later_mail_of_the_buyer_to_itself() -> None:
    store = a_store()
    (genuine,) = filed(store, a_message(orders=(ORDER,)))
    filed(store, a_message(orders=(ORDER,), authenticated=Verdict.FAIL, at=MONDAY + timedelta(hours=1)))
    filed(store, a_message(orders=(ORDER,), text="genuine again", at=MONDAY + timedelta(hours=2)))
    assert Message.objects.get(text="genuine again").ticket_id == genuine.ticket.id


def test_an_automatic_mail_is_kept_and_owed_nothing() -> None:
    store = a_store()
    filed(store, a_message(automatic=Automatic.AUTO_REPLY))
    assert Message.objects.get().kind == "automatic"
    assert not QueuePlace.objects.exists()
    assert not Clock.objects.exists()


def test_a_notice_joins_the_orders_ticket_and_opens_nothing() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)))
    notice = PlatformNotice(
        external_id="n@amazon.example",
        kind=NoticeKind.RETURN_AUTHORISED,
        occurred_at=MONDAY + timedelta(hours=1),
        subject="Return",
        text="authorised",
        order_ids=(ORDER,),
    )
    before = Clock.objects.count()
    filed(store, notice)
    assert Ticket.objects.count() == 1
    assert Message.objects.get(kind="platform_notice").ticket == Ticket.objects.get()
    assert Clock.objects.count() == before


def test_a_message_after_the_solution_reopens_the_ticket() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)))
    solve(Ticket.objects.get().pk, by=SYSTEM, at=MONDAY + timedelta(hours=1))
    filed(store, a_message(orders=(ORDER,), at=MONDAY + timedelta(hours=2)))
    assert Ticket.objects.get().status == "open"
