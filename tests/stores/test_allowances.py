"""One bucket for each allowance of a store, shared by all who ask."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.shops import MONDAY, a_store
from tresen.channels.http import Allowance, Spent
from tresen.stores.allowances import LONGEST_WAIT, close, forget, left_of, settle, take
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db

ORDERS = Allowance(name="orders", per_second=0.5, burst=3)
SHARED = ORDERS.of("market app-1")
POINTS = Allowance(name="points", per_second=100, burst=1000)
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


def test_stores_of_one_account_take_from_one_bucket(store: Store) -> None:
    other = a_store()
    take(store.pk, SHARED, cost=2, at=MONDAY)
    take(other.pk, SHARED, cost=1, at=MONDAY)

    assert take(store.pk, SHARED, cost=1, at=MONDAY) == 2 * SECOND
    assert take(other.pk, SHARED, cost=1, at=MONDAY) == 2 * SECOND
    assert take(other.pk, ORDERS.of("market app-2"), cost=1, at=MONDAY) is None
    assert take(store.pk, ORDERS, cost=3, at=MONDAY) is None, "what a store has alone is another"

    alone, shared = sorted(left_of(store.pk, at=MONDAY), key=lambda one: len(one.others))
    assert (alone.others, shared.others) == (frozenset(), {other.pk})


def test_a_pause_that_one_store_is_told_of_holds_for_all_of_the_account(store: Store) -> None:
    other = a_store()
    close(store.pk, SHARED, until=MONDAY + 60 * SECOND)

    assert take(other.pk, SHARED, cost=1, at=MONDAY) == 60 * SECOND


def test_a_store_that_is_let_in_otherwise_shares_no_more(store: Store) -> None:
    other = a_store()
    for one in (store, other):
        take(one.pk, SHARED, cost=1, at=MONDAY)

    forget(other.pk)

    assert left_of(other.pk, at=MONDAY) == []
    (left,) = left_of(store.pk, at=MONDAY)
    assert (left.left, left.others) == (1.0, frozenset())


def test_what_was_taken_and_not_needed_is_given_back(store: Store) -> None:
    take(store.pk, POINTS, cost=400, at=MONDAY)
    settle(store.pk, POINTS, taken=400, spent=Spent(cost=60.0), at=MONDAY)

    (left,) = left_of(store.pk, at=MONDAY)
    assert left.left == 940.0


def test_a_cost_above_the_burst_gives_back_no_more_than_was_there(store: Store) -> None:
    take(store.pk, POINTS, cost=5000, at=MONDAY)
    settle(store.pk, POINTS, taken=5000, spent=Spent(cost=10.0), at=MONDAY + 5 * SECOND)

    (left,) = left_of(store.pk, at=MONDAY + 5 * SECOND)
    assert left.left == 1000.0


def test_a_platform_that_tells_of_less_is_believed_and_one_that_tells_of_more_is_not(store: Store) -> None:
    take(store.pk, POINTS, cost=400, at=MONDAY)
    settle(store.pk, POINTS, taken=400, spent=Spent(cost=400.0, left=1900.0), at=MONDAY)
    assert left_of(store.pk, at=MONDAY)[0].left == 600.0

    settle(store.pk, POINTS, taken=0, spent=Spent(left=50.0), at=MONDAY)
    assert left_of(store.pk, at=MONDAY)[0].left == 50.0
    assert take(store.pk, POINTS, cost=100, at=MONDAY) == SECOND / 2


def test_an_answer_that_says_nothing_of_it_changes_nothing(store: Store) -> None:
    take(store.pk, POINTS, cost=400, at=MONDAY)
    settle(store.pk, POINTS, taken=400, spent=Spent(), at=MONDAY)

    assert left_of(store.pk, at=MONDAY)[0].left == 600.0


def test_a_bucket_that_the_platform_closed_stays_closed_until_then(store: Store) -> None:
    close(store.pk, ORDERS, until=MONDAY + 60 * SECOND)
    close(store.pk, ORDERS, until=MONDAY + 30 * SECOND)

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
    close(store.pk, ORDERS, until=MONDAY + 30 * SECOND)

    (left,) = left_of(store.pk, at=MONDAY)
    assert left.closed_until == MONDAY + 30 * SECOND

    (left,) = left_of(store.pk, at=MONDAY + 31 * SECOND)
    assert left.closed_until is None
