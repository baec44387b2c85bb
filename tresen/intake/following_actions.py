"""What follows from something done about an order: it is read anew, and the case that was the same is answered."""

from collections.abc import Sequence
from datetime import datetime

from tresen.accounts.actors import Actor
from tresen.actions.models import Action
from tresen.channels.cases import CaseKind
from tresen.channels.order_door import OrderAction
from tresen.duties.cases import answer_case
from tresen.intake.asked_orders import ask_for
from tresen.orders.models import Case, CaseState, Order
from tresen.tickets.events import ActionDone
from tresen.tickets.recorded import RecordedEvent


def read_orders_again(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Have the orders of these actions read, in the caller's transaction."""
    done = [entry.event.order for entry in events if isinstance(entry.event, ActionDone)]
    if done:
        orders = Order.objects.filter(pk__in=done).values_list("store_id", "number")
        ask_for(list(orders), at=at, whatever_is_known=True)


def answer_decided_returns(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Who decided about a return at the platform has answered the case of the same number on that ticket."""
    done = {
        entry.event.action: entry
        for entry in events
        if isinstance(entry.event, ActionDone) and entry.event.action_kind in _DECISIONS
    }
    for action in Action.objects.filter(pk__in=done).exclude(return_id="").order_by("pk") if done else ():
        case = Case.objects.filter(
            store=action.store_id,
            kind=CaseKind.RETURN_REQUEST,
            external_id=action.return_id,
            state=CaseState.OPEN,
            tie__ticket=action.ticket_id,
        ).first()
        if case is not None:
            who = Actor.agent(action.asked_by_id) if action.asked_by_id else done[action.pk].by
            answer_case(action.ticket_id, case.pk, by=who, at=at)


_DECISIONS = frozenset({OrderAction.APPROVE_RETURN.value, OrderAction.REFUSE_RETURN.value})
