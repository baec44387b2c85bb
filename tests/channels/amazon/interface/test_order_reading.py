"""Orders are asked for window by window and page by page, and never lost."""

import json
from datetime import timedelta
from urllib.parse import quote

import pytest

from tests.channels.amazon.interface.stores import FAST, account, ago, answer, last_days, parsed, read_all, sale, store
from tests.channels.specifications.documents import needs_specifications
from tests.channels.specifications.interface import Interface
from tresen.channels.amazon.interface.order_reading import DOOR, FEED, read_order, read_orders
from tresen.channels.feeds import Page, Stale, Stopped, Window
from tresen.channels.http import HeldBack, HttpOutcome, Unanswered, Unreached
from tresen.channels.order_door import NoSuchOrder, OrderRef
from tresen.channels.order_news import OrderSnapshot
from tresen.timekeeping import wall

NUMBERS = [f"303-1000001-20000{number:02}" for number in range(1, 8)]


def orders_in(found: list[object]) -> list[str]:
    return [one.number for one in found if isinstance(one, OrderSnapshot)]


def test_all_orders_of_a_window_are_read_by_pages() -> None:
    fake = account(*(sale(number) for number in NUMBERS), a_page=3, rates=FAST)
    access = store(fake)

    told = read_all(FEED, access, last_days())

    assert [len(json.loads(one.body)["orders"]) for one in told] == [3, 3, 1]
    assert orders_in(parsed(told)) == NUMBERS


def test_a_reader_may_die_anywhere_and_ask_for_a_step_twice() -> None:
    fake = account(*(sale(number) for number in NUMBERS), a_page=3, rates=FAST)
    window = last_days()
    first = read_orders(store(fake), window, "")
    assert isinstance(first, Page)

    again, second = (read_orders(store(fake), window, place) for place in ("", first.next))
    assert isinstance(again, Page)
    assert isinstance(second, Page)

    assert again.told == first.told
    third = read_orders(store(fake), window, second.next)
    assert isinstance(third, Page)
    found = parsed([*first.told, *again.told, *second.told, *third.told])
    assert list(dict.fromkeys(orders_in(found))) == NUMBERS
    assert third.next == ""


def test_what_is_younger_than_amazon_tells_of_is_left_to_the_next_window() -> None:
    fake = account(sale(changed_at=ago(seconds=30)), sale(NUMBERS[1]), rates=FAST)

    assert orders_in(parsed(read_all(FEED, store(fake), last_days()))) == [NUMBERS[1]]


def test_two_windows_leave_no_gap_between_them() -> None:
    fake = account(*(sale(number, changed_at=ago(minutes=30 + place)) for place, number in enumerate(NUMBERS)))
    middle = ago(minutes=31)
    windows = [Window(since=ago(hours=2), until=middle), Window(since=middle, until=wall.now())]

    told = [one for window in windows for one in read_all(FEED, store(fake), window)]

    assert sorted(set(orders_in(parsed(told)))) == NUMBERS


def test_a_place_that_is_not_known_any_more_begins_the_window_anew() -> None:
    assert read_orders(store(answers=[answer(400, b'{"errors": []}')]), last_days(), "old") == Stale()
    assert read_orders(store(account(rates=FAST)), last_days(), "old") == Stale()


@pytest.mark.parametrize(
    ("outcome", "reconnect"),
    [
        (answer(400, b'{"errors": []}'), False),
        (answer(401), True),
        (answer(403, b'{"errors": []}'), False),
        (answer(500), False),
        (answer(200, b"<html>"), False),
        (answer(200, b'{"orders": 5}'), False),
        (HeldBack(after=timedelta(minutes=3), reason="429"), False),
        (Unreached(reason="no way"), False),
        (Unanswered(reason="silence"), False),
    ],
)
def test_where_nothing_is_read_it_is_said_why_and_until_when(outcome: HttpOutcome, *, reconnect: bool) -> None:
    step = read_orders(store(answers=[outcome]), last_days(), "")

    assert isinstance(step, Stopped)
    assert step.reconnect is reconnect
    assert step.after >= timedelta(minutes=1)


def test_more_requests_than_allowed_are_refused_with_the_rate() -> None:
    fake = account(sale(), rates={"searchOrders": (0.0056, 1)})
    access = store(fake)
    read_all(FEED, access, last_days())

    assert isinstance(read_orders(access, last_days(), ""), Stopped)


def test_one_order_is_read_whole() -> None:
    access = store(account(sale()))

    told = DOOR.read(OrderRef(number="303-1000001-2000001"), access)

    assert isinstance(told, tuple)
    assert orders_in(parsed(told)) == ["303-1000001-2000001"]


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (answer(404), NoSuchOrder),
        (answer(400), NoSuchOrder),
        (answer(401), Stopped),
        (answer(503), Stopped),
        (HeldBack(after=timedelta(seconds=2), reason="429"), Stopped),
        (Unanswered(reason="silence"), Stopped),
    ],
)
def test_an_order_that_is_not_read_says_why(outcome: HttpOutcome, expected: type) -> None:
    assert isinstance(read_order(OrderRef(number="303-1000001-2000001"), store(answers=[outcome])), expected)


def test_an_order_that_amazon_does_not_know_is_none() -> None:
    assert read_order(OrderRef(number="303-0000000-0000000"), store(account())) == NoSuchOrder()


@pytest.mark.parametrize("number", ["../../sellers/v1/account", "303 / 1", "303?x=1#y"])
def test_a_number_that_was_typed_wrong_leads_nowhere_else(number: str) -> None:
    access = store(account(sale()))

    assert read_order(OrderRef(number=number), access) == NoSuchOrder()
    assert access.way.asked[-1].address.partition("/orders/2026-01-01/orders/")[2] == quote(number, safe="")


@needs_specifications
def test_the_specifications_own_page_is_read() -> None:
    interface = Interface("amazon/models/orders_2026-01-01.json")
    (example,) = interface.examples("get", "/orders/2026-01-01/orders")
    access = store(answers=[answer(200, json.dumps(example).encode())])

    step = read_orders(access, last_days(), "")

    assert isinstance(step, Page)
    assert orders_in(parsed(step.told)) == ["123-4567890-1234567"]
    assert step.next
