"""One bucket for each allowance of a store, shared by all who ask."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.shops import MONDAY, a_store
from tresen.channels.http import Allowance
from tresen.stores.allowances import LONGEST_WAIT, close, left_of, take
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db

ORDERS = Allowance(name="orders", per_second=0.5, burst=3)
SECOND = timedelta(seconds=1)


@pytest.fixture
def store() -> Store:
    return a_store()


def test_a_burst_is_taken_at_once_and_then_as_it_comes_back(store: Store) -> None:
    assert [take(store.pk, ORDERS, cost=1, at=MONDAY) for _ in range(3)] == [None] * 3

    assert take(store.pk, ORDERS, cost=1, at=MONDAY) == 2 * SECOND
    assert take(store.pk, ORDERS, cost=1, at=MONDAY + SECOND) == SECOND
    assert take(store.pk, ORDERS, cost=1, at=MONDAY + 2 * SECOND) is None
    assert take(store.pk, ORDERS, cost=1, at=MONDAY + 2 * SECOND) == 2 * SECOND


def test_a_long_rest_saves_no_more_than_a_burst(store: Store) -> None:
    take(store.pk, ORDERS, cost=3, at=MONDAY)

    later = MONDAY + timedelta(days=1)
    assert [take(store.pk, ORDERS, cost=1, at=later) for _ in range(4)] == [None, None, None, 2 * SECOND]


def test_what_was_not_there_is_not_taken(store: Store) -> None:
    take(store.pk, ORDERS, cost=2, at=MONDAY)

    assert take(store.pk, ORDERS, cost=3, at=MONDAY) == 4 * SECOND
    assert take(store.pk, ORDERS, cost=1, at=MONDAY) is None


def test_a_request_that_costs_more_than_a_burst_waits_for_a_full_bucket(store: Store) -> None:
    take(store.pk, ORDERS, cost=1, at=MONDAY)

    assert take(store.pk, ORDERS, cost=50, at=MONDAY) == 2 * SECOND
    assert take(store.pk, ORDERS, cost=50, at=MONDAY + 2 * SECOND) is None


def test_stores_and_names_have_buckets_of_their_own(store: Store) -> None:
    take(store.pk, ORDERS, cost=3, at=MONDAY)

    assert take(a_store().pk, ORDERS, cost=3, at=MONDAY) is None
    assert take(store.pk, Allowance(name="messages", per_second=1, burst=1), cost=1, at=MONDAY) is None


def test_a_bucket_that_the_platform_closed_stays_closed_until_then(store: Store) -> None:
    close(store.pk, "orders", until=MONDAY + 60 * SECOND)
    close(store.pk, "orders", until=MONDAY + 30 * SECOND)

    assert take(store.pk, ORDERS, cost=1, at=MONDAY) == 60 * SECOND
    assert take(store.pk, ORDERS, cost=1, at=MONDAY + 62 * SECOND) is None


def test_an_allowance_that_never_comes_back_is_asked_for_again_within_a_day(store: Store) -> None:
    slow = Allowance(name="slow", per_second=1e-9, burst=1)
    take(store.pk, slow, cost=1, at=MONDAY)

    assert take(store.pk, slow, cost=1, at=MONDAY) == LONGEST_WAIT


@pytest.mark.django_db(transaction=True)
def test_many_workers_together_take_no_more_than_there_is(store: Store) -> None:
    taken: list[bool] = []

    def ask() -> None:
        try:
            taken.extend(take(store.pk, ORDERS, cost=1, at=MONDAY) is None for _ in range(3))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sum(taken), len(taken)) == (3, 18)


def test_what_is_left_is_told_with_when_it_is_full_again(store: Store) -> None:
    assert left_of(store.pk, at=MONDAY) == []
    take(store.pk, ORDERS, cost=3, at=MONDAY)

    (left,) = left_of(store.pk, at=MONDAY + 2 * SECOND)
    assert (left.name, left.left, left.burst, left.full_after) == ("orders", 1.0, 3.0, 4 * SECOND)

    (left,) = left_of(store.pk, at=MONDAY + 60 * SECOND)
    assert (left.left, left.full_after) == (3.0, 0 * SECOND)


def test_a_bucket_that_the_platform_closed_says_until_when(store: Store) -> None:
    close(store.pk, "orders", until=MONDAY + 30 * SECOND)

    (left,) = left_of(store.pk, at=MONDAY)
    assert left.closed_until == MONDAY + 30 * SECOND

    (left,) = left_of(store.pk, at=MONDAY + 31 * SECOND)
    assert left.closed_until is None
