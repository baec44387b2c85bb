"""What Kaufland lets a seller do about an order: each piece is an order unit, and is sent, cancelled, paid back alone.

None takes a key of ours. Its interface shows no refunds: whether one was taken that nobody answered, only the seller
portal tells.
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

import msgspec

from tresen.channels.answered import to_sender
from tresen.channels.carriers import bare
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.kaufland.asking import Missing, path_part, read, request
from tresen.channels.kaufland.orders import CANCELLED, GONE_OUT, NOT_OUT, TO_SEND
from tresen.channels.kaufland.shapes import OrderAsked, OrderUnit
from tresen.channels.order_door import (
    ActionOffer,
    ActionResult,
    ActionWanted,
    Done,
    NotDone,
    NotTold,
    OrderAction,
)
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain

ONE_PIECE = "Kaufland pays back for one piece at a time: ask for the others by themselves."
NOTHING_LEFT = "Nothing of this order waits for that at Kaufland any more."
_HIDDEN = "Kaufland’s interface shows no refunds: whether one was made, its seller portal tells."
SAYS = (ONE_PIECE, NOTHING_LEFT, _HIDDEN)
_ACCEPTED = frozenset({"return_accepted", "return_closed"})
_REJECTED = frozenset({"return_rejected"})


class _State(msgspec.Struct, frozen=True):
    status: str


class _Thing(msgspec.Struct, frozen=True):
    data: _State


class _Carrier(msgspec.Struct, frozen=True):
    name: str


class _Carriers(msgspec.Struct, frozen=True):
    carriers: tuple[_Carrier, ...]


class _CarriersTold(msgspec.Struct, frozen=True):
    data: _Carriers


def _patch(access: StoreAccess, path: str, told: object = None) -> HttpResponse | Later | Refused | Uncertain:
    """One request; a server that is busy may have done it: it is looked for first."""
    outcome = access.http.send(request(access, "PATCH", path, body=told))
    if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return Uncertain(reason="Kaufland answered 503.")
    return to_sender(outcome)


def _refund(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """For one piece alone: of several that were begun nobody could tell afterwards for which of them it was made."""
    if len(wanted.lines) != 1:
        return Refused(reason=ONE_PIECE)
    (line,) = wanted.lines
    said = {"amount": line.amount, "reason": wanted.reason}
    answer = _patch(access, f"/order-units/{path_part(line.external_id)}/refund", said)
    return Done() if isinstance(answer, HttpResponse) else answer


def _cancel(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    return _for_each(wanted, access, "cancel", NOT_OUT, {"reason": wanted.reason})


def _ship(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    parcel = {"tracking_numbers": wanted.tracking, "carrier_code": _as_kaufland_calls(wanted.carrier, access)}
    return _for_each(wanted, access, "send", TO_SEND, parcel)


def _for_each(
    wanted: ActionWanted, access: StoreAccess, what: str, states: frozenset[str], told: Mapping[str, str]
) -> ActionResult:
    """One piece after another that is in such a state: tried again, it goes on with what is left."""
    units = _units(wanted, access)
    if isinstance(units, Stopped):
        return Refused(reason=units.reason) if units.lacks else units.later()
    left = [unit for unit in units if unit.status in states]
    if not left:
        return Refused(reason=NOTHING_LEFT)
    for place, unit in enumerate(left):
        answer = _patch(access, f"/order-units/{unit.id_order_unit}/{what}", told)
        if isinstance(answer, HttpResponse):
            continue
        return Uncertain(reason=f"{place} of {len(left)} pieces are done. {answer.reason}") if place else answer
    return Done()


def _units(wanted: ActionWanted, access: StoreAccess) -> Sequence[OrderUnit] | Stopped:
    """The pieces that are meant, as they are now: of an order at once, all of them."""
    found = read(access, OrderAsked, f"/orders/{path_part(wanted.order.number)}")
    if isinstance(found, Stopped):
        return found
    units = () if isinstance(found, Missing) else found.data.order_units
    named = {line.external_id for line in wanted.lines}
    return [unit for unit in units if not named or str(unit.id_order_unit) in named]


def _as_kaufland_calls(carrier: str, access: StoreAccess) -> str:
    """The carrier by Kaufland's own name for it, however it was typed; as it was typed, where it has none such."""
    known = read(access, _CarriersTold, "/carriers")
    if not isinstance(known, _CarriersTold):
        return carrier
    names = {bare(one.name): one.name for one in known.data.carriers}
    return names.get(bare(carrier), carrier)


