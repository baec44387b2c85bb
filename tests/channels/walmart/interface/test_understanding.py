"""What Walmart's answers mean: our own payloads, and the examples of its specification."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from tests.channels.payloads import RECEIVED, recorded
from tests.channels.specifications.documents import needs_specifications
from tests.channels.walmart.interface.specification import INVENTORY, ORDERS, RETURNS
from tresen.channels.contract import Ignored, Inbound, RawPayload, Source, Unreadable
from tresen.channels.order_news import (
    FulfilledBy,
    OrderSnapshot,
    OrderState,
    Payment,
    ReturnNotice,
    ReturnState,
    StockNotice,
)
from tresen.channels.walmart import CONNECTOR


def meanings(about: str, *told: object) -> list[Inbound]:
    return [
        meaning
        for one in told
        for meaning in CONNECTOR.parse(
            RawPayload(
                number=1,
                source=Source.API,
                body=json.dumps(one).encode(),
                received_at=RECEIVED,
                recorded_at=RECEIVED,
                about=about,
            )
        )
    ]


def test_two_purchase_orders_are_one_order_of_the_customer() -> None:
    (order,) = CONNECTOR.parse(recorded("walmart/api/orders/two_purchase_orders.json"))

    assert isinstance(order, OrderSnapshot)
    assert (order.number, order.external_id) == ("2000010000001", "1796270000001")
    assert (order.state, order.payment) == (OrderState.PART_SHIPPED, Payment.PART_REFUNDED)
    assert (order.total, order.currency, order.fulfilled_by) == (7538, "USD", FulfilledBy.US)
    assert [(one.external_id, one.price, one.shipped) for one in order.lines or ()] == [
        ("1796270000001/1", 4990, 1),
        ("1796270000002/2", 1990, 0),
    ]
    assert [(one.external_id, one.amount) for one in order.refunds or ()] == [("r-1", 540)]
    assert order.cancel_asked_at == datetime(2026, 11, 20, 18, 40, tzinfo=UTC)
    assert order.ship_by is not None
    assert order.changed_at == RECEIVED
    assert order.buyer is not None
    assert order.buyer.key == "0123456789abcdef0123456789abcdef@relay.walmart.com"


def test_a_purchase_order_that_a_page_names_twice_is_one() -> None:
    payload = recorded("walmart/api/orders/two_purchase_orders.json")
    told = json.loads(payload.body)
    parts = told["list"]["elements"]["order"]
    parts += parts[:1]

    (twice,) = CONNECTOR.parse(replace(payload, body=json.dumps(told).encode()))

    assert [twice] == [*CONNECTOR.parse(payload)]


def test_an_address_that_reaches_nobody_is_none() -> None:
    payload = recorded("walmart/api/orders/two_purchase_orders.json")
    told = payload.body.replace(b"0123456789ABCDEF0123456789ABCDEF@relay.walmart.com", b"nocxemail@walmartone.com")

    (order,) = CONNECTOR.parse(replace(payload, body=told))

    assert isinstance(order, OrderSnapshot)
    assert order.buyer is None


def test_an_order_with_a_part_that_is_not_understood_is_set_aside_whole() -> None:
    payload = recorded("walmart/api/orders/two_purchase_orders.json")

    (unread,) = CONNECTOR.parse(replace(payload, body=payload.body.replace(b'"Acknowledged"', b'"Vanished"')))

    assert isinstance(unread, Unreadable)
    assert unread.subject == "2000010000001"


def test_a_return_is_as_far_as_its_line() -> None:
    under_way, refunded = CONNECTOR.parse(recorded("walmart/api/returns/under_way_and_refunded.json"))

    assert isinstance(under_way, ReturnNotice)
    assert isinstance(refunded, ReturnNotice)
    assert (under_way.state, refunded.state) == (ReturnState.ON_THE_WAY, ReturnState.REFUNDED)
    assert (under_way.carrier, under_way.tracking) == ("FEDEX", "785600000001")
    assert under_way.changed_at == datetime(2026, 11, 19, 10, tzinfo=UTC)
    assert under_way.decide_by is None


def test_stock_is_what_all_places_have_together() -> None:
    lamp, shade = CONNECTOR.parse(recorded("walmart/api/stock/two_places.json"))

    assert isinstance(lamp, StockNotice)
    assert isinstance(shade, StockNotice)
    assert (lamp.available, lamp.reserved, shade.available) == (9, 3, 0)


def test_an_answer_about_something_else_is_passed_over() -> None:
    assert meanings("insights", {}) == [Ignored(reason="answer_of_another_kind")]


@needs_specifications
def test_every_example_of_the_specification_is_understood() -> None:
    orders = meanings("orders", *ORDERS.examples("get", "/v3/orders"), *ORDERS.examples("get", "/v3/orders/released"))
    returns = meanings("returns", *RETURNS.examples("get", "/v3/returns"))
    stock = meanings("stock", *INVENTORY.examples("get", "/v3/inventories"))

    became = Counter(type(one).__name__ for one in (*orders, *returns, *stock))
    assert became == {"OrderSnapshot": 20, "ReturnNotice": 1, "StockNotice": 2}
    states = Counter(one.state for one in orders if isinstance(one, OrderSnapshot))
    assert states == {OrderState.OPEN: 11, OrderState.CANCELLED: 6, OrderState.SHIPPED: 3}


@needs_specifications
def test_the_examples_fit_the_specification_as_we_mended_it() -> None:
    for interface, path in ((ORDERS, "/v3/orders"), (INVENTORY, "/v3/inventories")):
        for told in interface.examples("get", path):
            assert interface.complaints_about_answer("GET", path, 200, json.dumps(told).encode()) == []
