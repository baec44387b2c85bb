"""What Kaufland lets a seller do about an order: each piece is an order unit, and is sent, cancelled, paid back alone.

None takes a key of ours. Its interface shows no refunds: whether one was taken that nobody answered, only the seller
portal tells.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus

import msgspec

from tresen.channels.answered import to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.kaufland.asking import Missing, path_part, read, request
from tresen.channels.kaufland.orders import CANCELLED, GONE_OUT
from tresen.channels.order_door import (
    ActionLine,
    ActionOffer,
    ActionResult,
    ActionWanted,
    Done,
    NotDone,
    OrderAction,
)
from tresen.channels.outbound import Refused, StoreAccess, Uncertain

_NO_PIECE = "Say for which of the order’s pieces."
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


def _patch(access: StoreAccess, path: str, told: object = None) -> HttpResponse | ActionResult:
    """One request; a server that is busy may have done it: it is looked for first."""
    outcome = access.http.send(request(access, "PATCH", path, body=told))
    if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return Uncertain(reason="Kaufland answered 503.")
    return to_sender(outcome)


def _for_each(
    wanted: ActionWanted, access: StoreAccess, what: str, told_of: Callable[[ActionLine], Mapping[str, object]]
) -> ActionResult:
    """One piece after another. Where one fails after others were done, a person looks at what became of it."""
    if not wanted.lines:
        return Refused(reason=_NO_PIECE)
    for place, line in enumerate(wanted.lines):
        answer = _patch(access, f"/order-units/{path_part(line.external_id)}/{what}", told_of(line))
        if isinstance(answer, HttpResponse):
            continue
        if place and not isinstance(answer, Done):
            return Uncertain(reason=f"{place} of {len(wanted.lines)} pieces are done. {answer.reason}")
        return answer
    return Done()


def _refund(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    return _for_each(wanted, access, "refund", lambda line: {"amount": line.amount, "reason": wanted.reason})


def _cancel(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    return _for_each(wanted, access, "cancel", lambda _line: {"reason": wanted.reason})


def _ship(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    if not wanted.lines:
        return Refused(reason=_NO_PIECE)
    parcel = {"tracking_numbers": wanted.tracking, "carrier_code": _as_kaufland_calls(wanted.carrier, access)}
    return _for_each(wanted, access, "send", lambda _line: parcel)


def _as_kaufland_calls(carrier: str, access: StoreAccess) -> str:
    """The carrier by Kaufland's own name for it, however it was typed; as it was typed, where it has none such."""
    known = read(access, _CarriersTold, "/carriers")
    if not isinstance(known, _CarriersTold):
        return carrier
    names = {_bare(one.name): one.name for one in known.data.carriers}
    return names.get(_bare(carrier), carrier)


def _bare(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


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


def _not_shown(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """Refunds are shown nowhere: a person looks at the seller portal."""
    del wanted, access
    return NotDone()


def _each_is(states: frozenset[str]) -> Callable[[ActionWanted, StoreAccess], Done | NotDone | Stopped]:
    def look(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
        for line in wanted.lines:
            status = _status(access, f"/order-units/{path_part(line.external_id)}")
            if isinstance(status, Stopped):
                return status
            if status not in states:
                return NotDone()
        return Done() if wanted.lines else NotDone()

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
_HIDDEN = "Kaufland’s interface shows no refunds: whether one was made, its seller portal tells."
_PAYS = "Kaufland pays the buyer back for what you accept."
_TICKET = "Kaufland opens a ticket to the buyer with your words."
ACTIONS = {
    OrderAction.REFUND: ActionOffer(perform=_refund, look=_not_shown, reasons=_REFUND_REASONS, says=(_HIDDEN,)),
    OrderAction.CANCEL: ActionOffer(
        perform=_cancel, look=_each_is(frozenset({CANCELLED})), reasons=_CANCEL_REASONS, says=(_COUNTED,)
    ),
    OrderAction.MARK_SHIPPED: ActionOffer(perform=_ship, look=_each_is(GONE_OUT)),
    OrderAction.APPROVE_RETURN: ActionOffer(
        perform=_approve, look=_decided(_ACCEPTED), whole=True, pays_line=True, says=(_PAYS,)
    ),
    OrderAction.REFUSE_RETURN: ActionOffer(
        perform=_refuse, look=_decided(_REJECTED), whole=True, words=True, says=(_TICKET,)
    ),
}
