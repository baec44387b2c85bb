"""Money for lines of an order, at Walmart."""

from collections.abc import Sequence

import msgspec

from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.money import in_decimals, minor_units
from tresen.channels.order_door import ActionLine, ActionResult, ActionWanted, Done, NotDone, NotTold
from tresen.channels.outbound import Refused, StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json
from tresen.channels.walmart.interface.orders import line_id, refund_name, refunded
from tresen.channels.walmart.interface.purchase_orders import Json, Part, not_read, parts_of, post
from tresen.channels.walmart.interface.shapes import OrderLine, PurchaseOrder

NO_LINES = "Say for which of the order’s lines money goes back."
SEVERAL = "These lines are in two purchase orders at Walmart: pay back for one after the other."
GONE = "The order has no such line any more: look at it again."
OTHER_REFUND = "Walmart shows another refund of this line: look in Seller Center."
REASONS = {
    "DamagedItem": "It arrived damaged",
    "ItemNotReceivedByCustomer": "It did not arrive",
    "IncorrectItemReceived": "It was the wrong item",
    "ItemNotAsAdvertised": "It is not as expected",
    "DefectiveItem": "It is defective",
    "CustomerReceivedItemLate": "It came too late",
    "CustomerChangedMind": "The buyer changed their mind",
    "Finance -> Goodwill": "Goodwill",
    "Others": "Another reason",
}


class _Answer(msgspec.Struct, frozen=True):
    """What Walmart answers to all that is done: the purchase order."""

    order: PurchaseOrder


def refund(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Money for lines of one purchase order, with the part of it that is tax."""
    if not wanted.lines:
        return Refused(reason=NO_LINES)
    parts = parts_of(wanted, access)
    if isinstance(parts, NotTold | Stopped):
        return not_read(parts)
    known = {line_id(*one): one for one in parts}
    if any(line.external_id not in known for line in wanted.lines):
        return Refused(reason=GONE)
    orders = {known[line.external_id][0].purchase_order_id for line in wanted.lines}
    if len(orders) > 1:
        return Refused(reason=SEVERAL)
    (order,) = orders
    lines = [_refund_line(known[line.external_id][1], line, wanted) for line in wanted.lines]
    said: Json = {"orderRefund": {"purchaseOrderId": order, "orderLines": {"orderLine": lines}}}
    outcome = post(access, order, "refund", said)
    if not isinstance(outcome, HttpResponse):
        return outcome
    return Done(external_id=_names(wanted, _answered(outcome)))


def _answered(answer: HttpResponse) -> Sequence[Part]:
    """The lines of the purchase order as it stands in the answer. It was taken, whatever can be read of that."""
    try:
        order = read_json(answer.body, _Answer).order
        return [(order, line) for line in order.order_lines.order_line]
    except NotAsDocumented:
        return ()


def _refund_line(line: OrderLine, back: ActionLine, wanted: ActionWanted) -> Json:
    """Walmart wants what goes back told with a minus, and its tax beside it: as of the goods' own charge."""
    goods = next((one for one in line.charges.charge if one.charge_type == "PRODUCT"), None)
    net = minor_units(goods.charge_amount.amount, wanted.currency) if goods else 0
    tax = minor_units(goods.tax.tax_amount.amount, wanted.currency) if goods and goods.tax else 0
    of_tax = round(back.amount * tax / (net + tax)) if net + tax > 0 and tax > 0 else 0
    charge: Json = {
        "chargeType": "PRODUCT",
        "chargeName": (goods.charge_name if goods else None) or "ItemPrice",
        "chargeAmount": _money(of_tax - back.amount, wanted.currency),
    }
    if of_tax and goods and goods.tax:
        charge["tax"] = {"taxName": goods.tax.tax_name or "Tax", "taxAmount": _money(-of_tax, wanted.currency)}
    return {
        "lineNumber": line.line_number,
        "isFullRefund": False,
        "refunds": {
            "refund": [{"refundCharges": {"refundCharge": [{"refundReason": wanted.reason, "charge": charge}]}}]
        },
    }


def _money(amount: int, currency: str) -> Json:
    return {"currency": currency, "amount": float(in_decimals(amount, currency))}


def was_refunded(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | NotTold | Stopped:
    """Walmart shows one sum for a line, without a time: this sum is it, none is none, and another one is a riddle."""
    parts = parts_of(wanted, access)
    if isinstance(parts, NotTold | Stopped):
        return parts
    known = {line_id(*one): one for one in parts if one[1].refund}
    ours = {name for told in wanted.others for name in told.split(",")}
    found = [known.get(line.external_id) for line in wanted.lines]
    if not any(found):
        return NotDone()
    for line, one in zip(wanted.lines, found, strict=True):
        told = one[1].refund if one else None
        if one is None or told is None or refund_name(*one) in ours:
            return NotTold(reason=OTHER_REFUND)
        if refunded(told, wanted.currency) != line.amount:
            return NotTold(reason=OTHER_REFUND)
    return Done(external_id=_names(wanted, parts))


def _names(wanted: ActionWanted, parts: Sequence[Part]) -> str:
    """What Walmart calls the refunds of these lines."""
    shown = {line_id(*one): refund_name(*one) for one in parts}
    return ",".join(shown.get(line.external_id, line.external_id) for line in wanted.lines)
