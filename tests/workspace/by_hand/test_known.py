"""Whom a caller may be: found by name, key or order among those whom the agent may see, and nobody else."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.scope import EVERYTHING, NOTHING, Scope
from tresen.channels.contract import IdentityKind
from tresen.customers.models import Identity
from tresen.orders.models import Order
from tresen.tickets.models import Ticket
from tresen.workspace.by_hand.known import LOOKED_AT, chosen, known_like, marked

pytestmark = pytest.mark.django_db


def wrote(store, name, key, *, kind=IdentityKind.USERNAME, days=1):
    at = MONDAY - timedelta(days=days)
    filed(store, a_message(name=name, sender=key, kind=kind, at=at, text=f"{name} asks."))
    return Identity.objects.get(key=key)


def bought(store, number, *, identity=None, name="", ship_to="", days=1):
    buyer = identity or Identity.objects.create(
        channel=store.channel, kind="username", key=f"buyer-{number}", name=name, first_seen_at=MONDAY
    )
    Order.objects.create(
        store=store, brand=store.brand, number=number, identity=buyer, state="open", currency="EUR", total=100,
        ordered_at=MONDAY - timedelta(days=days), changed_at=MONDAY, ship_to=ship_to,
    )  # fmt: skip
    return buyer


@pytest.fixture
def store():
    return a_store("kaufland", "kaufland.de")


def names(typed, scope=EVERYTHING):
    return [one.name for one in known_like(typed, scope=scope)]


def test_who_wrote_and_who_only_bought_are_found_by_name_the_last_seen_first(store):
    wrote(store, "Matthias Klein", "klein_m", days=3)
    bought(store, "12-345", name="Ute Klein", days=2)
    wrote(store, "Ida Muster", "ida87")
    assert names("klein") == ["Ute Klein", "Matthias Klein"]
    assert names("Matthias Klein") == ["Matthias Klein"]
    assert names("kl") == []


def test_each_is_told_by_key_store_and_order(store):
    wrote(store, "Matthias Klein", "klein_m", days=3)
    other = wrote(store, "Matthias Klein", "matthias@mail.example", kind=IdentityKind.EMAIL, days=4)
    bought(store, "12-345", identity=other, days=9)
    first, second = known_like("klein", scope=EVERYTHING)
    assert (first.key, first.seen.order, first.seen.store) == ("klein_m", "", store.name)
    assert (second.key, second.seen.order) == ("matthias@mail.example", "12-345")


def test_a_buyer_is_found_by_whom_his_parcel_goes_to_and_by_his_orders_number(store):
    bought(store, "12-34567-89012", name="balkonien4076", ship_to="Anja Lange\nHauptstraße 1")
    assert names("Anja Lange") == names("12-34567") == ["balkonien4076"]


def test_one_person_known_in_two_ways_is_offered_once(store):
    one = wrote(store, "Matthias Klein", "klein_m", days=3)
    other = wrote(store, "Matthias Klein", "matthias@mail.example", kind=IdentityKind.EMAIL)
    Identity.objects.filter(pk=one.pk).update(customer=other.customer)
    assert [one.identity for one in known_like("klein", scope=EVERYTHING)] == [other.pk]


def test_nobody_is_found_or_chosen_whom_the_scope_does_not_show(store):
    mine, theirs = wrote(store, "Matthias Klein", "klein_m"), bought(a_store("otto", ""), "o-1", name="Ute Klein")
    here = Scope(stores=frozenset({store.pk}), brands=frozenset(), teams=None)
    assert names("klein", here) == ["Matthias Klein"]
    assert names("klein", NOTHING) == []
    assert chosen(mine.pk, scope=here) == mine
    assert chosen(theirs.pk, scope=here) is None
    assert chosen(theirs.pk, scope=EVERYTHING) == theirs
    assert chosen(mine.pk, scope=NOTHING) is None
    assert chosen(0, scope=EVERYTHING) is None


def test_a_ticket_of_another_team_shows_nobody(store):
    one = wrote(store, "Matthias Klein", "klein_m")
    scope = Scope(stores=None, brands=None, teams=frozenset({Ticket.objects.get().team_id + 1}))
    assert names("klein", scope) == []
    assert chosen(one.pk, scope=scope) is None


def test_a_relays_alias_says_nothing_beside_a_name():
    wrote(a_store(), "Petra Klein", "q7w2@marketplace.amazon.de", kind=IdentityKind.RELAY)
    (one,) = known_like("klein", scope=EVERYTHING)
    assert one.key == ""


def test_who_was_chosen_is_marked_else_whose_address_or_number_was_typed(store):
    mail = wrote(store, "Matthias Klein", "klein@mail.example", kind=IdentityKind.EMAIL, days=2)
    name = wrote(store, "Klein", "klein", days=1)
    known = known_like("klein@mail.example", scope=EVERYTHING)
    assert marked(known, "") == mail.pk
    known = known_like("klein", scope=EVERYTHING)
    assert [one.identity for one in known] == [name.pk, mail.pk]
    assert marked(known, "") is None
    assert marked(known, str(mail.pk)) == mail.pk
    assert marked(known, "77777") is None


def test_a_number_is_found_however_it_is_grouped(store):
    one = wrote(store, "Ida Muster", "+493023125014", kind=IdentityKind.PHONE)
    for typed in ("+49 30 2312", "+49 (30) 23125014"):
        assert [found.identity for found in known_like(typed, scope=EVERYTHING)] == [one.pk]
    assert marked(known_like("+49 30 23125014", scope=EVERYTHING), "") == one.pk


def test_who_is_typed_with_a_number_is_found_by_name_and_by_number(store):
    named = wrote(store, "Ida Muster", "ida", days=1)
    called = wrote(store, "I. Muster", "+493023125014", kind=IdentityKind.PHONE, days=2)
    found = known_like("Ida Muster +49 30 23125014", scope=EVERYTHING)
    assert [one.identity for one in found] == [named.pk, called.pk]
    assert marked(found, "") == called.pk


def test_the_statements_do_not_grow_with_those_who_fit(store, django_assert_max_num_queries):
    for number in range(20):
        bought(store, f"K-{number}", name=f"Ida Klein {number}")
    with django_assert_max_num_queries(8):
        assert len(known_like("klein", scope=EVERYTHING)) == 8
    assert LOOKED_AT > 20
