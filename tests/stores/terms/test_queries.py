"""How long credentials hold, and from when an administrator is told."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.connected import a_connected_page
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.stores.models import CredentialTerm, Store, StoreConnection
from tresen.stores.platform_connecting import Entered, connect_store
from tresen.stores.terms.queries import TermStanding, terms_of
from tresen.vault.sealing import seal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ENTERED = Entered(settings={"address": "https://marketplace.example"}, secrets={"api_key": "invented-key"})


@pytest.fixture
def store() -> Store:
    return a_connected_page("instagram", address="https://graph.example", account="17841400000000001")


def told(**fields: object) -> CredentialTerm:
    given = {"next_at": MONDAY, **fields}
    return CredentialTerm.objects.create(connection=StoreConnection.objects.get(), secret="access_token", **given)


def standing(store: Store, *, at: datetime = MONDAY) -> TermStanding:
    (found,) = terms_of([StoreConnection.objects.get()], at=at)[store.pk]
    return found


def test_a_token_of_unknown_age_ends_at_the_latest_so_long_after_it_was_entered(store: Store) -> None:
    found = standing(store)
    assert (found.label, found.ends_at, found.at_latest) == ("Access token", MONDAY + 60 * DAY, True)
    assert found.renews
    assert not found.pressing


def test_what_the_platform_told_stands(store: Store) -> None:
    told(told_at=MONDAY, ends_at=MONDAY + 59 * DAY, next_at=MONDAY + 40 * DAY)
    found = standing(store)
    assert (found.ends_at, found.at_latest, found.next_at) == (MONDAY + 59 * DAY, False, MONDAY + 40 * DAY)


@pytest.mark.parametrize(("days", "pressing"), [(45, False), (46, True), (61, True)])
def test_fourteen_days_before_the_end_somebody_is_told(store: Store, days: int, pressing: bool) -> None:  # noqa: FBT001 - a table
    told(told_at=MONDAY, ends_at=MONDAY + 60 * DAY)
    assert standing(store, at=MONDAY + days * DAY).pressing is pressing


@pytest.mark.parametrize(("days", "pressing"), [(1, False), (3, True)])
def test_a_renewal_that_goes_wrong_for_days_is_told(store: Store, days: int, pressing: bool) -> None:  # noqa: FBT001 - a table
    told(failing_since=MONDAY, trouble="503 down")
    found = standing(store, at=MONDAY + days * DAY)
    assert found.pressing is pressing
    assert (found.failing_since, found.trouble) == (MONDAY, "503 down")


def test_stores_without_such_credentials_cost_nothing_and_many_no_more_than_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    others = [a_store("mirakl", "conrad") for _ in range(2)]
    for one in others:
        connect_store(one.pk, ENTERED, by=SYSTEM, at=MONDAY)
    connected = list(StoreConnection.objects.select_related("store"))
    with django_assert_num_queries(0):
        assert terms_of(connected, at=MONDAY) == {}

    pages = [a_connected_page("instagram", address="https://graph.example", account=str(n)) for n in range(100, 103)]
    connected = list(StoreConnection.objects.select_related("store"))
    with django_assert_num_queries(2):
        assert set(terms_of(connected, at=MONDAY)) == {one.pk for one in pages}


@pytest.mark.parametrize(
    ("channel", "secrets", "ends"),
    [
        ("amazon", {"client_secret": "invented"}, {"Client secret": 180}),
        ("ebay", {"refresh_token": "invented"}, {"Refresh token": 547}),
        ("ebay", {"signing_key": "invented"}, {"Private key (privateKey)": 1095}),
    ],
)
def test_where_the_platform_can_not_be_asked_what_it_documents_counts_from_when_it_was_entered(
    channel: str, secrets: dict[str, str], ends: dict[str, int]
) -> None:
    store = a_store(channel, f"{channel}.de")
    connected = StoreConnection.objects.create(store=store, connected_at=MONDAY)
    for name, value in secrets.items():
        seal(f"store:{store.pk}:{name}", value, at=MONDAY)

    found = terms_of([connected], at=MONDAY)[store.pk]
    assert {one.label: (one.ends_at - MONDAY).days for one in found if one.ends_at} == ends
    assert all(one.at_latest and not one.renews and not one.pressing for one in found)
    (days,) = ends.values()
    (pressing,) = terms_of([connected], at=MONDAY + (days - 29) * DAY)[store.pk]
    assert pressing.pressing
