"""Orders as Shopify's webhooks tell them."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.channels.payloads import RECEIVED, RECORDED
from tresen.channels.contract import Ignored, Inbound, RawPayload, Source, Unreadable
from tresen.channels.order_news import OrderSnapshot, OrderState, Payment
from tresen.channels.shopify import CONNECTOR
from tresen.channels.tracking import TrackingState

SAMPLES = Path(__file__).parents[4] / "shared" / "platforms" / "shopify" / "samples" / "rest"
RECORDED_ORDER = Path(__file__).parent / "payloads" / "webhook" / "orders" / "updated" / "part_refunded.json"


def told(body: bytes, about: str = "orders/updated") -> Inbound:
    payload = RawPayload(
        number=1, source=Source.WEBHOOK, body=body, received_at=RECEIVED, recorded_at=RECORDED, about=about
    )
    (found,) = CONNECTOR.parse(payload)
    return found


def order(**changes: object) -> OrderSnapshot:
    found = told(json.dumps({**json.loads(RECORDED_ORDER.read_bytes()), **changes}).encode())
    assert isinstance(found, OrderSnapshot)
    return found


def test_an_order_is_read_with_buyer_lines_parcels_and_refunds() -> None:
    found = order()

    assert (found.number, found.external_id, found.currency, found.total) == (
        "#1042",
        "820982911946154508",
        "EUR",
        15470,
    )
    assert (found.state, found.payment) == (OrderState.PART_SHIPPED, Payment.PART_REFUNDED)
    assert found.ordered_at == datetime(2026, 11, 18, 9, 12, 3, tzinfo=UTC)
    assert found.buyer is not None
    assert (found.buyer.key, found.buyer.name, found.buyer.reply_to) == (
        "ida@mail.example",
        "Ida Muster",
        "Ida@mail.example",
    )
    assert found.ship_to is not None
    assert (found.ship_to.lines[-2:], found.ship_to.country) == (("12345 Berlin", "Germany"), "DE")
    assert [(line.sku, line.quantity, line.price, line.shipped, line.cancelled) for line in found.lines or ()] == [
        ("LW-MIRA-03", 2, 4990, 1, 0),
        ("LW-SHADE-1", 1, 5000, 0, 1),
    ]
    (parcel,) = found.parcels or ()
    assert (parcel.carrier, parcel.tracking, parcel.state) == ("DHL", "00340434161094000001", TrackingState.IN_TRANSIT)
    assert [(one.amount, one.done, one.reason) for one in found.refunds or ()] == [(5000, True, "Shade was broken")]


def test_several_numbers_of_one_hand_over_are_several_parcels() -> None:
    shipped = {"id": 7, "created_at": "2026-11-19T10:00:00Z", "status": "success", "tracking_numbers": ["A", "B"]}

    assert [one.tracking for one in order(fulfillments=[shipped]).parcels or ()] == ["A", "B"]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"cancelled_at": "2026-11-19T10:00:00Z"}, OrderState.CANCELLED),
        ({"fulfillment_status": "fulfilled"}, OrderState.SHIPPED),
        ({"fulfillment_status": None, "financial_status": "pending"}, OrderState.PENDING),
        ({"fulfillment_status": None, "financial_status": "paid"}, OrderState.OPEN),
        ({"fulfillment_status": "restocked"}, OrderState.RETURNED),
    ],
)
def test_how_far_an_order_is(changes: dict[str, object], state: OrderState) -> None:
    assert order(**changes).state is state


def test_an_order_is_delivered_when_every_parcel_is() -> None:
    parcel = {"id": 7, "created_at": "2026-11-19T10:00:00Z", "status": "success", "shipment_status": "delivered"}
    other = {**parcel, "id": 8, "shipment_status": "in_transit"}

    assert order(fulfillment_status="fulfilled", fulfillments=[parcel]).state is OrderState.DELIVERED
    assert order(fulfillment_status="fulfilled", fulfillments=[parcel, other]).state is OrderState.SHIPPED


def test_a_hand_over_that_came_to_nothing_is_no_parcel() -> None:
    undone = {"id": 7, "created_at": "2026-11-19T10:00:00Z", "status": "cancelled"}

    assert order(fulfillments=[undone]).parcels == []


def test_a_guest_without_an_address_is_nobody_we_know() -> None:
    assert order(email=None, customer=None).buyer is None


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"\xff", b'{"id": "x"}', b"[" * 5000, b'{"id": 1, "name": "#1", "currency": "EUR"}']
)
def test_what_is_not_as_documented_says_so(body: bytes) -> None:
    found = told(body)

    assert isinstance(found, Unreadable)
    assert found.reason == "not_as_documented"


def test_sums_that_are_none_are_not_as_documented() -> None:
    known = json.loads(RECORDED_ORDER.read_bytes())
    found = told(json.dumps({**known, "total_price": "1e99"}).encode())

    assert isinstance(found, Unreadable)


def test_another_topic_is_left_alone() -> None:
    assert told(b"{}", "themes/publish") == Ignored(reason="webhook_of_another_topic")


def test_nothing_that_a_database_cannot_store_comes_out() -> None:
    assert order(name="#10\u0000\ud83d").number == "#10?"


def test_reading_twice_gives_the_same() -> None:
    assert order() == replace(order())


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="Shopify's own samples are not here")
@pytest.mark.parametrize("name", ["order.json", "orders.json"])
def test_the_platforms_own_samples_are_understood(name: str) -> None:
    said = json.loads((SAMPLES / name).read_bytes())
    for one in said.get("orders") or [said["order"]]:
        assert isinstance(told(json.dumps(one).encode()), OrderSnapshot)
