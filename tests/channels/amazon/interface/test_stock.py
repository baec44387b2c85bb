"""Stock in Amazon's warehouses is read whole."""

import json
from datetime import timedelta

import pytest

from tests.channels.amazon.interface.stores import account, ago, answer, last_days, parsed, payload, read_all, store
from tests.channels.payloads import RECEIVED
from tresen.channels.amazon import CONNECTOR
from tresen.channels.amazon.interface.stock import FEED
from tresen.channels.contract import Unreadable
from tresen.channels.feeds import Page, Stale, Stopped, Told
from tresen.channels.http import HeldBack, HttpOutcome, Unanswered
from tresen.channels.order_news import StockNotice
from tresen.fakes.amazon import FakeAmazon
from tresen.fakes.sales import Shelved

SLOWLY = {"getInventorySummaries": (1000.0, 1000.0)}


def shelved(count: int) -> FakeAmazon:
    fake = account(rates=SLOWLY, a_page=2)
    fake.world.fill(
        stock=[
            Shelved(sku=f"LW-{number}", item=f"B{number:09}", title="Lamp", available=number, changed_at=ago(days=9))
            for number in range(count)
        ]
    )
    return fake


def test_all_there_is_is_read_by_pages() -> None:
    fake = shelved(7)

    found = parsed(read_all(FEED, store(fake), last_days()))

    assert [
        (one.sku, one.item_id, one.title, one.available, one.reserved, one.inbound)
        for one in found
        if isinstance(one, StockNotice)
    ] == [(one.sku, one.item, one.title, one.available, 0, 0) for one in fake.world.stock.values()]


def test_many_pages_are_read_in_several_steps() -> None:
    access = store(shelved(25))

    first = FEED.read(access, last_days(), "")
    assert isinstance(first, Page)
    second = FEED.read(access, last_days(), first.next)
    assert isinstance(second, Page)

    assert (len(first.told), len(second.told), second.next) == (10, 3, "")


def test_a_place_that_amazon_has_forgotten_begins_anew() -> None:
    assert FEED.read(store(shelved(7)), last_days(), "old") == Stale()


def test_what_was_read_before_amazon_had_enough_is_kept() -> None:
    page = answer(200, b'{"payload": {"granularity": {}, "inventorySummaries": []}, "pagination": {"nextToken": "n"}}')
    held = HeldBack(after=timedelta(seconds=5), reason="429")

    step = FEED.read(store(answers=[page, held]), last_days(), "")

    assert isinstance(step, Page)
    assert (len(step.told), step.next, step.after) == (1, "n", timedelta(seconds=5))


@pytest.mark.parametrize(
    ("outcome", "reconnect"),
    [
        (answer(401), True),
        (answer(403), False),
        (answer(500), False),
        (answer(200, b"?"), False),
        (HeldBack(after=timedelta(seconds=5), reason="429"), False),
        (Unanswered(reason="silence"), False),
    ],
)
def test_where_nothing_is_read_it_is_said_why(outcome: HttpOutcome, *, reconnect: bool) -> None:
    step = FEED.read(store(answers=[outcome]), last_days(), "")

    assert isinstance(step, Stopped)
    assert step.reconnect is reconnect


def test_a_product_is_told_as_it_stands() -> None:
    summary = {
        "sellerSku": "LW-1",
        "asin": "B0BIRCH001",
        "totalQuantity": 90,
        "inventoryDetails": {
            "fulfillableQuantity": 50,
            "inboundWorkingQuantity": 1,
            "inboundShippedQuantity": 2,
            "reservedQuantity": {"totalReservedQuantity": 30},
        },
    }
    body = json.dumps({"payload": {"inventorySummaries": [summary, {"sellerSku": 5}, "?"]}}).encode()

    found = list(CONNECTOR.parse(payload(Told(about="stock", body=body))))

    assert found[0] == StockNotice(sku="LW-1", at=RECEIVED, available=50, item_id="B0BIRCH001", reserved=30, inbound=3)
    assert [type(one) for one in found[1:]] == [Unreadable, Unreadable]
