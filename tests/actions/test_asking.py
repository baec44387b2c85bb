"""What can be wanted, by whom, and how much of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests.factories.acting import a_refund, asked, somebody
from tests.factories.sales import AT
from tests.resilience.worker import wait_until
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Role
from tresen.actions.asking import CannotAct, Wanted, offers_for, paid_at_once
from tresen.actions.models import Action, ActionState
from tresen.actions.remaining import left_to_refund
from tresen.channels.order_door import OrderAction
from tresen.fakes.world import World
from tresen.orders.models import Order, Return
from tresen.stores.adding import set_shadow
from tresen.stores.models import Store
from tresen.stores.platform_connecting import cut_off_store
from tresen.tickets.locking import locked
from tresen.tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db


def test_within_ones_limit_it_is_on_its_way(ticket: Ticket, order: Order) -> None:
    action = asked(ticket, order)

    assert (action.state, action.amount, action.currency) == (ActionState.QUEUED, 990, "EUR")
    event = TicketEvent.objects.get(ticket=ticket, kind="action_asked")
    assert event.facts == {
        "action": action.pk,
        "action_kind": "refund",
        "order": order.pk,
        "amount": 990,
        "currency": "eur",
        "reason": "refund_late",
        "waits": False,
    }


def test_above_it_somebody_else_must_agree(ticket: Ticket, order: Order) -> None:
    action = asked(ticket, order, a_refund(order, 5001))

    assert (action.state, action.next_attempt_at) == (ActionState.ASKED, None)


@pytest.mark.parametrize(("role", "state"), [(Role.LEAD, ActionState.QUEUED), (Role.ADMIN, ActionState.QUEUED)])
def test_who_may_give_back_more_waits_for_nobody(ticket: Ticket, order: Order, role: Role, state: str) -> None:
    assert asked(ticket, order, a_refund(order, 9980), by=somebody(role)).state == state


@pytest.mark.django_db(transaction=True)
def test_it_holds_no_ticket_while_it_waits_for_an_order(ticket: Ticket, order: Order) -> None:
    """What a platform tells takes the order first and its ticket afterwards: neither may wait for the other."""

    def ask_beside() -> Action:
        try:
            return asked(ticket, order)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as beside:
        with transaction.atomic():
            Order.objects.select_for_update(no_key=True).get(pk=order.pk)
            asking = beside.submit(ask_beside)
            wait_until(somebody_waits)
            locked(ticket.pk)

        assert asking.result(30).state == ActionState.QUEUED


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_the_same_key_is_the_same_action(ticket: Ticket, order: Order) -> None:
    key = uuid4()
    first, second = asked(ticket, order, key=key), asked(ticket, order, key=key)

    assert first == second
    assert Action.objects.count() == 1


def test_never_more_goes_back_than_was_paid(ticket: Ticket, order: Order) -> None:
    lead = somebody(Role.LEAD)
    asked(ticket, order, a_refund(order, 9000), by=lead)
    assert left_to_refund(order) == 980

    with pytest.raises(CannotAct, match="more than is left"):
        asked(ticket, order, a_refund(order, 981), by=lead)
    asked(ticket, order, a_refund(order, 980), by=lead)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (Wanted(kind=OrderAction.REFUND), "reason"),
        (Wanted(kind=OrderAction.REFUND, reason="REFUND_LATE"), "how much"),
        (Wanted(kind=OrderAction.MARK_SHIPPED, carrier="DHL"), "tracking number"),
        (Wanted(kind=OrderAction.APPROVE_RETURN, return_id="r1"), "Nobody waits"),
    ],
)
def test_what_is_not_all_said_is_not_done(ticket: Ticket, order: Order, wanted: Wanted, sentence: str) -> None:
    with pytest.raises(CannotAct, match=sentence):
        asked(ticket, order, wanted)
    assert not Action.objects.exists()


def test_a_line_that_the_order_does_not_have_gets_no_money(ticket: Ticket, order: Order) -> None:
    wanted = a_refund(order)
    order.lines.update(external_id="another")

    with pytest.raises(CannotAct, match="no such line"):
        asked(ticket, order, wanted)


def test_an_order_of_another_ticket_is_left_alone(ticket: Ticket, order: Order) -> None:
    ticket.orders.all().delete()

    with pytest.raises(CannotAct, match="does not belong"):
        asked(ticket, order)


def test_a_store_that_only_watches_does_nothing(ticket: Ticket, order: Order, store: Store) -> None:
    set_shadow(store.pk, shadow=True, by=SYSTEM, at=AT)

    with pytest.raises(CannotAct, match="only watches"):
        asked(ticket, order)


def test_a_store_that_is_cut_off_offers_nothing(ticket: Ticket, order: Order, store: Store) -> None:
    assert OrderAction.REFUND in offers_for(store)
    cut_off_store(store.pk, by=SYSTEM, at=AT)

    assert offers_for(store) == {}
    with pytest.raises(CannotAct, match="does not offer"):
        asked(ticket, order)


def test_what_is_being_cancelled_is_not_cancelled_again(ticket: Ticket, order: Order, world: World) -> None:
    cancel = Wanted(kind=OrderAction.CANCEL, reason="buyer")
    asked(ticket, order, cancel, by=somebody(Role.ADMIN))

    with pytest.raises(CannotAct, match="already"):
        asked(ticket, order, cancel, by=somebody(Role.ADMIN))


@pytest.mark.parametrize(("told", "pays"), [(1200, 1200), (0, 0), (99_999, 8980), (None, 4990)])
def test_what_approving_a_return_pays_is_what_the_platform_says_else_what_it_cost(
    order: Order, told: int | None, pays: int
) -> None:
    line = order.lines.get()
    order.lines.update(sku="LW-1", price=4990)
    order.refunds.create(external_id="r1", amount=1000, reason="", refunded_at=AT)
    Return.objects.create(
        store=order.store,
        brand=order.brand,
        order=order,
        order_number=order.number,
        external_id="ret-1",
        state="requested",
        items=[f"1 × LW-1 {line.title}"],
        pays=told,
        requested_at=AT,
        changed_at=AT,
    )

    assert paid_at_once(order, "ret-1", offers_for(order.store)[OrderAction.APPROVE_RETURN]) == 0
    paying = replace(offers_for(order.store)[OrderAction.APPROVE_RETURN], pays_line=True)
    assert paid_at_once(order, "ret-1", paying) == pays
