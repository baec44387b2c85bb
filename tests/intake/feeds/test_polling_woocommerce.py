"""A fake WooCommerce shop, served over HTTP, in the whole product: orders, remarks, notes, webhooks."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from tests.channels.woocommerce.shop import KEY, SECRET, a_sale, a_shelf
from tests.factories.connected import a_woocommerce_store
from tests.factories.replies import answered
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.woocommerce.platform import FakeWooCommerce
from tresen.fakes.woocommerce.webhooks import Delivery, signed
from tresen.fakes.world import World
from tresen.intake.asked_orders import read_asked
from tresen.intake.feeds.polling import poll_due
from tresen.intake.feeds.starting import start_feeds
from tresen.intake.models import StoreFeed
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order, Refund, StockLevel
from tresen.outbox.looking import look_for_uncertain
from tresen.outbox.models import DeliveryState
from tresen.outbox.sending import send_due
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.stores.models import Store
from tresen.stores.telling import keep_signing_secret
from tresen.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db

NUMBERS = [f"#{number}" for number in range(1001, 1006)]
ORDERED_AT = MONDAY - timedelta(hours=3)
SIGNED_WITH = "an-invented-secret"


@pytest.fixture
def fake() -> FakeWooCommerce:
    world = World(clock=lambda: MONDAY + timedelta(minutes=1))
    world.fill(
        sales=[a_sale(1001 + n, at=ORDERED_AT + timedelta(minutes=n)) for n in range(5)],
        stock=[a_shelf("LW-1", "47", 7)],
    )
    return FakeWooCommerce(world=world, key=KEY, secret=SECRET, remarks={"#1003": "Bitte als Geschenk verpacken."})


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(fake: FakeWooCommerce, faults: Faults) -> Iterator[Store]:
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=MONDAY - timedelta(days=1))
    with a_woocommerce_store(fake, faults=faults) as connected:
        keep_signing_secret(connected.pk, SIGNED_WITH, by=SYSTEM, at=MONDAY)
        start_feeds(connected.pk, past=timedelta(days=2), at=MONDAY)
        yield connected


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """An allowance that is used up is not slept for: the time of these tests is told."""
    monkeypatch.setattr("tresen.stores.asking.SHORT_WAIT", timedelta(0))


def take_in(*, turns: int = 20) -> None:
    """Some minutes of a worker."""
    for turn in range(turns):
        poll_due(MONDAY + timedelta(seconds=20 * turn))
    while parse_kept(MONDAY):
        pass


def told(store: Store, delivery: Delivery) -> int:
    """What we answer to a webhook."""
    headers = {name: value for name, value in delivery.headers.items() if name != "Content-Type"}
    sent = Client().post(f"/hooks/{store.pk}/", delivery.body, content_type="application/json", headers=headers)
    while parse_kept(MONDAY + timedelta(minutes=6)):
        pass
    return sent.status_code


def test_all_that_a_shop_tells_is_taken_over(store: Store) -> None:
    take_in()

    assert sorted(Order.objects.filter(store=store).values_list("number", flat=True)) == NUMBERS
    assert StockLevel.objects.get(store=store).available == 7
    ticket = Ticket.objects.get()
    assert ticket.orders.get().number == "#1003"
    assert Message.objects.get(ticket=ticket).text == "Bitte als Geschenk verpacken."
    assert Clock.objects.filter(ticket=ticket, kind="own").exists()
    assert list(StoreFeed.objects.exclude(trouble="").values_list("key", "trouble")) == []


def test_what_goes_wrong_on_the_way_loses_nothing(store: Store, faults: Faults) -> None:
    faults.demand([Fault.NONE, Fault.BROKEN, Fault.TOO_MANY, Fault.SILENT_AFTER, Fault.BROKEN_AFTER] * 2)
    take_in(turns=90)
    assert sorted(Order.objects.filter(store=store).values_list("number", flat=True)) == NUMBERS


def test_an_answer_to_a_remark_is_a_note_to_the_customer_once(store: Store, fake: FakeWooCommerce) -> None:
    take_in()
    delivery = answered(Ticket.objects.get(), text="Gern.", at=MONDAY)

    assert send_due(MONDAY + timedelta(seconds=30)) == 1
    send_due(MONDAY + timedelta(minutes=30))

    delivery.refresh_from_db()
    (note,) = fake.notes["1003"]
    assert (note.text, note.for_customer) == ("Gern.", True)
    assert (delivery.state, delivery.external_id) == (DeliveryState.ACCEPTED, f"note/{note.id}")


def test_a_note_that_nobody_knew_of_is_found_at_the_order(store: Store, fake: FakeWooCommerce, faults: Faults) -> None:
    take_in()
    delivery = answered(Ticket.objects.get(), text="Gern.", at=MONDAY)
    faults.demand([Fault.SILENT_AFTER])

    send_due(MONDAY + timedelta(minutes=1))
    for minutes in (3, 30, 300):
        send_due(MONDAY + timedelta(minutes=minutes))
        look_for_uncertain(MONDAY + timedelta(minutes=minutes))

    delivery.refresh_from_db()
    assert len(fake.notes["1003"]) == 1
    assert delivery.state == DeliveryState.ACCEPTED


@pytest.mark.parametrize(("secret", "status", "state"), [(SIGNED_WITH, 200, "shipped"), ("another", 401, "open")])
def test_only_a_signed_webhook_changes_the_order(
    store: Store, fake: FakeWooCommerce, secret: str, status: int, state: str
) -> None:
    take_in()
    fake.world.ship("#1001", carrier="", tracking="")
    body = fake.told(fake.world.sale("#1001"))

    assert told(store, signed("order.updated", body, secret=secret, at=MONDAY)) == status
    assert Order.objects.get(number="#1001").state == state


def test_a_refund_that_a_webhook_names_is_read_with_its_time(store: Store, fake: FakeWooCommerce) -> None:
    take_in()
    paid = fake.world.refund("#1001", amount=990, reason="Kratzer")
    body = fake.told(fake.world.sale("#1001"))

    assert told(store, signed("order.updated", body, secret=SIGNED_WITH, at=MONDAY)) == 200
    assert read_asked(MONDAY + timedelta(minutes=7)) == 1
    parse_kept(MONDAY + timedelta(minutes=8))

    refund = Refund.objects.get()
    assert (refund.amount, refund.reason) == (990, "Kratzer")
    assert refund.refunded_at == paid.at.replace(microsecond=0)
