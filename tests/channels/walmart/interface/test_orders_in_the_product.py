"""Orders as the whole product keeps them: beside the ticket of a mail that names one, and what is done about them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.channels.payloads import recorded
from tests.factories.acting import asked, somebody
from tests.factories.messages import filed
from tests.factories.sales import AT, a_sale
from tests.factories.shops import MONDAY, a_store
from tests.factories.told import told_of
from tresen.accounts.actors import SYSTEM
from tresen.actions.asking import Wanted
from tresen.actions.deciding import it_was_not_done
from tresen.actions.looking import look_for_actions
from tresen.actions.models import Action, ActionState
from tresen.actions.performing import perform_due
from tresen.channels.order_door import ActionLine, OrderAction
from tresen.channels.walmart import CONNECTOR
from tresen.channels.walmart.interface.refunding import OTHER_REFUND
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.sales import Line
from tresen.fakes.serving import Account, running
from tresen.fakes.walmart import CLIENT_ID, CLIENT_SECRET, FakeWalmart
from tresen.fakes.world import World
from tresen.intake.asked_orders import read_asked
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.stores.platform_connecting import Entered, connect_store
from tresen.tickets.models import Ticket, TicketOrder

pytestmark = pytest.mark.django_db

NUMBER, ORDER = "2000000000555", "1796270000555"
"""The customer's order that the recorded mail names, and Walmart's purchase order for it."""
DUE = AT + timedelta(seconds=10)
LATER = DUE + timedelta(minutes=10)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> World:
    world = World(clock=lambda: AT)
    lines = [
        Line(id="l-1", sku="BS-1", item="100000555", title="Birch stool", quantity=1, price=4990),
        Line(id="l-2", sku="BS-2", item="100000556", title="Cushion", quantity=2, price=1990),
    ]
    world.fill(sales=[a_sale(NUMBER, id=ORDER, lines=lines, currency="USD")])
    return world


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(world: World, faults: Faults) -> Iterator[Store]:
    walmart = FakeWalmart(world)
    walmart.split.add(NUMBER)
    with running([Account(name="seller", fake=walmart, faults=faults)]) as served:
        connected = a_store("walmart", "walmart.com")
        settings = {"client_id": CLIENT_ID, "address": f"{served}/seller"}
        connect_store(
            connected.pk,
            Entered(settings=settings, secrets={"client_secret": CLIENT_SECRET}),
            by=SYSTEM,
            at=MONDAY,
        )
        told_of(connected)
        yield connected


@pytest.fixture
def ticket(store: Store) -> Ticket:
    filed(store, *CONNECTOR.parse(recorded("walmart/message_text.eml")))
    return Ticket.objects.get()


def order() -> Order:
    return Order.objects.get(number=NUMBER)


def shipped(ticket: Ticket) -> Action:
    return asked(ticket, order(), Wanted(kind=OrderAction.MARK_SHIPPED, carrier="UPS", tracking="1Z1"))


def test_a_mail_finds_the_order_it_names_with_all_its_purchase_orders(ticket: Ticket) -> None:
    assert TicketOrder.objects.get(ticket=ticket, number=NUMBER).order == order()
    assert [line.title for line in order().lines.order_by("position")] == ["Birch stool", "Cushion"]


def test_a_parcel_and_then_money_for_a_line_reach_walmart_once(ticket: Ticket, world: World) -> None:
    parcel = shipped(ticket)
    assert perform_due(DUE) == 1
    read_asked(DUE + MINUTE)
    parse_kept(DUE + MINUTE)
    line = ActionLine(external_id=f"{ORDER}1/1", quantity=0, amount=990)
    refund = asked(ticket, order(), Wanted(kind=OrderAction.REFUND, lines=[line], reason="DamagedItem"))
    assert perform_due(LATER) == 1

    assert {Action.objects.get(pk=one.pk).state for one in (parcel, refund)} == {ActionState.DONE}
    sale = world.sale(NUMBER)
    assert [piece.shipped for piece in sale.lines] == [1, 2]
    assert [(one.amount, one.line) for one in sale.refunds] == [(990, "l-1")]
    read_asked(LATER + MINUTE)
    parse_kept(LATER + MINUTE)
    assert order().refunds.get().amount == 990


def test_a_refund_whose_answer_was_lost_is_found_and_not_paid_twice(
    ticket: Ticket, world: World, faults: Faults
) -> None:
    shipped(ticket)
    perform_due(DUE)
    line = ActionLine(external_id=f"{ORDER}1/1", quantity=0, amount=990)
    refund = asked(ticket, order(), Wanted(kind=OrderAction.REFUND, lines=[line], reason="DamagedItem"))
    faults.demand([Fault.NONE, Fault.SILENT_AFTER])
    perform_due(LATER)
    assert Action.objects.get(pk=refund.pk).state == ActionState.UNCERTAIN

    look_for_actions(LATER + timedelta(minutes=10))

    assert Action.objects.get(pk=refund.pk).state == ActionState.DONE
    assert [one.amount for one in world.sale(NUMBER).refunds] == [990]


def test_where_walmart_shows_another_refund_a_person_decides_and_it_is_not_read_for_ever(
    ticket: Ticket, world: World, faults: Faults
) -> None:
    shipped(ticket)
    perform_due(DUE)
    world.refund(NUMBER, amount=500, reason="Others").line = "l-1"
    line = ActionLine(external_id=f"{ORDER}1/1", quantity=0, amount=990)
    refund = asked(ticket, order(), Wanted(kind=OrderAction.REFUND, lines=[line], reason="DamagedItem"))
    faults.demand([Fault.NONE, Fault.BROKEN])
    perform_due(LATER)

    for hours in range(1, 7):
        look_for_actions(LATER + timedelta(hours=hours))

    refund.refresh_from_db()
    assert (refund.state, refund.answer, refund.next_look_at) == (ActionState.UNCERTAIN, OTHER_REFUND, None)
    it_was_not_done(refund.pk, by=somebody(), at=LATER + timedelta(hours=7))
