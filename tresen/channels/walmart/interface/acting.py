"""What Walmart lets a seller do about an order, line by line of its purchase orders.

The order is read before anything is done: Walmart wants the method of shipping, and the tax of what goes back, told.
"""

from tresen.channels.feeds import Stopped
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Done, NotDone, NotTold, OrderAction
from tresen.channels.outbound import Refused, StoreAccess
from tresen.channels.walmart.interface import purchase_orders, refunding, shipping
from tresen.channels.walmart.interface.orders import GONE, OPEN, pieces

SAYS = (
    purchase_orders.NO_SUCH_ORDER,
    refunding.NO_LINES,
    refunding.SEVERAL,
    refunding.GONE,
    refunding.OTHER_REFUND,
    shipping.NOTHING_LEFT,
    shipping.NO_CARRIER,
)


def _cancel(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """All that has not been shipped."""
    parts = purchase_orders.parts_of(wanted, access)
    if isinstance(parts, NotTold | Stopped):
        return purchase_orders.not_read(parts)
    lines = [
        (part, purchase_orders.status_line(line, left, {"status": "Cancelled", "cancellationReason": wanted.reason}))
        for part, line in parts
        if (left := pieces(line, OPEN))
    ]
    return (
        purchase_orders.each_order(access, "cancel", lines, "orderCancellation")
        if lines
        else Refused(reason=shipping.NOTHING_LEFT)
    )


def _was_cancelled(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | NotTold | Stopped:
    """All of it: what has left meanwhile was not cancelled."""
    return purchase_orders.looked(wanted, access, lambda lines: not any(pieces(line, OPEN | GONE) for line in lines))


_REASONS_FOR_CANCELLING = {
    "CUSTOMER_REQUESTED_SELLER_TO_CANCEL": "The customer wants it",
    "SELLER_CANCEL_OUT_OF_STOCK": "It is not in stock",
    "SELLER_CANCEL_ADDRESS_NOT_SERVICEABLE": "Something is wrong with the address",
    "SELLER_CANCEL_PRICING_ERROR": "The price was wrong",
    "SELLER_CANCEL_FRAUD_STOP_SHIPMENT": "It may be a fraud",
}
ACTIONS = {
    OrderAction.REFUND: ActionOffer(
        perform=refunding.refund,
        look=refunding.was_refunded,
        reasons=refunding.REASONS,
        says=("Walmart pays back only for what has been shipped.",),
    ),
    OrderAction.CANCEL: ActionOffer(
        perform=_cancel,
        look=_was_cancelled,
        reasons=_REASONS_FOR_CANCELLING,
        whole=True,
        says=("All that has not been shipped is cancelled.",),
    ),
    OrderAction.MARK_SHIPPED: ActionOffer(
        perform=shipping.ship, look=shipping.was_shipped, says=("Walmart charges the buyer as soon as it is told.",)
    ),
}
