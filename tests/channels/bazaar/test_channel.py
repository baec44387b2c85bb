"""The page about adding a channel leads to one that works in the whole product, in under 120 lines."""

import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client

from tests.channels import bazaar
from tests.channels.bazaar.market import KEY, FakeBazaar
from tests.factories.replies import answered
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels import registry
from tresen.channels.connections import Connected
from tresen.channels.feeds import Stopped
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.serving import Account, running
from tresen.fakes.world import World
from tresen.intake import understanding
from tresen.intake.feeds.polling import poll_due
from tresen.intake.feeds.starting import start_feeds
from tresen.intake.parsing import parse_kept
from tresen.intake.reading import ANSWERS, Answer
from tresen.mail.sandbox import Sandbox
from tresen.orders.models import Order
from tresen.outbox.models import DeliveryState
from tresen.outbox.sending import send_due
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.stores.models import Store
from tresen.stores.platform_connecting import Entered, connect_store, try_connection
from tresen.stores.telling import keep_signing_secret
from tresen.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db

SIGNED_WITH = "invented-secret"
ASKED_AT = MONDAY - timedelta(hours=1)


@pytest.fixture(scope="module")
def reader() -> Iterator[Sandbox[Answer]]:
    """The sandbox whose child knows the channel too."""
    sandbox: Sandbox[Answer] = Sandbox("tests.channels.bazaar.listed:read", answers=ANSWERS)
    yield sandbox
    sandbox.close()


@pytest.fixture(autouse=True)
def listed(monkeypatch: pytest.MonkeyPatch, reader: Sandbox[Answer]) -> None:
    """The one line that puts a channel into the product, for a test."""
    monkeypatch.setattr(registry, "CONNECTORS", (bazaar.CONNECTOR, *registry.CONNECTORS))
    monkeypatch.setattr(understanding, "_sandboxes", [reader])


@pytest.fixture
def fake() -> FakeBazaar:
    order = {"state": "open", "currency": "EUR", "total": "49.90", "changed_at": ASKED_AT.isoformat()}
    letter = {"thread": "t-1", "buyer": "ida", "order": "B-1", "at": ASKED_AT.isoformat()}
    return FakeBazaar(
        World(clock=lambda: MONDAY),
        messages=[{**letter, "id": f"m-{number}", "text": f"Frage {number}?"} for number in (1, 2)],
        orders=[{**order, "number": f"B-{number}"} for number in (1, 2, 3)],
    )


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def address(fake: FakeBazaar, faults: Faults) -> Iterator[str]:
    with running([Account(name="shop", fake=fake, faults=faults)]) as served:
        yield f"{served}/shop"


@pytest.fixture
def store(address: str) -> Store:
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=MONDAY - timedelta(days=1))
    store = a_store("bazaar", "")
    connect_store(store.pk, entered(address), by=SYSTEM, at=MONDAY)
    keep_signing_secret(store.pk, SIGNED_WITH, by=SYSTEM, at=MONDAY)
    start_feeds(store.pk, past=timedelta(days=2), at=MONDAY)
    return store


def entered(address: str, key: str = KEY) -> Entered:
    return Entered(settings={"address": address}, secrets={"key": key})


def take_in() -> None:
    for turn in range(6):
        poll_due(MONDAY + timedelta(seconds=20 * turn))
    while parse_kept(MONDAY):
        pass


def test_its_code_fits_on_two_screens() -> None:
    lines = Path(bazaar.__file__).read_text().splitlines()
    assert len(lines) < 120


def test_the_connection_is_tried(address: str) -> None:
    store = a_store("bazaar", "")
    assert try_connection(store, entered(address), at=MONDAY) == Connected(account="Tannlicht")
    refused = try_connection(store, entered(address, "another"), at=MONDAY)
    assert isinstance(refused, Stopped)
    assert refused.reconnect


def test_questions_and_orders_come_in_and_clocks_run(store: Store) -> None:
    take_in()

    ticket = Ticket.objects.get()
    assert Message.objects.filter(ticket=ticket).count() == 2
    assert Order.objects.count() == 3
    assert ticket.orders.get().number == "B-1"
    assert Clock.objects.filter(ticket=ticket, kind="own").exists()


def test_its_rules_are_read() -> None:
    (cliff,) = bazaar.CONNECTOR.rule_pack_at(MONDAY).cliffs
    assert cliff.key == "response"


def test_an_answer_goes_into_the_thread_once(store: Store, fake: FakeBazaar) -> None:
    take_in()
    delivery = answered(Ticket.objects.get(), text="Es kommt am Montag.", at=MONDAY)

    assert send_due(MONDAY + timedelta(seconds=30)) == 1
    send_due(MONDAY + timedelta(minutes=30))

    delivery.refresh_from_db()
    assert (delivery.state, delivery.external_id) == (DeliveryState.ACCEPTED, "a-1")
    assert fake.sent == [("t-1", "Es kommt am Montag.")]


def test_what_nobody_knows_is_not_sent_again(store: Store, fake: FakeBazaar, faults: Faults) -> None:
    take_in()
    delivery = answered(Ticket.objects.get(), text="Es kommt am Montag.", at=MONDAY)
    faults.demand([Fault.SILENT_AFTER])

    for minutes in (1, 30, 300):
        send_due(MONDAY + timedelta(minutes=minutes))

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.UNCERTAIN
    assert len(fake.sent) == 1


@pytest.mark.parametrize("with_", [SIGNED_WITH, "another"])
def test_a_signed_webhook_changes_the_order_and_no_other_does(store: Store, with_: str) -> None:
    take_in()
    at = (MONDAY + timedelta(minutes=5)).isoformat()
    order = {"number": "B-1", "state": "shipped", "currency": "EUR", "total": "49.90", "changed_at": at}
    body = json.dumps({"orders": [order]}).encode()
    signature = hmac.digest(with_.encode(), body, sha256).hex()

    sent = Client().post(f"/hooks/{store.pk}/", body, content_type="application/json", headers={"signature": signature})
    parse_kept(MONDAY + timedelta(minutes=6))

    genuine = with_ == SIGNED_WITH
    assert sent.status_code == (200 if genuine else 401)
    assert Order.objects.get(number="B-1").state == ("shipped" if genuine else "open")
