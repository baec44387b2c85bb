"""What an order says: by the interface, by webhook, and by what the buyer remarked with it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.channels.payloads import recorded
from tresen.channels.contract import Ignored, Inbound, InboundMessage, OwnAnswer, RawPayload, ReplyBy
from tresen.channels.order_news import OrderNamed, OrderSnapshot, OrderState, Payment, StockNotice
from tresen.channels.woocommerce import CONNECTOR

ORDERS = "woocommerce/api/orders/page.json"


def understood(name: str) -> list[Inbound]:
    return [*CONNECTOR.parse(recorded(name))]


def with_changes(payload: RawPayload, **changes: object) -> list[Inbound]:
    """What it means where the first order says this instead."""
    first = json.loads(payload.body)[0] | changes
    return [*CONNECTOR.parse(replace(payload, body=json.dumps([first]).encode()))]


def test_an_order_is_told_with_buyer_lines_taxes_and_picture() -> None:
    order = understood(ORDERS)[0]

    assert isinstance(order, OrderSnapshot)
    assert (order.number, order.external_id) == ("#1042", "1042")
    assert (order.state, order.payment, order.total) == (OrderState.OPEN, Payment.PAID, 10470)
    assert order.changed_at == datetime(2026, 11, 19, 9, tzinfo=UTC)
    assert order.buyer is not None
    assert (order.buyer.key, order.buyer.name, order.buyer.reply_to) == (
        "ida@mail.example",
        "Ida Muster",
        "Ida@mail.example",
    )
    assert order.ship_to is not None
    assert order.ship_to.lines == ("Ida Muster", "Beispielweg 1", "12345 Musterstadt", "DE")
    assert order.lines is not None
    (line,) = order.lines
    assert (line.title, line.sku, line.quantity, line.price) == ("Lampe Mira – groß", "LW-01", 2, 4990)
    assert line.picture == "https://shop.example/wp-content/uploads/mira.png"
    assert (order.refunds, order.parcels) == ([], None)


@pytest.mark.parametrize(
    ("status", "completed", "state"),
    [
        ("pending", None, OrderState.PENDING),
        ("on-hold", None, OrderState.PENDING),
        ("failed", None, OrderState.PENDING),
        ("processing", None, OrderState.OPEN),
        ("completed", "2026-11-19T09:00:00", OrderState.SHIPPED),
        ("cancelled", None, OrderState.CANCELLED),
        ("trash", None, OrderState.CANCELLED),
        ("refunded", None, OrderState.CANCELLED),
        ("refunded", "2026-11-19T09:00:00", OrderState.SHIPPED),
        ("picked-by-plugin", None, None),
    ],
)
def test_each_status_is_one_of_ours_and_a_plugins_own_says_nothing(
    status: str, completed: str | None, state: OrderState | None
) -> None:
    order = with_changes(recorded(ORDERS), status=status, date_completed_gmt=completed)[0]
    assert isinstance(order, OrderSnapshot)
    assert order.state is state


def test_what_is_not_ordered_yet_is_no_order() -> None:
    assert with_changes(recorded(ORDERS), status="checkout-draft") == [Ignored(reason="order_draft")]


@pytest.mark.parametrize(("back", "payment"), [("-10.00", Payment.PART_REFUNDED), ("-104.70", Payment.REFUNDED)])
def test_an_order_with_refunds_is_read_anew_for_their_times(back: str, payment: Payment) -> None:
    order, _remark, named = with_changes(recorded(ORDERS), refunds=[{"id": 1, "reason": "", "total": back}])
    assert isinstance(order, OrderSnapshot)
    assert (order.payment, order.refunds) == (payment, None)
    assert named == OrderNamed(external_id="1042")


def test_refunds_are_told_with_their_times_as_of_their_order() -> None:
    (told,) = understood("woocommerce/api/refunds/two.json")
    assert isinstance(told, OrderSnapshot)
    assert told.refunds is not None
    assert (told.number, told.changed_at) == ("#1043", datetime(2026, 11, 19, 9, tzinfo=UTC))
    assert [(one.external_id, one.amount, one.reason) for one in told.refunds] == [
        ("1051", 9470, ""),
        ("1050", 1000, "Kratzer"),
    ]
    assert {one.at for one in told.refunds} == {datetime(2026, 11, 19, 8, 30, tzinfo=UTC)}


def test_refunds_without_their_order_say_nothing() -> None:
    payload = replace(recorded("woocommerce/api/refunds/two.json"), headers={})
    assert [*CONNECTOR.parse(payload)] == [Ignored(reason="nothing_new")]


@pytest.mark.parametrize("name", [ORDERS, "woocommerce/webhook/order.created/with_remark.json"])
def test_a_remark_at_the_checkout_is_a_message_of_the_buyer(name: str) -> None:
    (message,) = (one for one in understood(name) if isinstance(one, InboundMessage))
    assert message.text in {"Bitte als Geschenk verpacken.", "Klingel defekt, bitte anrufen."}
    assert message.sender.key == "ida@mail.example"
    assert message.reply_by is ReplyBy.THREAD
    assert message.external_id == f"remark/{message.thread_keys[0].value}"
    assert message.order_ids == (f"#{message.thread_keys[0].value}",)


@pytest.mark.parametrize(("days", "messages"), [(11, 1), (13, 0)])
def test_an_old_orders_remark_is_no_message_any_more(days: int, messages: int) -> None:
    payload = recorded(ORDERS)
    later = replace(
        payload,
        received_at=payload.received_at + timedelta(days=days),
        recorded_at=payload.recorded_at + timedelta(days=days),
    )
    assert sum(isinstance(one, InboundMessage) for one in CONNECTOR.parse(later)) == messages


def test_notes_of_people_for_the_buyer_are_answers_and_no_others() -> None:
    (answer,) = understood("woocommerce/api/notes/for_the_buyer.json")
    assert isinstance(answer, OwnAnswer)
    assert (answer.external_id, answer.text) == ("note/283", "Wir packen sie als Geschenk ein <3")
    assert answer.order_ids == ("#1042",)


def test_one_strange_order_takes_no_other_with_it() -> None:
    payload = recorded(ORDERS)
    told = json.loads(payload.body)
    told[0]["total"] = "much"
    found = [*CONNECTOR.parse(replace(payload, body=json.dumps(told).encode()))]
    assert [type(one).__name__ for one in found[:2]] == ["Unreadable", "OrderSnapshot"]


def test_a_deleted_order_is_looked_for() -> None:
    assert understood("woocommerce/webhook/order.deleted/gone.json") == [OrderNamed(external_id="1044")]


def test_stock_is_told_of_what_is_counted_by_itself() -> None:
    (level,) = understood("woocommerce/api/products/page.json")
    assert isinstance(level, StockNotice)
    assert (level.sku, level.available, level.item_id) == ("LW-02", -2, "93")
    (varied,) = understood("woocommerce/api/variations/of_one.json")
    assert isinstance(varied, StockNotice)
    assert (varied.sku, varied.available, varied.item_id) == ("LW-01", 7, "87")


def test_stock_that_is_told_by_itself_is_as_old_as_its_change() -> None:
    (level,) = understood("woocommerce/webhook/product.updated/sold.json")
    assert isinstance(level, StockNotice)
    assert (level.available, level.at) == (6, datetime(2026, 11, 19, 9, tzinfo=UTC))
