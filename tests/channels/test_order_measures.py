"""A figure that no order can have is refused with its name; all that can be meant passes."""

from dataclasses import replace

import pytest

from tests.factories.shops import MONDAY
from tresen.channels.order_measures import MOST, MOST_MONEY, beyond_measure
from tresen.channels.order_news import (
    LineTold,
    OrderSnapshot,
    RefundTold,
    ReturnItem,
    ReturnNotice,
    ReturnState,
    StockNotice,
)

LINE = LineTold(external_id="1", title="Lamp", quantity=MOST, price=MOST_MONEY)
ORDER = OrderSnapshot(number="1", changed_at=MONDAY, currency="EUR", total=MOST_MONEY, lines=[LINE], refunds=[])
STOCK = StockNotice(sku="L", at=MONDAY, available=-3, reserved=MOST)
RETURN = ReturnNotice(
    external_id="r", order_number="1", changed_at=MONDAY, state=ReturnState.REQUESTED, requested_at=MONDAY
)


@pytest.mark.parametrize("news", [ORDER, STOCK, RETURN, OrderSnapshot(number="1", changed_at=MONDAY)])
def test_what_can_be_meant_passes(news: OrderSnapshot | StockNotice | ReturnNotice) -> None:
    assert beyond_measure(news) == ""


@pytest.mark.parametrize(
    ("news", "why"),
    [
        (replace(ORDER, lines=[replace(LINE, quantity=MOST + 1)]), "quantity is 2147483648"),
        (replace(ORDER, lines=[replace(LINE, cancelled=MOST + 1)]), "cancelled is 2147483648"),
        (replace(ORDER, lines=[replace(LINE, price=MOST_MONEY + 1)]), "price is 9223372036854775808"),
        (replace(ORDER, total=-(10**30)), f"total is -{10**30}"),
        (replace(ORDER, currency="Euro"), "currency is Euro"),
        (
            replace(ORDER, refunds=[RefundTold(external_id="1", amount=MOST_MONEY + 1, at=MONDAY)]),
            "refund is 9223372036854775808",
        ),
        (replace(STOCK, available=10**12), "available is 1000000000000"),
        (replace(RETURN, items=[ReturnItem(title="Lamp", quantity=10**12)]), "quantity is 1000000000000"),
    ],
)
def test_what_cannot_be_meant_is_named(news: OrderSnapshot | StockNotice | ReturnNotice, why: str) -> None:
    assert beyond_measure(news) == why
