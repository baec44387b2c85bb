"""Where copies of answers given elsewhere stand, and who may join what by an order alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from tests.factories.messages import a_message, a_notice, filed
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import IdentityKind, InboundMessage, OwnAnswer, ThreadKey, ThreadKeyKind
from tresen.routing.models import QueuePlace
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.stores.models import Store
from tresen.tickets.models import Conversation, Message, Ticket

pytestmark = pytest.mark.django_db

ORDER = "302-1234567-1234567"
HOUR = timedelta(hours=1)
ANSWERED_AT = MONDAY + 2 * HOUR
PETRA = "petra@kundin.example"


@pytest.fixture(autouse=True)
def _policies() -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))


@pytest.fixture
def shop() -> Store:
    return a_store("email", "")


def keys(kind: ThreadKeyKind, values: Sequence[str]) -> tuple[ThreadKey, ...]:
    return tuple(ThreadKey(kind=kind, value=value) for value in values)


def given_in_seller_central(
    *, name: str = "Petra Muster", orders: tuple[str, ...] = (ORDER,), at: datetime = ANSWERED_AT
) -> OwnAnswer:
    return OwnAnswer(
        external_id=f"copy{at.timestamp()}@amazon.example",
        occurred_at=at,
        subject=f"Ihre E-Mail an {name}",
        text="Das Paket kommt morgen.",
        buyer_name=name,
        order_ids=orders,
        thread_keys=keys(ThreadKeyKind.ORDER, orders),
    )


def sent_from_outlook(*, to: str, references: tuple[str, ...] = ()) -> OwnAnswer:
    return OwnAnswer(
        external_id="outlook@nordlicht.example",
        occurred_at=ANSWERED_AT,
        subject="AW: Frage",
        text="Das Paket kommt morgen.",
        recipient=to,
        thread_keys=(*keys(ThreadKeyKind.REFERENCE, references), *keys(ThreadKeyKind.BUYER, (to,))),
    )


def by_mail(sender: str = PETRA, *, at: datetime = MONDAY) -> InboundMessage:
    tie = keys(ThreadKeyKind.BUYER, (sender,))
    return a_message(at=at, sender=sender, kind=IdentityKind.EMAIL, external_id=f"question@{sender}", ties=tie)


def of_a_business(text: str, *, at: datetime) -> InboundMessage:
    sender = "no-reply-amazon-iba-buyer@marketplace.amazon.de"
    tie = keys(ThreadKeyKind.ORDER, (ORDER,))
    return a_message(text=text, at=at, sender=sender, kind=IdentityKind.SHARED, orders=(ORDER,), ties=tie)


def outcomes(kind: str = "platform") -> set[tuple[str, datetime | None]]:
    return set(Clock.objects.filter(kind=kind).values_list("outcome", "met_at"))


MET = {("met", ANSWERED_AT)}


def test_a_copy_of_an_answer_meets_the_buyers_clocks_though_a_notice_about_the_order_came_in_between() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)))
    filed(store, a_notice(order=ORDER, at=MONDAY + HOUR))
    filed(store, given_in_seller_central())
    assert (outcomes(), outcomes("own")) == (MET, MET)
    assert not QueuePlace.objects.exists()


def test_a_question_that_is_filed_after_the_copy_of_its_answer_was_answered_then() -> None:
    store = a_store()
    filed(store, given_in_seller_central())
    filed(store, a_message(orders=(ORDER,)), at=ANSWERED_AT + HOUR)
    assert (outcomes(), outcomes("own")) == (MET, MET)
    assert (Ticket.objects.get().status, QueuePlace.objects.exists()) == ("solved", False)
    assert Conversation.objects.get().identity is not None


def test_a_copy_that_names_no_order_finds_the_one_buyer_of_that_name_who_waits() -> None:
    store = a_store()
    filed(store, a_message(name="Petra  Muster"))
    filed(store, a_message(name="Petra Muster", sender="other@marketplace.amazon.de", orders=(ORDER,)))
    filed(store, given_in_seller_central(orders=()))
    answer = Message.objects.get(kind="own_answer")
    assert answer.ticket.orders.count() == 0
    assert not QueuePlace.objects.filter(ticket=answer.ticket).exists()
    assert QueuePlace.objects.count() == 1


def test_in_one_batch_a_copy_that_names_no_order_finds_its_question_too() -> None:
    filed(a_store(), a_message(), given_in_seller_central(orders=()))
    assert outcomes() == MET


def test_a_copy_that_names_no_order_stops_no_clock_where_two_of_that_name_wait() -> None:
    store = a_store()
    filed(store, a_message())
    filed(store, a_message(sender="other@marketplace.amazon.de"))
    filed(store, given_in_seller_central(orders=()))
    assert outcomes() == {("running", None)}
    assert QueuePlace.objects.count() == 2


def test_what_we_forwarded_to_a_carrier_answers_no_customer(shop: Store) -> None:
    filed(shop, by_mail())
    filed(shop, sent_from_outlook(to="help@carrier.example", references=(f"question@{PETRA}",)))
    assert outcomes("own") == {("running", None)}
    copy = Message.objects.get(kind="own_answer")
    assert copy.ticket == Ticket.objects.get()
    assert copy.conversation is not None
    assert copy.conversation.role == "third_party"


def test_what_we_sent_to_the_customer_from_another_program_answers_him(shop: Store) -> None:
    filed(shop, by_mail())
    filed(shop, sent_from_outlook(to=PETRA, references=(f"question@{PETRA}",)))
    assert outcomes("own") == MET


def test_the_folder_of_what_was_sent_may_be_read_before_the_one_of_what_came_in(shop: Store) -> None:
    filed(shop, sent_from_outlook(to=PETRA))
    filed(shop, by_mail(), at=ANSWERED_AT + HOUR)
    assert outcomes("own") == MET
    assert Ticket.objects.count() == 1


def test_a_stranger_does_not_join_what_we_wrote_to_somebody_else(shop: Store) -> None:
    filed(shop, sent_from_outlook(to=PETRA, references=("known@nordlicht.example",)))
    reference = keys(ThreadKeyKind.REFERENCE, ("known@nordlicht.example",))
    filed(shop, a_message(sender="eve@mail.example", kind=IdentityKind.EMAIL, ties=reference))
    assert Ticket.objects.count() == 2


def test_what_comes_through_a_shared_address_joins_by_its_order() -> None:
    store = a_store()
    filed(store, of_a_business("one", at=MONDAY))
    filed(store, of_a_business("two", at=MONDAY + HOUR))
    assert Ticket.objects.count() == 1
    filed(store, given_in_seller_central())
    assert outcomes() == MET
