"""Amazon's own samples and the examples of its schemas, where they lie beside a checkout, are all understood."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.channels.payloads import RECEIVED, RECORDED
from tests.channels.specifications.documents import document, needs_specifications, samples
from tresen.channels.amazon import CONNECTOR
from tresen.channels.contract import Ignored, Inbound, RawPayload, Source

pytestmark = needs_specifications

ABOUTS = ("orders", "order", "returns", "feedback", "stock", "notifications")
KNOWN = tuple(Inbound.__args__)
SCHEMAS = samples("amazon/schemas/notifications")


def parsed(about: str, told: object) -> list[Inbound]:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return list(
        CONNECTOR.parse(
            RawPayload(number=1, source=Source.API, body=body, received_at=RECEIVED, recorded_at=RECORDED, about=about)
        )
    )


def named(found: list[Inbound]) -> list[str]:
    return [f"ignored: {one.reason}" if isinstance(one, Ignored) else type(one).__name__ for one in found]


def from_properties(said: dict[str, Any]) -> object:
    """What a schema without an example of the whole gives piece by piece."""
    if said.get("examples"):
        return said["examples"][0]
    return {name: from_properties(inner) for name, inner in said.get("properties", {}).items()}


def examples_of(path: Path) -> list[object]:
    schema = document(f"amazon/schemas/notifications/{path.name}")
    return list(schema.get("examples", ())) or [
        from_properties(schema) | {"NotificationType": "FBA_INVENTORY_AVAILABILITY_CHANGES"}  # type: ignore[operator]
    ]


def test_every_example_of_a_notification_is_understood() -> None:
    became = Counter(
        name for path in SCHEMAS for example in examples_of(path) for name in named(parsed("notifications", example))
    )

    assert became == {
        "OrderSnapshot": 1,
        "OrderNamed": 1,
        "PlatformNotice": 1,
        "StockNotice": 2,
        "ignored: parcel_from_amazons_warehouse": 1,
        "ignored: feed_processed": 2,
        "ignored: order_of_another_channel": 1,
        "ignored: stock_without_sku": 1,
        "ignored: report_prepared": 2,
        "ignored: parcel_without_order": 1,
        "ignored: payment_between_amazon_and_seller": 1,
    }


@pytest.mark.parametrize("path", samples("amazon/samples"), ids=lambda path: path.stem)
def test_a_sample_of_whatever_is_asked_gives_a_reason_never_an_exception(path: Path) -> None:
    for about in (*ABOUTS, path.stem):
        found = parsed(about, path.read_bytes())
        assert all(isinstance(one, KNOWN) for one in found)


def test_what_samples_are_of_calls_that_we_do_not_make_is_left_alone() -> None:
    became = Counter(name for path in samples("amazon/samples") for name in named(parsed(path.stem, path.read_bytes())))

    assert became == {"ignored: answer_of_another_kind": len(samples("amazon/samples"))}


def test_every_example_of_the_models_that_we_read_is_understood() -> None:
    became: Counter[str] = Counter()
    for path, about in (("/orders/2026-01-01/orders", "orders"), ("/orders/2026-01-01/orders/{orderId}", "order")):
        said = document("amazon/models/orders_2026-01-01.json")["paths"][path]["get"]["responses"]["200"]
        for example in said["examples"].values():
            became.update(named(parsed(about, example)))

    assert became == {"OrderSnapshot": 2}
