"""What can be done about an order: pay back, cancel it, say that it has left. A status is set with PUT /orders/<id>."""

from tresen.channels.answered import to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import (
    CANCEL_REASONS,
    ActionOffer,
    ActionResult,
    ActionWanted,
    Done,
    NotDone,
    NotTold,
    OrderAction,
)
from tresen.channels.outbound import Later, Refused, StoreAccess
from tresen.channels.woocommerce.asking import request
from tresen.channels.woocommerce.looking import looked_at, read_first
from tresen.channels.woocommerce.notes import notes_for_buyer, write
from tresen.channels.woocommerce.refunding import REFUND

_ENDED = frozenset({"completed", "cancelled", "refunded", "trash"})
"""Of a plugin's own status nothing is known: it may be cancelled and completed."""


def _cancel(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    order = read_first(wanted, access)
    if isinstance(order, Later | Refused):
        return order
    if order.status in _ENDED:
        return Refused(reason=f"At the shop the order is {order.status}.")
    return _set(access, order.id, "cancelled")


def _ship(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """First the tracking, as a note to the buyer unless he has it, then that the order is complete."""
    order = read_first(wanted, access)
    if isinstance(order, Later | Refused):
        return order
    if order.status in _ENDED:
        return Refused(reason=f"At the shop the order is {order.status}.")
    if wanted.tracking:
        notes = notes_for_buyer(access, str(order.id))
        if isinstance(notes, Stopped):
            return notes.later()
        if not any(wanted.tracking in one.note for one in notes):
            words = f"{wanted.carrier} {wanted.tracking}".strip()
            noted = write(access, str(order.id), words, by_person=False)
            if not isinstance(noted, HttpResponse):
                return noted
    return _set(access, order.id, "completed")


def _set(access: StoreAccess, order: int, status: str) -> ActionResult:
    answer = to_sender(access.http.send(request(access, "PUT", f"/orders/{order}", told={"status": status})))
    return Done() if isinstance(answer, HttpResponse) else answer


def _was_cancelled(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | NotTold | Stopped:
    order = looked_at(wanted, access)
    if isinstance(order, NotTold | Stopped):
        return order
    return Done() if order.status == "cancelled" else NotDone()


def _was_shipped(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | NotTold | Stopped:
    order = looked_at(wanted, access)
    if isinstance(order, NotTold | Stopped):
        return order
    return Done() if order.status == "completed" else NotDone()


ACTIONS = {
    OrderAction.REFUND: REFUND,
    OrderAction.CANCEL: ActionOffer(
        perform=_cancel,
        look=_was_cancelled,
        reasons=CANCEL_REASONS,
        whole=True,
        keeps_money=True,
        says=(
            "No money goes back by it: refund what was paid besides.",
            "The goods go back to stock.",
            "Whether the buyer is told depends on the shop’s e-mail settings.",
        ),
    ),
    OrderAction.MARK_SHIPPED: ActionOffer(
        perform=_ship,
        look=_was_shipped,
        whole=True,
        says=(
            "The whole order becomes complete.",
            "WooCommerce tells the buyer by e-mail, unless the shop has turned that mail off.",
            "Carrier and tracking number go to the buyer in a note of their own.",
        ),
    ),
}
