"""Orders that may be meant although nobody names them: the buyer's own, and no other's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.messages import a_message, filed, understood
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING, Scope
from tresen.channels.contract import IdentityKind, InboundMessage, Sender
from tresen.channels.order_news import LineTold, OrderSnapshot, OrderState
from tresen.customers.models import Identity
from tresen.intake.filing import file
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.tickets.candidates import candidates_of
from tresen.tickets.concerning import confirm_order, remove_order
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
IDA = "ida_m"


def bought(
    store: Store,
    number: str,
    *,
    by: str = IDA,
    kind: IdentityKind = IdentityKind.USERNAME,
    email: str = "",
    days_ago: int = 1,
    line: LineTold | None = None,
) -> None:
    ordered: datetime = MONDAY - timedelta(days=days_ago)
    line = line or LineTold(
        external_id=f"{number}-1", title="Lampe", quantity=1, price=4990, sku="LW-1", item_id="4711"
    )
    buyer = Sender(kind=kind, key=by, name="Ida Muster", reply_to=email)
    news = OrderSnapshot(
        number=number,
        changed_at=ordered,
        state=OrderState.SHIPPED,
        currency="EUR",
        total=4990,
        ordered_at=ordered,
        buyer=buyer,
        lines=[line],
    )
    file([understood(store, news)], at=MONDAY)


def wrote(store: Store, message: InboundMessage | None = None, *, items: tuple[str, ...] = ()) -> Ticket:
    message = message or a_message(sender=IDA, kind=IdentityKind.USERNAME)
    (filing,) = filed(store, replace(message, item_ids=items))
    return Ticket.objects.get(pk=filing.ticket.id)


def found(ticket: Ticket, scope: Scope = EVERYTHING) -> Sequence[tuple[str, str]]:
    numbers = dict(Order.objects.values_list("pk", "number"))
    return [(numbers[one.order], one.why) for one in candidates_of([ticket.pk], scope=scope)[ticket.pk]]


@pytest.fixture
def store() -> Store:
    return a_store("ebay", "ebay.de")


def test_without_a_listing_the_buyers_latest_come_first_and_three_at_most(store: Store) -> None:
    for days in (4, 1, 3, 2):
        bought(store, f"N{days}", days_ago=days)

    assert found(wrote(store)) == [("N1", "latest"), ("N2", "earlier"), ("N3", "earlier")]


@pytest.mark.parametrize(
    ("title", "text", "why"),
    [
        ("Stehleuchte Jarl", "die Stehleuchte Jarl habe ich aufgebaut", "article"),
        ("LED-Birne Ember", "Die Birne „Ember“ flackert.", "article"),
        ("Stehleuchte Jarl", "die Stehleuchte Svea habe ich aufgebaut", "earlier"),
        ("Solarlaterne Sol", "Die Solarlaternen sind da.", "earlier"),
        ("A", "A", "earlier"),
    ],
)
def test_what_holds_an_article_by_its_name_comes_before_what_is_newer(
    store: Store, title: str, text: str, why: str
) -> None:
    bought(store, "THIS", days_ago=9, line=LineTold(external_id="x", title=title, quantity=1, price=1))
    bought(store, "NEWER", days_ago=1)

    orders = [("THIS", why), ("NEWER", "latest")]
    message = a_message(sender=IDA, kind=IdentityKind.USERNAME, text=text)
    assert found(wrote(store, message)) == (orders if why == "article" else orders[::-1])


@pytest.mark.parametrize(
    "line",
    [{"item_id": "9001"}, {"offer_id": "9001"}, {"sku": "9001"}],
)
def test_what_holds_the_listing_that_is_asked_about_outweighs_what_is_newer(store: Store, line: dict[str, str]) -> None:
    about = LineTold(external_id="x", title="Lampe", quantity=1, price=1, **line)  # type: ignore[arg-type]
    bought(store, "THIS", days_ago=9, line=about)
    bought(store, "NEWER", days_ago=1)

    assert found(wrote(store, items=("9001",))) == [("THIS", "listing")]


def test_the_same_listing_bought_twice_leaves_two(store: Store) -> None:
    bought(store, "OLD", days_ago=9)
    bought(store, "NEW", days_ago=1)

    assert found(wrote(store, items=("4711",))) == [("NEW", "listing"), ("OLD", "listing")]


def test_another_buyers_order_is_never_one(store: Store) -> None:
    bought(store, "HERS", by="somebody_else", days_ago=0)

    assert found(wrote(store, items=("4711",))) == []


def test_at_another_brand_the_same_buyer_is_not_looked_for(store: Store) -> None:
    bought(a_store("ebay", "ebay.de"), "ELSEWHERE")

    assert found(wrote(store)) == []


def test_who_writes_from_the_address_that_an_order_has_is_its_buyer(store: Store) -> None:
    shop = a_store("shopify", "")
    bought(shop, "#1001", by="gid-77", email="Ida@Mail.example")
    by_mail = a_message(sender="ida@mail.example", kind=IdentityKind.EMAIL)

    assert found(wrote(shop, by_mail)) == [("#1001", "latest")]


def test_a_relays_alias_is_known_by_the_order_that_names_it() -> None:
    store = a_store()
    alias = "q7w2e9r4t1@marketplace.amazon.de"
    bought(store, "302-1", by="buyer-key", kind=IdentityKind.RELAY, email=alias)

    assert found(wrote(store, a_message(sender=alias))) == [("302-1", "latest")]


def test_an_address_that_stands_for_many_leads_to_nobody(store: Store) -> None:
    bought(store, "N1", email="shared@ebay.example")
    message = a_message(sender="shared@ebay.example", kind=IdentityKind.SHARED)

    assert found(wrote(store, message)) == []


def test_what_was_linked_to_the_customer_counts_as_his(store: Store) -> None:
    bought(store, "N1", by="ida_on_her_phone")
    ticket = wrote(store)
    assert found(ticket) == []
    one, other = Identity.objects.get(key=IDA), Identity.objects.get(key="ida_on_her_phone")
    Identity.objects.filter(pk=other.pk).update(customer=one.customer)

    assert found(ticket) == [("N1", "latest")]


def test_outside_the_agents_scope_there_is_none(store: Store) -> None:
    bought(store, "N1")
    ticket = wrote(store)
    one_store = Scope(teams=None, stores=frozenset({store.pk}), brands=frozenset())

    assert found(ticket, NOTHING) == []
    assert found(ticket, one_store) == [("N1", "latest")]


def test_what_was_removed_or_is_attached_is_no_candidate(store: Store) -> None:
    for number in ("N1", "N2", "N3"):
        bought(store, number)
    ticket = wrote(store)
    confirm_order(ticket.pk, store_id=store.pk, number="N1", by=SYSTEM, at=MONDAY)
    remove_order(ticket.pk, store_id=store.pk, number="N2", by=SYSTEM, at=MONDAY)

    assert [number for number, _why in found(ticket)] == ["N3"]


def test_many_tickets_are_one_statement(store: Store) -> None:
    bought(store, "N1")
    first = wrote(store)
    second = wrote(store, a_message(sender="kai", kind=IdentityKind.USERNAME))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = candidates_of([first.pk, second.pk], scope=EVERYTHING)

    assert len(asked) == 1
    assert [len(answer[ticket.pk]) for ticket in (first, second)] == [1, 0]
