"""Orders as the whole product keeps them: found by alias or number, and what is done about them, once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.payloads import recorded
from tests.factories.acting import asked, somebody
from tests.factories.connected import an_otto_store
from tests.factories.messages import filed
from tests.factories.sales import AT, IDA, a_sale
from tests.factories.told import take_in, told_of
from tresen.accounts.models import Role
from tresen.accounts.scope import EVERYTHING
from tresen.actions.asking import CannotAct, Wanted
from tresen.actions.looking import look_for_actions
from tresen.actions.models import Action, ActionState
from tresen.actions.performing import perform_due
from tresen.actions.remaining import left_to_refund
from tresen.channels.contract import InboundMessage
from tresen.channels.order_door import ActionLine, OrderAction
from tresen.channels.order_news import ReturnState
from tresen.channels.otto import CONNECTOR
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.otto import FakeOtto
from tresen.fakes.otto.orders import alias_of
from tresen.fakes.sales import Line
from tresen.fakes.world import World
from tresen.intake.asked_orders import read_asked
from tresen.orders.models import Order
from tresen.replies.starting import hindrance_to_start
from tresen.stores.models import Store
from tresen.tickets.candidates import candidates_of
from tresen.tickets.models import Ticket, TicketOrder

pytestmark = pytest.mark.django_db

NUMBER, ORDER = "kx7b000555", "5f0c8a10-0000-4000-8000-000000000555"
DUE = AT + timedelta(seconds=10)
LATER = DUE + timedelta(minutes=10)


@pytest.fixture
def world() -> World:
    world = World(clock=lambda: AT)
    lines = [Line(id="l-1", sku="LW-01", item="A-4711", title="Lampe Mira", quantity=2, price=4990)]
    world.fill(sales=[a_sale(NUMBER, id=ORDER, lines=lines)])
    return world


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(world: World, faults: Faults) -> Iterator[Store]:
    with an_otto_store(FakeOtto(world), faults=faults) as connected:
        told_of(connected)
        yield connected


@pytest.fixture
def ticket(store: Store) -> Ticket:
    filed(store, *CONNECTOR.parse(recorded("otto/names_its_order.eml")))
    return Ticket.objects.get()


@pytest.fixture
def shipped(world: World, ticket: Ticket) -> Ticket:
    """The order has left, and that is known here."""
    world.ship(NUMBER, carrier="HERMES", tracking="H1")
    read_anew(AT + timedelta(minutes=6))
    return ticket


def order() -> Order:
    return Order.objects.get(number=NUMBER)


def read_anew(at: object) -> None:
    """The feeds are read, and what they name."""
    take_in(at)  # type: ignore[arg-type]
    read_asked(at)  # type: ignore[arg-type]
    take_in(at)  # type: ignore[arg-type]


def wants(kind: OrderAction, **more: object) -> Wanted:
    return Wanted(kind=kind, **more)  # type: ignore[arg-type]


def test_a_mail_finds_the_order_it_names(ticket: Ticket) -> None:
    assert TicketOrder.objects.get(ticket=ticket, number=NUMBER).order == order()


def test_a_mail_without_a_number_is_offered_the_order_of_its_alias(store: Store) -> None:
    (told,) = CONNECTOR.parse(recorded("otto/answers_without_a_number.eml"))
    assert isinstance(told, InboundMessage)
    alias = alias_of(IDA)
    filed(store, replace(told, sender=replace(told.sender, key=alias, reply_to=alias), thread_keys=()))

    ticket = Ticket.objects.get()
    assert [one.order for one in candidates_of([ticket.pk], scope=EVERYTHING)[ticket.pk]] == [order().pk]
    assert not TicketOrder.objects.filter(ticket=ticket).exists()


def test_an_order_that_left_is_read_whole_without_anybody_asking(shipped: Ticket) -> None:
    parcel = order().fulfilments.get()

    assert (parcel.carrier, parcel.tracking, parcel.said) == ("HERMES", "H1", "ON_THE_WAY")


def test_a_parcel_reaches_otto_once_with_its_way_back(ticket: Ticket, world: World) -> None:
    parcel = wants(
        OrderAction.MARK_SHIPPED,
        carrier="DHL",
        tracking="D1",
        details={"return_carrier": "DHL", "return_tracking": " R1 ", "unasked": "x"},
    )

    action = asked(ticket, order(), parcel)
    assert perform_due(DUE) == 1

    action.refresh_from_db()
    assert (action.state, action.details) == (
        ActionState.DONE,
        {"return_carrier": "DHL", "return_tracking": "R1"},
    )
    assert [(one.carrier, one.tracking) for one in world.sale(NUMBER).parcels] == [("DHL", "D1")]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"carrier": "A cousin with a van"}, "carriers"),
        ({"details": {}}, "Carrier of the return"),
        ({"details": {"return_carrier": "DHL"}}, "Tracking number of the return"),
        ({"details": {"return_carrier": "UPS", "return_tracking": "R1"}}, "Carrier of the return"),
    ],
)
def test_what_otto_would_not_take_is_said_to_who_asks(ticket: Ticket, wrong: dict[str, object], words: str) -> None:
    good = {
        "carrier": "DHL",
        "tracking": "D1",
        "details": {"return_carrier": "DHL", "return_tracking": "R1"},
    }

    with pytest.raises(CannotAct, match=words):
        asked(ticket, order(), wants(OrderAction.MARK_SHIPPED, **{**good, **wrong}))
    assert not Action.objects.exists()


def test_a_reduction_whose_answer_was_lost_is_found_and_not_paid_twice(
    shipped: Ticket, world: World, faults: Faults
) -> None:
    line = ActionLine(external_id="l-1-1", quantity=0, amount=990)
    refund = asked(shipped, order(), wants(OrderAction.REFUND, lines=[line], reason="damaged"))
    faults.demand([Fault.NONE, Fault.NONE, Fault.SILENT_AFTER])
    perform_due(DUE)
    refund.refresh_from_db()
    assert refund.state == ActionState.UNCERTAIN

    look_for_actions(LATER)

    refund.refresh_from_db()
    assert refund.state == ActionState.DONE
    assert [one.amount for one in world.sale(NUMBER).refunds] == [990]


def test_accepting_a_return_pays_at_once_and_so_waits_for_who_may_give_back_so_much(
    shipped: Ticket, world: World
) -> None:
    world.sale(NUMBER).lines[0].price = 14990
    world.ask_for_return(NUMBER, reason="")
    read_anew(AT + timedelta(hours=3))
    accept = wants(
        OrderAction.APPROVE_RETURN,
        return_id="l-1-1",
        reason="RETURN_RECEIVED",
        details={"condition": "A"},
    )

    waiting = asked(shipped, order(), accept)

    assert (waiting.state, waiting.amount) == (ActionState.ASKED, 14990)
    assert left_to_refund(order()) == 14990
    Action.objects.all().delete()
    asked(shipped, order(), accept, by=somebody(Role.LEAD))
    perform_due(AT + timedelta(hours=4))
    sale = world.sale(NUMBER)
    assert (sale.returns[0].state, sale.refunded) == (ReturnState.REFUNDED, 14990)


def test_a_decision_wants_the_condition(shipped: Ticket, world: World) -> None:
    world.ask_for_return(NUMBER, reason="")
    read_anew(AT + timedelta(hours=3))

    for details in ({}, {"condition": "F"}):
        refused = wants(OrderAction.REFUSE_RETURN, return_id="l-1-1", reason="EXCHANGE", details=details)
        with pytest.raises(CannotAct, match="Condition"):
            asked(shipped, order(), refused)


def test_who_would_write_first_reads_why_not(store: Store) -> None:
    refused = hindrance_to_start(order(), scope=EVERYTHING)

    assert refused.startswith("OTTO takes no first messages from here. OTTO restricts what may be written")
