"""What a seller does about purchase orders at a fake Walmart."""

import json
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from tresen.channels.money import minor_units
from tresen.fakes.sales import Line, Sale
from tresen.fakes.walmart.answering import Refusal
from tresen.fakes.walmart.orders import Part, line_number, part_named, told_as

if TYPE_CHECKING:
    from tresen.fakes.walmart import FakeWalmart

type Json = dict[str, Any]


def acknowledge(fake: "FakeWalmart", request: Request, order: str) -> Json:
    """POST acknowledge, as often as one likes, of what has not been shipped."""
    del request
    part = part_named(fake, order)
    if any(line.shipped or line.cancelled for line in part[2]):
        raise Refusal("Do not acknowledge orders that have already been shipped or canceled.")
    fake.acknowledged.add(order)
    return {"order": told_as(fake, part)}


def ship(fake: "FakeWalmart", request: Request, order: str) -> Json:
    """POST shipping."""
    part = part_named(fake, order)
    sale = part[1]
    if order not in fake.acknowledged:
        raise Refusal("Acknowledge the order before it is shipped.")
    handed: dict[str, int] = {}
    parcels: set[tuple[str, str]] = set()
    for said in _lines(request, "orderShipment"):
        line = _line(part, said["lineNumber"])
        for status in said["orderLineStatuses"]["orderLineStatus"]:
            tracking = status["trackingInfo"]
            if sale.cancel_asked_at is not None and not said.get("intentToCancelOverride"):
                raise Refusal("The customer wants to cancel: intentToCancelOverride is missing.")
            carrier = tracking["carrierName"]
            if "otherCarrier" in carrier and not tracking.get("trackingURL"):
                raise Refusal("trackingURL is mandatory with otherCarrier.")
            parcels.add((carrier.get("carrier") or carrier["otherCarrier"], tracking["trackingNumber"]))
            handed[line.id] = handed.get(line.id, 0) + int(status["statusQuantity"]["amount"])
    if len(parcels) != 1:
        raise Refusal("Tell of one parcel at a time.")
    ((carrier_name, number),) = parcels
    fake.world.ship(sale.number, carrier=carrier_name, tracking=number, pieces=handed)
    return {"order": told_as(fake, part)}


def cancel(fake: "FakeWalmart", request: Request, order: str) -> Json:
    """POST cancel: the whole sale is cancelled as soon as no piece of it is left."""
    part = part_named(fake, order)
    sale = part[1]
    for said in _lines(request, "orderCancellation"):
        line = _line(part, said["lineNumber"])
        for status in said["orderLineStatuses"]["orderLineStatus"]:
            count = int(status["statusQuantity"]["amount"])
            if status["status"] != "Cancelled" or count > line.quantity - line.cancelled - line.shipped:
                raise Refusal("So many pieces do not wait.")
            line.cancelled += count
    if all(line.cancelled == line.quantity for line in sale.lines):
        fake.world.cancel(sale.number, pays_back=False)  # nothing is charged before goods are shipped
    else:
        sale.changed_at = fake.world.now()
    return {"order": told_as(fake, part)}


def refund(fake: "FakeWalmart", request: Request, order: str) -> Json:
    """POST refund: only for what has been shipped, and told with a minus."""
    part = part_named(fake, order)
    sale = part[1]
    for said in _lines(request, "orderRefund"):
        line = _line(part, said["lineNumber"])
        if not line.shipped:
            raise Refusal(f"Line {said['lineNumber']} has not been shipped.")
        for one in said["refunds"]["refund"]:
            for wanted in one["refundCharges"]["refundCharge"]:
                paid = fake.world.refund(
                    sale.number, amount=_amount(wanted["charge"], sale), reason=wanted["refundReason"]
                )
                paid.line = line.id
    return {"order": told_as(fake, part)}


def _amount(charge: Json, sale: Sale) -> int:
    sums = [charge["chargeAmount"], *([charge["tax"]["taxAmount"]] if "tax" in charge else [])]
    amount = sum(minor_units(one["amount"], sale.currency) for one in sums)
    if amount >= 0:
        raise Refusal("What goes back is told with a minus.")
    return -amount


def _lines(request: Request, wrap: str) -> list[Json]:
    told: list[Json] = json.loads(request.get_data())[wrap]["orderLines"]["orderLine"]
    return told


def _line(part: Part, number: str) -> Line:
    _order, sale, lines = part
    found = next((line for line in lines if line_number(sale, line) == number), None)
    if found is None:
        raise Refusal(f"There is no line {number}.")
    return found
