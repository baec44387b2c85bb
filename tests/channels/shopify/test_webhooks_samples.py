"""Shopify's own samples, as webhooks: without the name that the older interface puts around them."""

import json
from collections import Counter
from pathlib import Path

from tests.channels.shopify.shop import payload
from tests.channels.specifications.documents import needs_specifications, samples
from tresen.channels.contract import Ignored, Inbound, Source
from tresen.channels.registry import connector_of
from tresen.channels.shopify.privacy import TOPICS
from tresen.channels.shopify.webhooks import DISPUTES, WHOLE_ORDERS

SAMPLES = samples("shopify/samples/rest")
KINDS = {
    "order.json": "orders/updated",
    "orders.json": "orders/updated",
    "dispute.json": "disputes/update",
    "refund.json": "refunds/create",
    "fulfillment_event.json": "fulfillment_events/create",
    "inventory_levels.json": "inventory_levels/update",
    "customer.json": "customers/update",
    "draft_order.json": "draft_orders/update",
    "transaction.json": "order_transactions/create",
    "checkouts.json": "checkouts/update",
    "location.json": "locations/update",
    "inventory_item.json": "inventory_items/update",
}
COUNTS = {
    "OrderSnapshot": 2,
    "PlatformNotice": 1,
    "OrderNamed": 2,
    "Ignored: read_instead": 4,
    "Ignored: webhook_of_another_topic": 6,
}

pytestmark = needs_specifications


def objects_in(path: Path) -> list[object]:
    """What stands within the outer name; each of a list by itself."""
    said = json.loads(path.read_bytes())
    inner = next(iter(said.values())) if isinstance(said, dict) and len(said) == 1 else said
    return inner if isinstance(inner, list) else [inner]


def meanings(topic: str, told: object) -> list[Inbound]:
    found = connector_of("shopify").parse(payload(Source.WEBHOOK, topic, json.dumps(told).encode()))
    return [*found]


def name_of(one: Inbound) -> str:
    return f"Ignored: {one.reason}" if isinstance(one, Ignored) else type(one).__name__


def test_each_becomes_what_it_should() -> None:
    found = Counter(
        name_of(one)
        for path in SAMPLES
        if path.name in KINDS
        for told in objects_in(path)
        for one in meanings(KINDS[path.name], told)
    )

    assert found == COUNTS


def test_none_of_them_under_any_topic_is_an_exception() -> None:
    for path in SAMPLES:
        for told in objects_in(path):
            for topic in (*WHOLE_ORDERS, *DISPUTES, *TOPICS, "returns/request"):
                assert len(meanings(topic, told)) == 1
