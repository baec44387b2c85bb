"""How many conversations a store may begin. The console's limits: 20 a day, three for an order, within 90 days."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.factories.first_messages import WRITTEN, begun, first
from tests.factories.shops import a_store, an_agent
from tresen.accounts.actors import Actor
from tresen.orders.models import Order
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.settling import CannotSettle, send_again
from tresen.replies.answering import withdraw
from tresen.replies.starting import CannotStart
from tresen.stores.models import Store
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def console(db: None) -> Store:
    return a_store("console", "")


def an_order(store: Store, number: int = 1, *, days_ago: int = 1) -> Order:
    ordered = WRITTEN - timedelta(days=days_ago)
    return Order.objects.create(
        store=store,
        brand=store.brand,
        number=f"#{number}",
        state="open",
        currency="EUR",
        total=4990,
        ordered_at=ordered,
        changed_at=ordered,
    )


def wrote(order: Order, by: Actor, *, at: object = WRITTEN) -> Delivery:
    return begun(order, by, first(f"Hello {uuid4()}", opening="message"), at=at)


def test_so_many_about_an_order(console: Store) -> None:
    order, by = an_order(console), Actor.agent(an_agent(console.default_team).pk)
    delivery, *_ = [wrote(order, by) for _ in range(3)]

    with pytest.raises(CannotStart, match="takes 3 messages of this kind"):
        wrote(order, by)

    withdraw(delivery.message_id, by=by, at=WRITTEN)
    assert wrote(order, by)


def test_so_many_a_day_and_again_a_day_later(console: Store) -> None:
    by = Actor.agent(an_agent(console.default_team).pk)
    for number in range(20):
        wrote(an_order(console, number), by)
    order = an_order(console, 20)

    with pytest.raises(CannotStart, match="as many conversations today"):
        wrote(order, by, at=WRITTEN + timedelta(hours=23))
    assert wrote(order, by, at=WRITTEN + timedelta(hours=24, seconds=1))


def test_only_so_long_after_the_order(console: Store) -> None:
    with pytest.raises(CannotStart, match="Too late"):
        wrote(an_order(console, days_ago=91), Actor.agent(an_agent().pk))


def test_what_was_refused_is_not_sent_again_over_the_limit(console: Store) -> None:
    order, by = an_order(console), Actor.agent(an_agent(console.default_team).pk)
    refused = wrote(order, by)
    Delivery.objects.filter(pk=refused.pk).update(state=DeliveryState.REFUSED)
    for _ in range(3):
        wrote(order, by)

    with pytest.raises(CannotSettle, match="takes 3 messages of this kind"):
        send_again(refused.pk, by=by, at=WRITTEN)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_take_more_than_is_allowed() -> None:
    store = a_store("console", "")
    by = Actor.agent(an_agent(store.default_team).pk)
    order = an_order(store)

    def attempt(number: int) -> bool:
        try:
            begun(order, by, first(f"Hello {number}", opening="message"))
        except CannotStart:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(attempt, range(8)))

    assert sum(taken) == Delivery.objects.count() == 3
    assert Ticket.objects.count() == 1
