"""An agent says which orders a ticket concerns; what comes later obeys."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed, understood
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import IdentityKind
from tresen.channels.order_news import FulfilledBy, OrderSnapshot, OrderState
from tresen.intake.filing import file
from tresen.orders.models import Order
from tresen.sla.editing import add_policy
from tresen.sla.models import Clock
from tresen.stores.models import Store
from tresen.tickets.concerning import confirm_order, remove_order
from tresen.tickets.models import RemovedOrder, Ticket, TicketEvent, TicketOrder

pytestmark = pytest.mark.django_db
NUMBER = "27-11111-22222"
LATER = MONDAY + timedelta(minutes=5)


def wrote(store: Store, *orders: str, minutes: int = 0) -> Ticket:
    message = a_message(
        sender="ida_m", kind=IdentityKind.USERNAME, orders=orders, at=MONDAY + timedelta(minutes=minutes)
    )
    (filing,) = filed(store, message)
    return Ticket.objects.get(pk=filing.ticket.id)


def told(store: Store, number: str = NUMBER, **more: object) -> Order:
    known: dict[str, object] = {"state": OrderState.OPEN, "currency": "EUR", "total": 4990, "ordered_at": MONDAY}
    file([understood(store, OrderSnapshot(number=number, changed_at=MONDAY, **{**known, **more}))], at=MONDAY)  # type: ignore[arg-type]
    return Order.objects.get(number=number)


@pytest.fixture
def store() -> Store:
    return a_store("ebay", "ebay.de")


def events(ticket: Ticket, kind: str) -> list[object]:
    return list(TicketEvent.objects.filter(ticket=ticket, kind=kind).values_list("facts", flat=True))


def confirm(ticket: Ticket, number: str = NUMBER) -> None:
    confirm_order(ticket.pk, store_id=ticket.store_id, number=number, by=SYSTEM, at=LATER)


def remove(ticket: Ticket, number: str = NUMBER) -> None:
    remove_order(ticket.pk, store_id=ticket.store_id, number=number, by=SYSTEM, at=LATER)


def test_confirmed_it_is_the_tickets_order_and_said_twice_it_is_recorded_once(store: Store) -> None:
    order, ticket = told(store), wrote(store)
    confirm(ticket)
    confirm(ticket)

    named = TicketOrder.objects.get(ticket=ticket)
    assert (named.order, named.source, named.primary) == (order, "agent", True)
    assert events(ticket, "order_confirmed") == [{"order": order.pk}]


def test_what_counts_for_the_ticket_follows_the_order(store: Store) -> None:
    hour = {"first_reply": {"minutes": 60, "hours": "always"}}
    start = MONDAY - timedelta(days=1)
    add_policy(name="All", conditions={}, targets=hour, by=SYSTEM, at=start)
    conditions = {"fulfilled_by": ["platform"]}
    add_policy(name="FBA", conditions=conditions, targets=hour, by=SYSTEM, at=start, position=1)
    told(store, fulfilled_by=FulfilledBy.PLATFORM)
    ticket = wrote(store)

    def counts() -> int | None:
        return Clock.objects.get(kind="own", ticket=ticket).policy_version_id

    before = counts()
    confirm(ticket)
    attached = counts()
    remove(ticket)

    assert attached != before
    assert counts() == before


def test_removed_no_later_message_attaches_it_again(store: Store) -> None:
    order = told(store)
    ticket = wrote(store, NUMBER)
    remove(ticket)
    remove(ticket)

    assert wrote(store, NUMBER, minutes=5) != ticket
    assert not TicketOrder.objects.filter(ticket=ticket, number=NUMBER).exists()
    assert events(ticket, "order_removed") == [{"order": order.pk}]


def test_a_message_that_comes_here_for_another_reason_does_not_bring_it_back(store: Store) -> None:
    ticket = wrote(store, NUMBER, "27-33333-33333")
    remove(ticket)

    assert wrote(store, "27-33333-33333", NUMBER, minutes=5) == ticket
    assert list(TicketOrder.objects.filter(ticket=ticket).values_list("number", flat=True)) == ["27-33333-33333"]


def test_an_order_that_is_told_of_later_stays_removed(store: Store) -> None:
    ticket = wrote(store, NUMBER)
    remove(ticket)
    assert events(ticket, "order_removed") == [{"order": None}]

    told(store)

    assert not TicketOrder.objects.filter(ticket=ticket).exists()
    assert events(ticket, "order_found") == []


def test_confirmed_after_all_it_is_back(store: Store) -> None:
    told(store)
    ticket = wrote(store, NUMBER)
    remove(ticket)
    confirm(ticket)

    assert TicketOrder.objects.get(ticket=ticket).source == "agent"
    assert not RemovedOrder.objects.exists()


def test_what_the_buyer_writes_about_a_confirmed_order_comes_to_its_ticket(store: Store) -> None:
    told(store)
    ticket = wrote(store)
    confirm(ticket)

    assert wrote(store, NUMBER, minutes=5) == ticket


def test_somebody_else_who_names_it_is_not_let_in(store: Store) -> None:
    told(store)
    ticket = wrote(store)
    confirm(ticket)
    stranger = a_message(sender="kai", kind=IdentityKind.EMAIL, orders=(NUMBER,), at=LATER)
    (filing,) = filed(store, stranger)

    assert filing.ticket.id != ticket.pk
