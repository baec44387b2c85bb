"""Who decides about a return has answered the case that it is."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.factories.acting import asked, somebody
from tests.factories.sales import AT
from tests.factories.told import a_told_store, asked_world
from tresen.actions.asking import Wanted
from tresen.actions.performing import perform_due
from tresen.channels.cases import CaseKind
from tresen.channels.order_door import OrderAction
from tresen.duties.cases import file_case
from tresen.fakes.world import World
from tresen.intake.asked_orders import ask_for, read_asked
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db
DUE = AT + timedelta(seconds=10)


@pytest.fixture
def world() -> World:
    return asked_world()


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    with a_told_store(world) as connected:
        yield connected


@pytest.mark.parametrize("kind", [OrderAction.APPROVE_RETURN, OrderAction.REFUSE_RETURN])
@pytest.mark.parametrize(("other", "answered"), [("", 1), ("another", 0)])
def test_a_return_that_was_decided_answers_the_case_of_its_number(
    store: Store, world: World, kind: OrderAction, other: str, answered: int
) -> None:
    ticket = Ticket.objects.get(store=store)
    order = Order.objects.get(tickets__ticket=ticket)
    back = world.ask_for_return(order.number, reason="RETURN_BROKEN_ITEM")
    ask_for([(order.store_id, order.number)], at=DUE, whatever_is_known=True)
    read_asked(DUE)
    parse_kept(DUE)
    case = file_case(ticket.pk, kind=CaseKind.RETURN_REQUEST, external_id=other or back.id, by=somebody(), at=AT)
    reason = "RETURN_REJECTION_NOT_NEEDED" if kind is OrderAction.REFUSE_RETURN else ""
    asked(ticket, order, Wanted(kind=kind, return_id=back.id, reason=reason))

    assert perform_due(DUE) == 1

    case.refresh_from_db()
    assert case.state == ("answered" if answered else "open")
    assert TicketEvent.objects.filter(ticket=ticket, kind="case_answered", actor_kind="agent").count() == answered
