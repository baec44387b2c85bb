"""What the answers to requests in a store's name say of its connection."""

from dataclasses import dataclass

import pytest

from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.http import Allowance, HttpOutcome, HttpRequest, HttpResponse
from tresen.stores import connection_health
from tresen.stores.access import OpenStore
from tresen.stores.connectors import connector_of
from tresen.stores.models import Health, Store, StoreConnection
from tresen.stores.platform_connecting import Entered, connect_store
from tresen.stores.proving import ProvingHttp

pytestmark = pytest.mark.django_db

REQUEST = HttpRequest(
    method="GET", address="https://operator.example/api/x", allowance=Allowance(name="x", per_second=1, burst=1)
)


@dataclass
class Answers:
    """Always the same."""

    status: int

    def send(self, request: HttpRequest) -> HttpOutcome:
        assert request.headers["Authorization"] == "a key"
        return HttpResponse(status=self.status, headers={}, body=b"")


@pytest.fixture
def store() -> Store:
    store = a_store("mirakl", "conrad")
    settings = {"address": "https://operator.example"}
    connect_store(store.pk, Entered(settings=settings, secrets={"api_key": "a key"}), by=SYSTEM, at=MONDAY)
    return store


def after(store: Store, status: int) -> StoreConnection:
    """The connection, once the platform has answered so."""
    connection = connector_of(store).connection
    assert connection
    access = OpenStore(store=store.pk, marketplace=store.marketplace, mail=None)  # type: ignore[arg-type]
    ProvingHttp(
        store=store.pk,
        http=Answers(status),
        connection=connection,
        access=access,
        tokens=None,
        clock=lambda: MONDAY,
    ).send(REQUEST)
    return StoreConnection.objects.get(store=store)


@pytest.mark.parametrize(
    ("status", "health"),
    [
        (200, Health.GOOD),
        (404, Health.GOOD),
        (401, Health.RECONNECT),
        (403, Health.NEW),
        (500, Health.TROUBLED),
    ],
)
def test_an_answer_says_how_the_connection_does(store: Store, status: int, health: Health) -> None:
    known = after(store, status)

    assert known.health == health
    assert (known.answered_at is not None) == (health == Health.GOOD)


def test_what_is_forbidden_neither_heals_a_connection_nor_harms_it(store: Store) -> None:
    connection_health.failed(store.pk, "500 oops", at=MONDAY)
    assert after(store, 403).health == Health.TROUBLED

    assert after(store, 200).health == Health.GOOD
    assert after(store, 403).health == Health.GOOD
