"""Orders are found by what somebody has at hand, along an index, and never another store's."""

from copy import copy
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.sales import AT
from tests.factories.shops import a_store
from tresen.accounts.scope import EVERYTHING, NOTHING, Scope
from tresen.customers.models import Identity
from tresen.orders import searching
from tresen.orders.models import Fulfilment, Order
from tresen.orders.searching import search_orders
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db


def bought(store: Store, number: str, *, name: str = "", ship_to: str = "", days: int = 1) -> Order:
    buyer = Identity.objects.create(channel=store.channel, kind="username", key=number, name=name, first_seen_at=AT)
    return Order.objects.create(
        store=store, brand=store.brand, number=number, identity=buyer, state="open", currency="EUR", total=100,
        ordered_at=AT - timedelta(days=days), changed_at=AT, ship_to=ship_to,
    )  # fmt: skip


@pytest.fixture
def store() -> Store:
    return a_store("mirakl", "other")


@pytest.fixture
def order(store: Store) -> Order:
    bought(store, "99999999-A", name="Ute Klein", ship_to="Ute Klein\nAnja Straße 1")
    order = bought(store, "67075830-A", name="balkonien4076", ship_to="Anja Lange\nHauptstraße 1\nDE")
    Fulfilment.objects.create(order=order, external_id="1", carrier="Hermes", tracking="H1000407234209")
    return order


def found(text: str, scope: Scope = EVERYTHING) -> list[str]:
    return [one.number for one in search_orders(text, scope=scope, most=10)]


@pytest.mark.parametrize(
    "text",
    [
        "67075830-A",
        "#67075830-A",
        "67075830",
        "670758",
        "H1000407234209",
        "h100 0407 234209",
        "Anja Lange",
        "lange",
        "ANJA LAN",
        "balkonien4076",
        "balkon",
    ],
)
def test_an_order_is_found_by_number_parcel_and_buyer(order: Order, text: str) -> None:
    assert found(text) == [order.number]


@pytest.mark.parametrize("text", ["67075", "7075830", "Anja Klein", "'", "%", "& | !", "\0", "a:*", "\\", "x" * 80])
def test_what_is_another_finds_nothing_and_breaks_nothing(order: Order, text: str) -> None:
    assert found(text) == []


def test_a_shops_number_is_found_with_and_without_its_mark(store: Store) -> None:
    bought(store, "#1042")
    bought(store, "#104233")
    assert found("1042") == found("#1042") == ["#1042"]
    assert found("104233") == ["#104233"]


def test_nobody_finds_what_they_may_not_see(order: Order) -> None:
    other = a_store("ebay", "ebay.de")
    for text in ("67075830", "Anja Lange", "H1000407234209"):
        assert found(text, NOTHING) == []
        assert found(text, Scope(stores=frozenset({other.pk}), brands=frozenset(), teams=frozenset())) == []


def test_the_newest_come_first(store: Store) -> None:
    for days in (3, 1, 2):
        bought(store, f"O-00000{days}", name="Ida Muster", days=days)
    assert found("muster") == ["O-000001", "O-000002", "O-000003"]


def test_each_way_of_finding_is_a_walk_along_its_index(order: Order) -> None:
    many = [copy(order) for _ in range(1_000)]
    for number, one in enumerate(many):
        one.pk, one.number = None, f"N-{number:07}"
    Order.objects.bulk_create(many)
    values = {
        "stores": [order.store_id], "numbers": ["1"], "start": "670758", "end": "670759", "marked": "#670758",
        "marked_end": "#670759", "parcels": ["H1"], "words": "'anja':*", "at": None, "id": None, "most": 10,
    }  # fmt: skip
    with connection.cursor() as cursor:
        # Tables as small as a test's are rather read whole; with bitmaps alone only what can be looked up is.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; ANALYZE orders_order")
        cursor.execute(f"EXPLAIN {searching._FOUND}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    for index in ("orders_by_number_start", "orders_by_tracking", "orders_by_recipient", "customers_by_name"):
        assert index in plan, plan
