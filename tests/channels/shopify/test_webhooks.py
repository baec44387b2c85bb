"""Webhooks besides those about orders: disputes, privacy, and what says too little by itself."""

import json
from datetime import UTC, datetime

import pytest

from tests.channels.payloads import RECEIVED, recorded
from tests.channels.shopify.shop import a_sale, payload
from tresen.channels.cases import CaseKind, CaseStep
from tresen.channels.contract import ErasureRequest, Ignored, Inbound, PlatformNotice, Source, Unreadable
from tresen.channels.erasure import ErasureKind
from tresen.channels.order_news import OrderNamed, OrderSnapshot
from tresen.channels.shopify import CONNECTOR
from tresen.channels.shopify.signing import is_genuine, told
from tresen.channels.webhooks import Webhook
from tresen.fakes.shopify.webhooks import order_webhook, signed


def meaning(topic: str, said: object) -> Inbound:
    (found,) = CONNECTOR.parse(payload(Source.WEBHOOK, topic, json.dumps(said).encode()))
    return found


def test_a_chargeback_is_told_with_its_deadline() -> None:
    (found,) = CONNECTOR.parse(recorded("shopify/webhook/disputes/create/chargeback.json"))

    assert isinstance(found, PlatformNotice)
    assert found.case is not None
    assert (found.case.step, found.case.kind) == (CaseStep.OPENED, CaseKind.CHARGEBACK)
    assert found.deadline is not None
    assert found.deadline.at == datetime(2026, 12, 3, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        ("customers/data_request", ErasureKind.ACCESS),
        ("customers/redact", ErasureKind.BUYER),
        ("shop/redact", ErasureKind.STORE),
    ],
)
def test_who_is_to_be_forgotten_or_told_what_is_known(topic: str, kind: ErasureKind) -> None:
    said = {
        "shop_id": 954889,
        "shop_domain": "birkenhof.myshopify.com",
        "customer": {"id": 191167, "email": "Ida@mail.example", "phone": None},
        "orders_requested": [299938, 280263],
        "data_request": {"id": 9999},
    }
    if topic == "shop/redact":
        said = {"shop_id": 954889, "shop_domain": "birkenhof.myshopify.com"}
    found = meaning(topic, said)

    assert isinstance(found, ErasureRequest)
    assert (found.kind, found.occurred_at) == (kind, RECEIVED)
    if kind is not ErasureKind.STORE:
        assert found.keys == ("ida@mail.example",)
        assert found.emails == ("Ida@mail.example",)
        assert found.orders == ("299938", "280263")


def test_a_request_that_names_nobody_forgets_nobody() -> None:
    assert isinstance(meaning("customers/redact", {"shop_id": 1, "customer": {"id": 5}}), Unreadable)


@pytest.mark.parametrize(
    ("topic", "reason"),
    [
        ("refunds/create", "told_by_the_order"),
        ("fulfillment_events/create", "told_by_the_order"),
        ("returns/request", "read_instead"),
        ("inventory_levels/update", "read_instead"),
        ("app/uninstalled", "app_uninstalled"),
        ("themes/publish", "webhook_of_another_topic"),
    ],
)
def test_what_says_too_little_by_itself_is_left_alone(topic: str, reason: str) -> None:
    assert meaning(topic, {}) == Ignored(reason=reason)


@pytest.mark.parametrize("topic", ["refunds/create", "fulfillments/update", "fulfillment_events/create"])
def test_what_names_an_order_has_it_read(topic: str) -> None:
    assert meaning(topic, {"id": 1, "order_id": 820982911946154500}) == OrderNamed(external_id="820982911946154500")
    assert isinstance(meaning(topic, {"order_id": "x"}), Unreadable)


def test_a_webhook_of_the_fake_is_genuine_and_understood() -> None:
    sent = order_webhook(a_sale(), secret="s3cret", topic="orders/create")
    webhook = Webhook(body=sent.body, headers={name.lower(): value for name, value in sent.headers.items()})

    assert is_genuine(webhook, lambda _name: "s3cret")
    assert not is_genuine(webhook, lambda _name: "another")
    assert told(webhook).about == "orders/create"
    (found,) = CONNECTOR.parse(payload(Source.WEBHOOK, "orders/create", sent.body))
    assert isinstance(found, OrderSnapshot)
    assert found.number == "#1001"


def test_the_fake_tells_the_same_event_again_with_the_same_id() -> None:
    sale = a_sale()
    one, again = (order_webhook(sale, secret="s") for _ in range(2))
    other = signed("shop/redact", {"shop_id": 1}, secret="s", event="e2", at=sale.changed_at)

    assert one == again
    assert other.headers["X-Shopify-Event-Id"] != one.headers["X-Shopify-Event-Id"]
