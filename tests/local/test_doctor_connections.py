"""The doctor looks at the stores' connections to their platforms."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories.connected import a_connected_page
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.intake.feeds.starting import start_feeds
from tresen.intake.models import StoreFeed
from tresen.local.doctor.findings import Fine, Patient, Wrong
from tresen.local.doctor.looking_at_connections import look_at_connections
from tresen.stores import connection_health
from tresen.stores.models import CredentialTerm, Store, StoreConnection
from tresen.stores.platform_connecting import Entered, connect_store
from tresen.timekeeping import wall

pytestmark = pytest.mark.django_db
PATIENT = Patient(home=Path("/nowhere"), environ={})


@pytest.fixture
def store(db: None) -> Store:
    store = a_store("mirakl", "conrad")
    entered = Entered(settings={"address": "https://marketplace.example"}, secrets={"api_key": "invented-key"})
    connect_store(store.pk, entered, by=SYSTEM, at=MONDAY)
    start_feeds(store.pk, at=wall.now())
    return store


def test_a_store_whose_feeds_are_read_is_well(store: Store) -> None:
    assert list(look_at_connections(PATIENT)) == [Fine(what=f"Connection of {store.name}")]


def test_a_withdrawn_key_asks_for_an_admin(store: Store) -> None:
    connection_health.failed(store.pk, "401 Unauthorized", at=MONDAY, reconnect=True)

    (found,) = look_at_connections(PATIENT)

    assert isinstance(found, Wrong)
    assert found.what == f"{store.name} has to be connected again: 401 Unauthorized"


def test_a_platform_in_trouble_is_told_with_since_when(store: Store) -> None:
    connection_health.failed(store.pk, "503 down", at=MONDAY)

    (found,) = look_at_connections(PATIENT)

    assert isinstance(found, Wrong)
    assert f"{MONDAY:%Y-%m-%d %H:%M} UTC: 503 down" in found.what
    assert "trouble of its own" in found.advice


def test_a_feed_that_is_held_up_and_one_that_is_behind_are_named(store: Store) -> None:
    StoreFeed.objects.filter(key="returns", backwards=False).update(trouble="403 Forbidden")
    long_ago = wall.now() - timedelta(hours=2)
    StoreFeed.objects.filter(key="orders", backwards=False).update(checked_at=long_ago)

    behind, held = look_at_connections(PATIENT)

    assert isinstance(behind, Wrong)
    assert isinstance(held, Wrong)
    assert f"{store.name}, Orders: not read to the end since {long_ago:%Y-%m-%d %H:%M} UTC" in behind.what
    assert "403 Forbidden" in held.what


def test_a_store_that_only_an_interface_could_serve_is_not_well_without_one() -> None:
    store = a_store("mirakl", "conrad")
    a_store("amazon")

    (found,) = look_at_connections(PATIENT)

    assert isinstance(found, Wrong)
    assert found.what.startswith(f"{store.name} is not connected")


def test_a_token_that_could_not_be_renewed_for_days_is_told_with_its_end() -> None:
    store = a_connected_page("instagram", address="https://graph.example", account="17841400000000001")
    start_feeds(store.pk, at=wall.now())
    ends_at, failing_since = wall.now() + timedelta(days=16), wall.now() - timedelta(days=4)
    CredentialTerm.objects.create(
        connection=StoreConnection.objects.get(),
        secret="access_token",
        told_at=MONDAY,
        ends_at=ends_at,
        next_at=wall.now(),
        failing_since=failing_since,
        trouble="503 down",
    )

    (found,) = look_at_connections(PATIENT)

    assert isinstance(found, Wrong)
    assert found.what == (
        f"{store.name}, Access token: ends on {ends_at:%Y-%m-%d}; not renewed since {failing_since:%Y-%m-%d}: 503 down"
    )
    CredentialTerm.objects.update(failing_since=None, trouble="")
    assert list(look_at_connections(PATIENT)) == [Fine(what=f"Connection of {store.name}")]