def _approve(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    return _decide(wanted, access, "accept")


def _refuse(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Kaufland opens a ticket to the buyer with our words."""
    if not wanted.words.strip():
        return Refused(reason="Kaufland wants words for the buyer.")
    return _decide(wanted, access, "reject", {"message": wanted.words})


def _decide(wanted: ActionWanted, access: StoreAccess, what: str, told: object = None) -> ActionResult:
    answer = _patch(access, f"/return-units/{path_part(wanted.return_id)}/{what}", told)
    return Done(external_id=wanted.return_id) if isinstance(answer, HttpResponse) else answer


def _status(access: StoreAccess, path: str) -> str | Stopped:
    found = read(access, _Thing, path)
    if isinstance(found, Stopped):
        return found
    return "" if isinstance(found, Missing) else found.data.status


def _not_shown(wanted: ActionWanted, access: StoreAccess) -> NotTold:
    """A person looks at the seller portal."""
    del wanted, access
    return NotTold(reason=_HIDDEN)


def _each_is(states: frozenset[str]) -> Callable[[ActionWanted, StoreAccess], Done | NotDone | Stopped]:
    def look(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
        units = _units(wanted, access)
        if isinstance(units, Stopped):
            return units
        return Done() if units and all(unit.status in states for unit in units) else NotDone()

    return look


def _decided(states: frozenset[str]) -> Callable[[ActionWanted, StoreAccess], Done | NotDone | Stopped]:
    def look(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
        status = _status(access, f"/return-units/{path_part(wanted.return_id)}")
        if isinstance(status, Stopped):
            return status
        return Done(external_id=wanted.return_id) if status in states else NotDone()

    return look


_REFUND_REASONS = {
    "delivery_damage": "It arrived damaged",
    "delivery_delay": "It came too late",
    "incomplete_delivery": "Something was missing",
    "incorrect_delivery": "It was the wrong item",
    "defect": "It is defective",
    "refund_postage_fee": "Postage",
    "refund_return_postage_fee": "Postage of the return",
    "other_refund": "Another reason",
}
_CANCEL_REASONS = {
    "BuyerCancelled": "The customer wants it",
    "NoInventory": "It is not in stock",
    "ShippingAddressUndeliverable": "Something is wrong with the address",
    "WrongPrice": "The price was wrong",
    "GeneralAdjustment": "Another reason",
}
_COUNTED = "Kaufland counts cancellations that the seller causes: they must stay below 1 % of a month’s orders."
_PAYS = "Kaufland pays the buyer back for what you accept."
_TICKET = "Kaufland opens a ticket to the buyer with your words."
ACTIONS = {
    OrderAction.REFUND: ActionOffer(
        perform=_refund,
        look=_not_shown,
        reasons=_REFUND_REASONS,
        one_line=True,
        says=(_HIDDEN,),
        hides_refunds=True,
    ),
    OrderAction.CANCEL: ActionOffer(
        perform=_cancel,
        look=_each_is(frozenset({CANCELLED})),
        reasons=_CANCEL_REASONS,
        whole=True,
        says=(_COUNTED,),
        hides_refunds=True,
    ),
    OrderAction.MARK_SHIPPED: ActionOffer(perform=_ship, look=_each_is(GONE_OUT)),
    OrderAction.APPROVE_RETURN: ActionOffer(
        perform=_approve, look=_decided(_ACCEPTED), whole=True, pays_line=True, says=(_PAYS,)
    ),
    OrderAction.REFUSE_RETURN: ActionOffer(
        perform=_refuse, look=_decided(_REJECTED), whole=True, words=True, needs_words=True, says=(_TICKET,)
    ),
}
