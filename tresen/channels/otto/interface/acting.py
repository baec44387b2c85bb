"""What OTTO lets a seller do about an order."""

from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import (
    CANCEL_REASONS,
    ActionOffer,
    ActionResult,
    ActionWanted,
    Done,
    NotDone,
    OrderAction,
)
from tresen.channels.otto.interface import asking, deciding, refunding, shipping
from tresen.channels.otto.interface.one_order import looked, not_read, order_of, post
from tresen.channels.otto.interface.orders import ANNOUNCED, CANCELLED, PROCESSABLE
from tresen.channels.outbound import Refused, StoreAccess

NOT_RELEASED = "OTTO has not released this order, or nothing of it waits any more: it cannot be cancelled."
SAYS = (NOT_RELEASED, *shipping.SAYS, *refunding.SAYS)


def _cancel(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """All that waits to be shipped; OTTO takes no reason."""
    order = order_of(wanted, access)
    if isinstance(order, Stopped):
        return not_read(order)
    states = {one.fulfillment_status for one in order.position_items}
    if PROCESSABLE not in states or ANNOUNCED in states:
        return Refused(reason=NOT_RELEASED)
    outcome = post(access, f"/v4/orders/{asking.safe(order.sales_order_id)}/cancellation")
    return Done() if isinstance(outcome, HttpResponse) else outcome


def _was_cancelled(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    return looked(wanted, access, lambda items: all(one.fulfillment_status in CANCELLED for one in items))


ACTIONS = {
    OrderAction.REFUND: refunding.REDUCING,
    OrderAction.CANCEL: ActionOffer(
        perform=_cancel,
        look=_was_cancelled,
        reasons=CANCEL_REASONS,
        whole=True,
        says=("OTTO cancels only what the buyer has paid for and nobody has shipped.",),
    ),
    OrderAction.MARK_SHIPPED: shipping.SHIPPING,
    OrderAction.APPROVE_RETURN: deciding.ACCEPTING,
    OrderAction.REFUSE_RETURN: deciding.REJECTING,
}
