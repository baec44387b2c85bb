"""Who asks to be forgotten is; what others said, and what clocks and reports count, stays."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.mailboxes import a_mailbox
from tests.factories.messages import a_message, understood
from tests.factories.partners import asked
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tests.partners.answers import answers
from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import IdentityKind, Sender, Source
from tresen.channels.erasure import ErasureKind, ErasureRequest
from tresen.channels.order_news import Address, OrderSnapshot, OrderState
from tresen.customers.models import Customer, Identity
from tresen.duties.models import Promise
from tresen.intake.erasing.erasing import DELETED, EMPTIED
from tresen.intake.erasing.requests import agree, carry_out_agreed, waiting
from tresen.intake.filing import file
from tresen.intake.keeping import Arrived, keep_raw
from tresen.intake.models import Erasure, PayloadState, StoredPayload
from tresen.orders.models import Order
from tresen.outbox.models import Delivery
from tresen.partners import verifying
from tresen.partners.models import QuestionLink
from tresen.sla.defaults import create_defaults
from tresen.stores.models import Store
from tresen.tickets.models import Message, Ticket, TicketEvent

pytestmark = pytest.mark.django_db

NUMBER = "27-11111-22222"
IDA = Sender(kind=IdentityKind.USERNAME, key="ida_m", name="Ida Muster")
LATER = MONDAY + timedelta(days=1)


def forget(store: Store, kind: ErasureKind = ErasureKind.BUYER, **who: tuple[str, ...]) -> None:
    request = ErasureRequest(external_id="e-1", kind=kind, occurred_at=LATER, **(who or {"keys": ("ida_m",)}))
    file([understood(store, request)], at=LATER)


def bought(store: Store) -> None:
    ship_to = Address(lines=("Ida Muster", "Beispielweg 1"), postcode="12345", city="Musterstadt", country="DE")
    order = OrderSnapshot(
        number=NUMBER,
        changed_at=MONDAY,
        state=OrderState.SHIPPED,
        currency="EUR",
        total=4990,
        ordered_at=MONDAY,
        buyer=IDA,
        ship_to=ship_to,
    )
    file([understood(store, order)], at=MONDAY)


@pytest.fixture
def store() -> Store:
    return a_store("ebay", "ebay.de")


def words_of(ticket: Ticket) -> set[str]:
    return {text for row in Message.objects.filter(ticket=ticket).values_list("text", "subject") for text in row}


def test_one_person_is_forgotten_at_once_and_nobody_else(store: Store) -> None:
    bought(store)
    hers = a_ticket(store, sender="ida_m", kind=IdentityKind.USERNAME, text="Wo ist es?", orders=(NUMBER,))
    answered(hers, text="Liebe Ida, morgen.")
    other = a_ticket(store, sender="kai", kind=IdentityKind.USERNAME, text="Und meins?")
    events = TicketEvent.objects.filter(ticket=hers).count()

    forget(store)

    hers.refresh_from_db()
    assert words_of(hers) == {""}
    assert hers.subject == ""
    assert not Identity.objects.filter(key="ida_m").exists()
    assert not Customer.objects.filter(name__contains="Ida").exists()
    order = Order.objects.get()
    assert (order.ship_to, order.postcode, order.city, order.total) == ("", "", "", 4990)
    assert "Und meins?" in words_of(other)
    assert TicketEvent.objects.filter(ticket=hers).count() == events
    erasure = Erasure.objects.get()
    assert erasure.carried_out_at == LATER
    assert erasure.erased["tickets_message"] == 2
    assert "ida" not in str(erasure.who) + str(erasure.erased)


def test_to_ask_twice_changes_nothing(store: Store) -> None:
    a_ticket(store, sender="ida_m", kind=IdentityKind.USERNAME, text="Wo ist es?")
    forget(store)
    before = Erasure.objects.get().erased

    forget(store)

    assert Erasure.objects.get().erased == before


def test_who_is_known_by_an_order_alone_is_forgotten_too(store: Store) -> None:
    bought(store)

    forget(store, orders=(NUMBER,))

    assert Order.objects.get().ship_to == ""
    assert Identity.objects.filter(name="Ida Muster").count() == 0


def test_another_channel_keeps_what_it_knows(store: Store) -> None:
    elsewhere = a_store("email", "")
    shop = a_store("shopify", "")
    hers = a_ticket(elsewhere, sender="ida@mail.example", kind=IdentityKind.EMAIL, text="Hallo")
    a_ticket(shop, sender="ida@mail.example", kind=IdentityKind.EMAIL, text="Aus dem Shop")

    forget(shop, emails=("ida@mail.example",))

    assert "Hallo" in words_of(hers)
    assert Identity.objects.filter(key="ida@mail.example").exists()
    assert not Message.objects.filter(text="Aus dem Shop").exists()


@pytest.mark.parametrize("kind", [ErasureKind.STORE, ErasureKind.ACCESS])
def test_what_is_about_more_than_one_person_waits_for_a_person(store: Store, kind: ErasureKind) -> None:
    hers = a_ticket(store, sender="ida_m", kind=IdentityKind.USERNAME, text="Wo ist es?")
    forget(store, kind)
    (waits,) = waiting()
    assert "Wo ist es?" in words_of(hers)

    for _again in range(2):
        agree(waits.pk, by=SYSTEM, at=LATER)
    assert "Wo ist es?" in words_of(hers), "whoever agrees waits for nothing"
    assert carry_out_agreed(LATER) == (kind is ErasureKind.STORE)

    assert (waiting(), carry_out_agreed(LATER)) == ([], 0)
    assert ("Wo ist es?" in words_of(hers)) is (kind is ErasureKind.ACCESS)


def test_every_column_that_the_schema_marks_as_a_buyers_is_emptied() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT class.relname, attribute.attname FROM pg_description said
            JOIN pg_class class ON class.oid = said.objoid
            JOIN pg_attribute attribute ON attribute.attrelid = class.oid AND attribute.attnum = said.objsubid
            WHERE said.description LIKE 'personal:buyer:%'
        """)
        marked = set(cursor.fetchall())
    emptied = {(table, column) for table, (columns, _) in EMPTIED.items() for column in columns}
    left = {one for one in marked - emptied if one[0] not in DELETED}

    # Files go with their rows, and a request forgets whom it named once it is carried out.
    assert left == {("tickets_attachment", "name"), ("intake_erasure", "who")}


