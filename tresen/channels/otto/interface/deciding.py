"""Returns are decided piece by piece: accepted, which pays the buyer at once, or rejected."""

from collections.abc import Callable

import msgspec

from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Detail, Done, NotDone
from tresen.channels.otto.interface import asking
from tresen.channels.otto.interface.one_order import post
from tresen.channels.otto.interface.orders import RETURNED
from tresen.channels.otto.interface.reading import order_path
from tresen.channels.otto.interface.return_reading import pieces_with
from tresen.channels.otto.interface.shapes import OttoOrder
from tresen.channels.outbound import Refused, StoreAccess, Uncertain
from tresen.channels.typed_json import NotAsDocumented, read_json

_CONDITION = "condition"
CONDITIONS = {letter: letter for letter in "ABCDE"}
ACCEPTED = {
    "RETURN_RECEIVED": "It came back",
    "SHIPMENT_LOST": "It was lost on its way to the buyer",
    "RETURN_LOST": "It was lost on its way back",
    "UNDELIVERABLE": "It could not be delivered",
    "COMPLAINT": "Complaint of the buyer",
    "CANCEL_REQUEST_BY_CUSTOMER": "The customer wanted to cancel",
    "REFUND_AFTER_AFFIDAVIT": "Money back after an affidavit",
    "STATUS_SENT_BY_ACCIDENT": "It was marked as shipped by mistake",
}
REJECTED = {
    "ITEM_DAMAGED": "It is damaged",
    "ITEM_NOT_IN_THE_PARCEL": "It is not in the parcel",
    "WRONG_ITEM": "It is another item",
    "THIRD_PARTY_ITEM": "It is an item of another seller",
    "DAMAGE_TO_THE_HYGIENE_SEAL": "The hygiene seal is broken",
    "RETURN_PERIOD_EXCEEDED": "It came back too late",
    "EXCHANGE": "It is exchanged",
}


class _Error(msgspec.Struct, frozen=True):
    title: str | None = None
    detail: str | None = None


class _Answer(msgspec.Struct, frozen=True):
    """What became of each piece; one is asked for at a time."""

    errors: tuple[_Error, ...] = ()


def _decide(what: str) -> Callable[[ActionWanted, StoreAccess], ActionResult]:
    def perform(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
        piece = {
            "positionItemId": wanted.return_id,
            "salesOrderId": wanted.order.external_id,
            "condition": wanted.details.get(_CONDITION, ""),
            "reason": wanted.reason,
        }
        outcome = post(access, f"/v3/returns/{what}", {"positionItems": [piece]})
        return _taken(wanted, outcome) if isinstance(outcome, HttpResponse) else outcome

    return perform


def _taken(wanted: ActionWanted, answer: HttpResponse) -> ActionResult:
    """An answer of success may tell that this piece was not taken."""
    try:
        told = read_json(answer.body, _Answer) if answer.body else _Answer()
    except NotAsDocumented as wrong:
        return Uncertain(reason=(asking.UNDOCUMENTED % {"what": wrong})[:300])
    if told.errors:
        return Refused(reason=" ".join(word for one in told.errors for word in (one.title, one.detail) if word)[:300])
    return Done(external_id=wanted.return_id)


def _was_accepted(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """The order shows what came back."""
    order = asking.read(access, OttoOrder, order_path(wanted.order))
    if isinstance(order, Stopped):
        return order
    states = {one.position_item_id: one.fulfillment_status for one in order.position_items}
    return Done(external_id=wanted.return_id) if states.get(wanted.return_id) == RETURNED else NotDone()


def _was_rejected(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """The order shows nothing of it: the newest rejections are looked through."""
    found = pieces_with(access, "REJECTED", since=wanted.since)
    if isinstance(found, Stopped):
        return found
    return Done(external_id=wanted.return_id) if wanted.return_id in found else NotDone()


_DETAILS = (
    Detail(name=_CONDITION, label="Condition", choices=CONDITIONS, help_text="As OTTO Partner Connect explains them."),
)
ACCEPTING = ActionOffer(
    perform=_decide("acceptance"),
    look=_was_accepted,
    reasons=ACCEPTED,
    details=_DETAILS,
    whole=True,
    pays_line=True,
    says=("OTTO pays the buyer back at once, whether the goods have come or not. It cannot be undone.",),
)
REJECTING = ActionOffer(
    perform=_decide("rejection"),
    look=_was_rejected,
    reasons=REJECTED,
    details=_DETAILS,
    whole=True,
    says=("In OTTO Partner Connect a rejected return can still be accepted.",),
)
