"""What an order of the Orders API says."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.channels.amazon.interface.stores import FAST, account, ago, last_days, parsed, payload, read_all, sale, store
from tests.channels.payloads import recorded
from tresen.channels.amazon import CONNECTOR
from tresen.channels.amazon.interface.order_reading import FEED
from tresen.channels.contract import InboundMessage, Unreadable
from tresen.channels.feeds import Told
from tresen.channels.order_news import FulfilledBy, OrderSnapshot, OrderState, Payment
from tresen.channels.senders import IdentityKind
from tresen.channels.tracking import TrackingState
from tresen.fakes.sales import Sale


def order(**changes: Any) -> dict[str, Any]:
    usual = {
        "orderId": "303-1000001-2000001",
        "createdTime": "2026-11-18T08:00:00Z",
        "lastUpdatedTime": "2026-11-19T08:00:00Z",
        "salesChannel": {"channelName": "AMAZON"},
        "orderItems": [{"orderItemId": "1", "quantityOrdered": 2, "product": {"sellerSku": "LW-1"}}],
    }
    return usual | changes


def read(*orders: object) -> list[Any]:
    told = Told(about="orders", body=json.dumps({"orders": orders}).encode())
    return list(CONNECTOR.parse(payload(told)))


def test_an_order_read_from_the_fake_is_what_the_fake_knows() -> None:
    given = [
        sale(),
        sale("303-1000001-2000002"),
        sale("303-1000001-2000003"),
        sale("303-1000001-2000004", by_platform=True),
    ]
    fake = account(*given, rates=FAST)
    fake.world.ship(given[1].number, carrier="DHL", tracking="00340")
    fake.world.scan(given[1].number, TrackingState.DELIVERED)
    fake.world.cancel(given[2].number)
    for one in given:
        one.changed_at = ago(minutes=10)

    found = parsed(read_all(FEED, store(fake), last_days()))

    assert [as_told(one) for one in found] == [as_known(one) for one in given]


def as_told(one: object) -> dict[str, object]:
    assert isinstance(one, OrderSnapshot)
    assert one.lines is not None
    assert one.ship_to is not None
    return {
        "number": one.number,
        "state": one.state,
        "by_platform": one.fulfilled_by is FulfilledBy.PLATFORM,
        "money": (one.total, one.currency),
        "times": (one.ordered_at, one.changed_at, one.ship_by, one.deliver_by),
        "buyer": (one.buyer.reply_to, one.buyer.name) if one.buyer else None,
        "ship_to": (one.ship_to.lines[0], one.ship_to.postcode, one.ship_to.city, one.ship_to.country),
        "lines": [
            (
                line.external_id,
                line.sku,
                line.item_id,
                line.title,
                line.quantity,
                line.price,
                line.shipped,
                line.cancelled,
            )
            for line in one.lines
        ],
        "parcels": [(each.external_id, each.carrier, each.tracking, each.state) for each in one.parcels or ()],
    }


def as_known(one: Sale) -> dict[str, object]:
    shipped = OrderState.DELIVERED if one.parcels else OrderState.OPEN
    return {
        "number": one.number,
        "state": OrderState.CANCELLED if one.cancelled_at else shipped,
        "by_platform": one.by_platform,
        "money": (one.total, one.currency),
        "times": (one.ordered_at, one.changed_at, one.ship_by, one.deliver_by),
        "buyer": None if one.by_platform else (one.buyer.email, one.buyer.name),
        "ship_to": (one.buyer.name, one.buyer.postcode, one.buyer.city, one.buyer.country),
        "lines": [
            (line.id, line.sku, line.item, line.title, line.quantity, line.price, line.shipped, line.cancelled)
            for line in one.lines
        ],
        "parcels": [(each.id, each.carrier, each.tracking, each.state) for each in one.parcels],
    }


def test_the_buyer_of_an_order_is_the_one_who_writes_by_the_relay() -> None:
    (message,) = CONNECTOR.parse(recorded("amazon/question_en_two_items.eml"))
    assert isinstance(message, InboundMessage)

    (found,) = read(order(buyer={"buyerEmail": message.sender.reply_to, "buyerName": "Nora"}))

    assert (found.buyer.kind, found.buyer.key) == (message.sender.kind, message.sender.key)
    assert found.buyer.kind is IdentityKind.RELAY


@pytest.mark.parametrize("email", ["", "nora@mail.example", "no-reply@amazon.de"])
def test_an_address_that_is_no_buyers_alias_makes_no_buyer(email: str) -> None:
    (found,) = read(order(buyer={"buyerEmail": email}))

    assert found.buyer is None


@pytest.mark.parametrize(
    ("status", "state", "payment"),
    [
        ("PENDING", OrderState.PENDING, Payment.PENDING),
        ("PENDING_AVAILABILITY", OrderState.PENDING, Payment.PENDING),
        ("UNSHIPPED", OrderState.OPEN, Payment.PAID),
        ("PARTIALLY_SHIPPED", OrderState.PART_SHIPPED, Payment.PAID),
        ("SHIPPED", OrderState.SHIPPED, Payment.PAID),
        ("CANCELLED", OrderState.CANCELLED, None),
        ("A_WORD_OF_NEXT_YEAR", None, None),
    ],
)
def test_the_state_is_amazons(status: str, state: OrderState | None, payment: Payment | None) -> None:
    (found,) = read(order(fulfillment={"fulfillmentStatus": status}))

    assert (found.state, found.payment) == (state, payment)


@pytest.mark.parametrize(
    ("status", "detailed", "state", "said"),
    [
        ("SHIPPED", None, TrackingState.IN_TRANSIT, "SHIPPED"),
        ("IN_TRANSIT", "OUT_FOR_DELIVERY", TrackingState.OUT_FOR_DELIVERY, "OUT_FOR_DELIVERY"),
        ("UNDELIVERABLE", "RETURNING_TO_SELLER", TrackingState.RETURNED, "RETURNING_TO_SELLER"),
        ("IN_TRANSIT", "ON_THE_MOON", TrackingState.IN_TRANSIT, "ON_THE_MOON"),
    ],
)
def test_a_parcel_is_where_the_finer_word_says(
    status: str, detailed: str | None, state: TrackingState, said: str
) -> None:
    package = {"packageReferenceId": "1", "packageStatus": {"status": status, "detailedStatus": detailed}}

    (found,) = read(order(packages=[package]))

    assert [(one.state, one.said) for one in found.parcels] == [(state, said)]


def test_a_package_that_was_cancelled_is_none() -> None:
    (found,) = read(order(packages=[{"packageReferenceId": "1", "packageStatus": {"status": "CANCELLED"}}]))

    assert found.parcels == []


def test_a_buyers_wish_to_cancel_stands_until_it_is_decided() -> None:
    asked = {"cancellationRequest": {"requester": "BUYER", "cancelReason": "Too late"}}
    done = asked | {"cancellationExecution": {"cancelledBy": "MERCHANT"}}
    items = [order()["orderItems"][0] | {"cancellation": said} for said in (asked, done)]
    open_, shipped = ({"fulfillmentStatus": word} for word in ("UNSHIPPED", "SHIPPED"))

    found = read(*(order(orderItems=[item], fulfillment=how) for item in items for how in (open_, shipped)))

    assert [one.cancel_asked_at is not None for one in found] == [True, False, False, False]


def test_what_was_not_asked_for_is_not_told() -> None:
    (found,) = read(order())

    assert (found.state, found.payment, found.total, found.buyer, found.ship_to) == (None,) * 5
    assert (found.parcels, found.refunds, found.fulfilled_by) == (None, None, None)


def test_one_order_that_is_odd_costs_no_other() -> None:
    found = read(order(), order(orderId="303-1000001-2000002", orderItems="none"), 5, order(lastUpdatedTime="soon"))

    assert [type(one) for one in found] == [OrderSnapshot, Unreadable, Unreadable, Unreadable]
    assert "303-1000001-2000002" in found[1].subject


def test_bytes_that_are_no_answer_give_a_reason() -> None:
    told = payload(Told(about="orders", body=b"{}"))

    assert [type(one) for one in CONNECTOR.parse(told)] == [Unreadable]
    assert [type(one) for one in CONNECTOR.parse(replace(told, about="order", body=b"["))] == [Unreadable]
