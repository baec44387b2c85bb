"""What a Mirakl operator lets a seller do about an order: OR28, OR29, RT21, OR23 with OR24. None takes our key."""

import json
from collections.abc import Mapping
from datetime import timedelta

import msgspec

from tresen.channels.answered import to_reader, to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.mirakl.parsing import Listed, Orders
from tresen.channels.mirakl.reading import NO_SUCH_ORDER, path_part, request
from tresen.channels.mirakl.shapes import MiraklOrder, MiraklReturn
from tresen.channels.money import in_decimals, minor_units
from tresen.channels.order_door import (
    CANCEL_REASONS,
    ActionOffer,
    ActionResult,
    ActionWanted,
    Done,
    NotDone,
    NotTold,
    OrderAction,
    OrderRef,
)
from tresen.channels.outbound import Refused, StoreAccess
from tresen.channels.typed_json import instant, read_json, read_value

AMONG_CLOCKS = timedelta(minutes=2)
_SHIPPED = frozenset({"SHIPPED", "TO_COLLECT", "RECEIVED", "CLOSED"})
_CANCELLED = frozenset({"CANCELED", "REFUSED"})


class _Reason(msgspec.Struct, frozen=True):
    code: str
    label: str


class _Reasons(msgspec.Struct, frozen=True):
    reasons: tuple[_Reason, ...]


class _Refund(msgspec.Struct, frozen=True):
    refund_id: str = ""


class _Refunds(msgspec.Struct, frozen=True):
    refunds: tuple[_Refund, ...] = ()


class _Decided(msgspec.Struct, frozen=True):
    return_errors: tuple[Mapping[str, str], ...] = ()


def _put(access: StoreAccess, path: str, told: object = None) -> HttpResponse | ActionResult:
    body = json.dumps(told).encode() if told is not None else b""
    return to_sender(access.http.send(request(access, "PUT", path, body=body)))


def _refund(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Money for lines (OR28); it is paid by the operator some time after."""
    refunds = [
        {
            "amount": float(in_decimals(line.amount, wanted.currency)),
            "currency_iso_code": wanted.currency,
            "order_line_id": line.external_id,
            "quantity": line.quantity,
            "reason_code": wanted.reason,
            "shipping_amount": 0,
        }
        for line in wanted.lines
    ]
    if not refunds:
        return Refused(reason="Say for which of the order's lines money goes back.")
    answer = _put(access, "/orders/refund", {"refunds": refunds})
    if not isinstance(answer, HttpResponse):
        return answer
    return Done(external_id=",".join(one.refund_id for one in read_json(answer.body, _Refunds).refunds))


def _cancel(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    answer = _put(access, f"/orders/{path_part(wanted.order.number)}/cancel")
    return Done() if isinstance(answer, HttpResponse) else answer


def _ship(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """First the tracking, which may be told twice, then that it has left."""
    path = f"/orders/{path_part(wanted.order.number)}"
    tracking = {"carrier_name": wanted.carrier, "tracking_number": wanted.tracking}
    answer = _put(access, f"{path}/tracking", tracking)
    if isinstance(answer, HttpResponse):
        answer = _put(access, f"{path}/ship")
    return Done() if isinstance(answer, HttpResponse) else answer


def _approve(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    return _decide(access, {"accepted": True, "id": wanted.return_id})


def _refuse(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    return _decide(access, {"accepted": False, "id": wanted.return_id, "rejection_reason_code": wanted.reason})


def _decide(access: StoreAccess, decision: Mapping[str, object]) -> ActionResult:
    answer = _put(access, "/returns/accept", {"returns": [decision]})
    if not isinstance(answer, HttpResponse):
        return answer
    errors = read_json(answer.body, _Decided).return_errors
    return Refused(reason=errors[0].get("message", "")[:300]) if errors else Done(external_id=str(decision["id"]))


def _order(wanted: ActionWanted, access: StoreAccess) -> MiraklOrder | NotTold | Stopped:
    asked = request(access, "GET", "/orders", ("order_ids", wanted.order.number))
    answer = to_reader(access.http.send(asked))
    if isinstance(answer, Stopped):
        return answer
    found = read_json(answer.body, Orders).orders
    if not found:
        return NotTold(reason=NO_SUCH_ORDER % {"number": wanted.order.number})
    return read_value(found[0], MiraklOrder)


def _was_refunded(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | NotTold | Stopped:
    """Refunds of these lines and sums since it was tried."""
    order = _order(wanted, access)
    if isinstance(order, NotTold | Stopped):
        return order
    since = wanted.since - AMONG_CLOCKS if wanted.since else None
    made = {
        (line.order_line_id, minor_units(refund.amount or 0, wanted.currency)): refund.id
        for line in order.order_lines
        for refund in line.refunds
        if refund.id not in wanted.others and (since is None or instant(refund.created_date) >= since)
    }
    wanted_ones = [(line.external_id, line.amount) for line in wanted.lines]
    if all(one in made for one in wanted_ones):
        return Done(external_id=",".join(made[one] for one in wanted_ones))
    return NotDone()


def _was_cancelled(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | NotTold | Stopped:
    order = _order(wanted, access)
    if isinstance(order, NotTold | Stopped):
        return order
    return Done() if order.order_state in _CANCELLED else NotDone()


def _was_shipped(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | NotTold | Stopped:
    order = _order(wanted, access)
    if isinstance(order, NotTold | Stopped):
        return order
    return Done() if order.order_state in _SHIPPED else NotDone()


def _was_decided(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    answer = to_reader(access.http.send(request(access, "GET", "/returns", ("return_id", wanted.return_id))))
    if isinstance(answer, Stopped):
        return answer
    found = [read_value(one, MiraklReturn) for one in read_json(answer.body, Listed).data]
    decided = any(one.id == wanted.return_id and one.state != "WAITING_ACCEPTANCE" for one in found)
    return Done(external_id=wanted.return_id) if decided else NotDone()


def _reasons_for_refunds(access: StoreAccess, _order: OrderRef, _return: str) -> Mapping[str, str] | Stopped:
    """Each operator has reasons of its own (RE02)."""
    answer = to_reader(access.http.send(request(access, "GET", "/reasons/REFUND")))
    if isinstance(answer, Stopped):
        return answer
    return {one.code: one.label for one in read_json(answer.body, _Reasons).reasons}


_PAID_LATER = "The operator pays it some time later."
_CANCELLED_SAYS = (
    "The whole order is cancelled, and the operator gives the buyer all money back.",
    "Whether the buyer is told, and whether the goods are on offer again, is up to the operator.",
)
ACTIONS = {
    OrderAction.REFUND: ActionOffer(
        perform=_refund, look=_was_refunded, ask_reasons=_reasons_for_refunds, says=(_PAID_LATER,)
    ),
    OrderAction.CANCEL: ActionOffer(
        perform=_cancel, look=_was_cancelled, reasons=CANCEL_REASONS, whole=True, says=_CANCELLED_SAYS
    ),
    OrderAction.APPROVE_RETURN: ActionOffer(perform=_approve, look=_was_decided, whole=True),
    OrderAction.REFUSE_RETURN: ActionOffer(
        perform=_refuse,
        look=_was_decided,
        whole=True,
        reasons={
            "RETURN_REJECTION_NOT_ELIGIBLE": "The product can’t be returned",
            "RETURN_REJECTION_NOT_NEEDED": "It need not be sent back",
            "RETURN_REJECTION_WINDOW_CLOSED": "The time for returns is over",
        },
    ),
    OrderAction.MARK_SHIPPED: ActionOffer(perform=_ship, look=_was_shipped, whole=True),
}
