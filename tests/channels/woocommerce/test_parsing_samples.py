"""WooCommerce's own samples, as answers and as webhooks."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.channels.specifications.documents import needs_specifications, samples
from tests.channels.woocommerce.shop import payload
from tresen.channels.contract import Ignored, Inbound, Source
from tresen.channels.registry import connector_of
from tresen.channels.woocommerce.notes import NUMBER, ORDER
from tresen.channels.woocommerce.parsing import _ANSWERS
from tresen.channels.woocommerce.reading import CHANGED, CURRENCY

SAMPLES = samples("woocommerce/samples")
BESIDE = {NUMBER: "#723", ORDER: "723", CURRENCY: "USD", CHANGED: "2017-03-21T19:54:51"}
ABOUT = {"orders": "orders", "order-refunds": "refunds", "order-notes": "notes"}
TOPICS = {"orders": "order.updated", "customers": "customer.updated", "webhooks": "webhook.updated"}
pytestmark = needs_specifications


def objects_in(path: Path) -> Iterator[object]:
    """What a sample holds: one object, a list of them, or what became of a batch."""
    said = json.loads(path.read_bytes())
    if isinstance(said, dict) and "id" not in said:
        for part in said.values():
            yield from part
    else:
        yield from said if isinstance(said, list) else [said]


def chapter(path: Path) -> str:
    return path.name.partition("--")[0]


def name_of(one: Inbound) -> str:
    return f"Ignored: {one.reason}" if isinstance(one, Ignored) else type(one).__name__


def meanings(source: Source, about: str, told: object) -> list[Inbound]:
    return [*connector_of("woocommerce").parse(payload(source, about, json.dumps(told).encode(), BESIDE))]


def test_each_answer_becomes_what_it_should() -> None:
    found = Counter(
        name_of(one)
        for path in SAMPLES
        if chapter(path) in ABOUT
        for one in meanings(Source.API, ABOUT[chapter(path)], [*objects_in(path)])
    )
    assert found == {"OrderSnapshot": 7, "OrderNamed": 1, "Ignored: nothing_new": 2}


def test_each_webhook_becomes_what_it_should() -> None:
    found = Counter(
        name_of(one)
        for path in SAMPLES
        if chapter(path) in TOPICS
        for told in objects_in(path)
        for one in meanings(Source.WEBHOOK, TOPICS[chapter(path)], told)
    )
    assert found == {"OrderSnapshot": 6, "OrderNamed": 1, "Ignored: nothing_known_of_it": 12}


def test_none_of_them_under_any_name_is_an_exception() -> None:
    topics = ("order.created", "order.updated", "order.deleted", "product.updated", "coupon.created", "")
    for path in SAMPLES:
        for told in objects_in(path):
            assert all(meanings(Source.API, about, [told]) for about in _ANSWERS)
            assert all(meanings(Source.API, about, told) for about in _ANSWERS)
            assert all(meanings(Source.WEBHOOK, topic, told) for topic in topics)