def test_raw_bytes_that_name_the_person_go(store: Store) -> None:
    for name in (b'{"buyer": "ida_m"}', b'{"buyer": "kai"}'):
        keep_raw(
            [
                Arrived(
                    source=Source.API,
                    external_key=name.decode(),
                    body=name,
                    size=len(name),
                    received_at=MONDAY,
                    store=store.pk,
                )
            ],
            at=MONDAY,
        )
    StoredPayload.objects.update(state=PayloadState.FILED)

    forget(store)

    assert [one.external_key for one in StoredPayload.objects.all()] == ['{"buyer": "kai"}']


def test_a_filed_message_and_a_request_may_come_in_one_batch(store: Store) -> None:
    request = ErasureRequest(external_id="e-1", kind=ErasureKind.BUYER, occurred_at=LATER, keys=("ida_m",))
    told = a_message(sender="ida_m", kind=IdentityKind.USERNAME, text="Wo ist es?")

    file([understood(store, told), understood(store, request)], at=LATER)

    assert not Message.objects.filter(text="Wo ist es?").exists()


def test_what_partners_were_asked_about_him_and_answered_goes_too(store: Store) -> None:
    create_defaults(by=SYSTEM, at=MONDAY)
    a_mailbox(store)
    hers = a_ticket(store, sender="ida_m", kind=IdentityKind.USERNAME, text="Wo ist es?")
    other = a_ticket(store, sender="kai", kind=IdentityKind.USERNAME, text="Und meins?")
    about_her, about_him = asked(hers, subject="Ida"), asked(other, subject="Kai")
    answers(about_her, "Liegt bei Ida.", at=MONDAY + timedelta(hours=3))
    files = list(Delivery.objects.filter(message__ticket=hers).values_list("closing", flat=True))

    forget(store)

    assert words_of(hers) == {""}
    assert all(files)
    assert set(Delivery.objects.filter(message__ticket=hers).values_list("recipient", "closing")) == {("", None)}
    assert set(QuestionLink.objects.values_list("question", flat=True)) == {about_him.pk}
    assert set(Promise.objects.filter(ticket=hers).values_list("what", flat=True)) == {""}
    assert verifying.differences([hers.pk, other.pk]) == []
    assert f"Kai [{about_him.code}]" in words_of(other)
