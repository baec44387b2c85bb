"""What platforms tell of orders comes in by the same door as messages."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed, understood
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.order_news import FulfilledBy, OrderSnapshot, OrderState, StockNotice
from tresen.intake.filing import file
from tresen.orders.models import Order, StockLevel
from tresen.sla.editing import add_policy
from tresen.sla.models import Clock
from tresen.tickets.models import Ticket, TicketEvent, TicketOrder

pytestmark = pytest.mark.django_db

NUMBER = "302-1234567-7654321"


def told(number: str = NUMBER, **more: object) -> OrderSnapshot:
    known: dict[str, object] = {
        "changed_at": MONDAY,
        "state": OrderState.OPEN,
        "currency": "EUR",
        "total": 4990,
        "ordered_at": MONDAY - timedelta(days=1),
    }
    return OrderSnapshot(number=number, **{**known, **more})  # type: ignore[arg-type]


@pytest.fixture
def policy_for_the_platforms_own() -> int:
    """Its first version's id; all else counts by another."""
    hour = {"first_reply": {"minutes": 60, "hours": "always"}}
    add_policy(name="All", conditions={}, targets=hour, by=SYSTEM, at=MONDAY - timedelta(days=1))
    conditions = {"fulfilled_by": ["platform"]}
    return add_policy(
        name="FBA", conditions=conditions, targets=hour, by=SYSTEM, at=MONDAY - timedelta(days=1), position=1
    ).pk


def test_an_order_that_a_ticket_had_named_is_found_by_it_once() -> None:
    store = a_store()
    filed(store, a_message(orders=(NUMBER,)))
    assert TicketOrder.objects.get().order is None

    for _ in range(2):
        file([understood(store, told())], at=MONDAY)

    assert TicketOrder.objects.get().order == Order.objects.get()
    found = TicketEvent.objects.get(kind="order_found")
    assert (found.ticket, found.facts) == (Ticket.objects.get(), {"order": Order.objects.get().pk})


def test_what_counts_for_a_ticket_follows_the_order_it_found(policy_for_the_platforms_own: int) -> None:
    store = a_store()
    filed(store, a_message(orders=(NUMBER,)))
    before = Clock.objects.get(kind="own").policy_version_id

    file([understood(store, told(fulfilled_by=FulfilledBy.PLATFORM))], at=MONDAY + timedelta(minutes=5))

    after = Clock.objects.get(kind="own").policy_version_id
    assert before != policy_for_the_platforms_own
    assert after == policy_for_the_platforms_own


def test_an_order_and_a_message_about_it_may_come_in_one_batch() -> None:
    store = a_store()

    file([understood(store, a_message(orders=(NUMBER,))), understood(store, told())], at=MONDAY)

    assert TicketOrder.objects.get().order == Order.objects.get()
    assert not TicketEvent.objects.filter(kind="order_found").exists()


def test_the_same_number_at_another_store_is_another_order() -> None:
    one, other = a_store(), a_store()
    filed(one, a_message(orders=(NUMBER,)))

    file([understood(other, told())], at=MONDAY)

    assert TicketOrder.objects.get().order is None


def test_stock_opens_no_ticket() -> None:
    file([understood(a_store(), StockNotice(sku="LW-1", at=MONDAY, available=3))], at=MONDAY)

    assert StockLevel.objects.get().available == 3
    assert not Ticket.objects.exists()
