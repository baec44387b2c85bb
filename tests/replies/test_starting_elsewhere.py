"""Writing first where the platform tells no thread (eBay), by mail (Shopify), with two workers: nothing twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.connected import an_ebay_store
from tests.factories.first_messages import WRITTEN, begun, first
from tests.factories.mailboxes import a_mailbox
from tests.factories.messages import a_message, filed
from tests.factories.sales import AT, a_sale
from tests.factories.shops import a_store, an_agent
from tests.factories.told import a_told_store, asked_world, take_in, told_of
from tests.servers.smtp import running
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.contract import IdentityKind, ThreadKey, ThreadKeyKind
from tresen.fakes.ebay.platform import Ebay
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.sales import By
from tresen.fakes.world import World
from tresen.orders.models import Order
from tresen.outbox.looking import look_for_uncertain
from tresen.outbox.models import DeliveryState
from tresen.outbox.sending import send_due
from tresen.replies.answering import answer
from tresen.replies.starting import CannotStart
from tresen.sla.defaults import create_defaults
from tresen.stores.models import Store
from tresen.tickets.models import Conversation, Message, Ticket

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
DUE = WRITTEN + timedelta(seconds=10)
NUMBER = "27-10001-20001"


@pytest.fixture
def world() -> World:
    return asked_world(at=DUE, sales=[a_sale(NUMBER)], talks=[])


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def order(world: World, faults: Faults) -> Iterator[Order]:
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=AT - timedelta(days=1))
    with an_ebay_store(Ebay(world), faults=faults) as store:
        told_of(store)
        yield Order.objects.select_related("store").get(store=store)


def somebody(store: Store) -> Actor:
    return Actor.agent(an_agent(store.default_team).pk)


def test_at_ebay_the_thread_is_known_as_soon_as_our_words_are_read_there(order: Order, world: World) -> None:
    delivery = begun(order, somebody(order.store), first(opening="message"))
    send_due(DUE)
    delivery.refresh_from_db()
    (talk,) = world.talks.values()
    assert (delivery.state, delivery.external_id) == ("accepted", talk.letters[0].id)
    world.write(talk.id, by=By.BUYER, text="Danke für die Nachricht. Geht es auch am Freitag?", to=(By.SELLER,))

    take_in(DUE + 10 * MINUTE)

    assert Ticket.objects.count() == Conversation.objects.count() == 1
    assert list(Message.objects.order_by("pk").values_list("direction", flat=True)) == ["out", "in"]
    reply = answer(
        Ticket.objects.get().pk,
        conversation_id=Conversation.objects.get().pk,
        text="Ja.",
        answers_up_to=Message.objects.latest("pk").pk,
        by=somebody(order.store),
        at=DUE + 20 * MINUTE,
    )
    send_due(DUE + 21 * MINUTE)
    reply.delivery.refresh_from_db()
    assert reply.delivery.state == DeliveryState.ACCEPTED
    assert [letter.text for letter in world.talks[talk.id].letters][-1] == "Ja."


@pytest.mark.parametrize(
    ("text", "words", "piece"),
    [
        ("Schreiben Sie an mika@shop.example.com.", "no e-mail addresses", "mika@shop.example.com"),
        ("Bestellung 27-10001-20001: rufen Sie 030 23125123 an.", "no telephone numbers", "030 23125123"),
        ("Mehr auf www.example.org", "no links", "www.example.org"),
    ],
)
def test_ebay_is_not_asked_to_lead_a_buyer_away(order: Order, world: World, text: str, words: str, piece: str) -> None:
    with pytest.raises(CannotStart, match=words) as cannot:
        begun(order, somebody(order.store), first(text, opening="message"))

    assert cannot.value.piece == piece
    assert not Ticket.objects.exists()
    assert not world.talks


def test_at_ebay_the_ticket_is_called_by_what_was_chosen_and_its_order(order: Order) -> None:
    begun(order, somebody(order.store), first(opening="message"))

    assert Ticket.objects.get().subject == f"Message about the item · {NUMBER}"


def test_at_ebay_what_nobody_knew_is_found_with_the_buyer(order: Order, world: World, faults: Faults) -> None:
    delivery = begun(order, somebody(order.store), first(opening="message"))
    # The order is read first: only the message itself is not answered.
    faults.demand([Fault.NONE, Fault.SILENT_AFTER])
    send_due(DUE)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.UNCERTAIN

    assert look_for_uncertain(DUE + MINUTE) == 1

    delivery.refresh_from_db()
    (talk,) = world.talks.values()
    assert (delivery.state, delivery.external_id) == ("accepted", talk.letters[0].id)
    assert len(talk.letters) == 1


def test_more_can_be_written_before_the_buyer_answers_once_the_thread_is_known(order: Order, world: World) -> None:
    by = somebody(order.store)
    begun(order, by, first(opening="message"))
    send_due(DUE)
    take_in(DUE + 10 * MINUTE)

    answer(
        Ticket.objects.get().pk,
        conversation_id=Conversation.objects.get().pk,
        text="Und noch etwas.",
        answers_up_to=0,
        by=by,
        at=DUE + 20 * MINUTE,
    )
    send_due(DUE + 21 * MINUTE)

    (talk,) = world.talks.values()
    assert [letter.text for letter in talk.letters][-1] == "Und noch etwas."


def test_for_shopify_it_is_a_mail_from_the_stores_mailbox_and_its_answer_joins() -> None:
    store = a_store("shopify", "shopify")
    bought = AT - timedelta(days=1)
    facts = {"state": "open", "currency": "EUR", "total": 4990, "ordered_at": bought, "changed_at": bought}
    order = Order.objects.create(
        store=store, brand=store.brand, number="#1001", buyer_email="ida@mail.example", **facts
    )
    with running(users={}) as smtp:
        mailbox = a_mailbox(store, smtp_port=smtp.port)
        smtp.users[mailbox.username] = "geheim"
        delivery = begun(order, somebody(store), first(opening="email", subject="Your order #1001"))
        send_due(DUE)
        (received,) = smtp.received

    delivery.refresh_from_db()
    assert (delivery.state, received.recipients) == ("accepted", ("ida@mail.example",))
    assert b"Subject: Your order #1001" in received.raw
    reference = ThreadKey(kind=ThreadKeyKind.REFERENCE, value=delivery.idempotency_key)
    filed(
        store,
        a_message(sender="ida@mail.example", kind=IdentityKind.EMAIL, ties=(reference,), at=DUE + MINUTE),
    )
    assert Ticket.objects.count() == Conversation.objects.count() == 1
    assert Ticket.objects.get().status == "open"


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(world: World) -> None:
    with a_told_store(world) as store:
        order = Order.objects.select_related("store").get()
        begun(order, Actor.agent(an_agent(store.default_team).pk))

        def work(_number: int) -> int:
            try:
                return send_due(DUE)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            assert sum(pool.map(work, range(2))) == 1
    (talk,) = world.talks.values()
    assert len(talk.letters) == 1
