"""Cancel an order (orderCancel): all money goes back, the goods to stock, and the buyer is told by Shopify.

It is done by a job some time after the answer. Nothing of it can be taken back.
"""

from datetime import datetime

import msgspec

from tresen.channels.feeds import Stopped
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Done, NotDone
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain
from tresen.channels.shopify.acting.answers import CHANGE, changed, looked_at_order, order_id
from tresen.channels.shopify.admin.asking import Question

REASONS = {
    "CUSTOMER": "The customer wants it",
    "INVENTORY": "It is not in stock",
    "DECLINED": "The payment was declined",
    "FRAUD": "It looks like fraud",
    "STAFF": "We made a mistake",
    "OTHER": "Another reason",
}
_CANCEL = Question(
    document="""
mutation Cancel($id: ID!, $reason: OrderCancelReason!) {
  orderCancel(
    orderId: $id
    reason: $reason
    refundMethod: { originalPaymentMethodsRefund: true }
    restock: true
    notifyCustomer: true
  ) {
    job { id }
    orderCancelUserErrors { message }
  }
}
""",
    cost=CHANGE,
)
_LOOK = Question(document="query Cancelled($id: ID!) { order(id: $id) { cancelledAt } }", cost=1)


class _Job(msgspec.Struct, frozen=True):
    id: str


class _Cancelled(msgspec.Struct, frozen=True):
    job: _Job | None = None


class _Order(msgspec.Struct, frozen=True, rename="camel"):
    cancelled_at: datetime | None = None


def perform(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Ask once."""
    id_ = order_id(wanted, access)
    if isinstance(id_, Later | Refused):
        return id_
    reason = wanted.reason if wanted.reason in REASONS else next(iter(REASONS))
    asked = {"id": id_, "reason": reason}
    answer = changed(access, _CANCEL, asked, name="orderCancel", kind=_Cancelled, errors="orderCancelUserErrors")
    if isinstance(answer, Later | Refused | Uncertain):
        return answer
    return Done(external_id=answer.job.id if answer.job else "")


def look(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """Whether the order is cancelled."""
    order = looked_at_order(wanted, access, _LOOK, _Order)
    if isinstance(order, Stopped):
        return order
    return Done() if order.cancelled_at else NotDone()


CANCEL = ActionOffer(
    perform=perform,
    look=look,
    reasons=REASONS,
    whole=True,
    says=(
        "All that was paid goes back to the buyer.",
        "The goods go back to stock.",
        "Shopify tells the buyer by e-mail.",
        "It can’t be taken back at Shopify.",
    ),
)
