"""Telling Amazon that goods have left: what is told, and whether Amazon shows it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus

from tresen.channels.amazon.interface.order_reading import got
from tresen.channels.amazon.interface.order_shapes import Order
from tresen.channels.amazon.interface.orders import OrderAnswer
from tresen.channels.amazon.interface.places import asked, marketplace_of, named, read, written
from tresen.channels.answered import AFTER_A_FAULT
from tresen.channels.feeds import Stopped
from tresen.channels.http import Allowance, HttpRequest, HttpResponse
from tresen.channels.order_door import ActionWanted, Done, NotDone
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json, read_value

CONFIRM = Allowance(name="confirmShipment", per_second=2, burst=10)
AMONG_CLOCKS = timedelta(minutes=1)
"""So far Amazon's clock may be behind ours: it takes no shipment of the future."""
# The carriers whose code is surely their name; all others go as "Other", with their name beside it.
CARRIERS = {name.casefold(): name for name in ("DHL", "DPD", "FedEx", "GLS", "UPS", "USPS")}


def unfit(wanted: ActionWanted) -> str:
    """Why Amazon would not take it, empty where nothing is known against it."""
    if not wanted.tracking.strip() or not wanted.carrier.strip():
        return "Amazon takes a shipment only with its carrier and tracking number."
    return "" if wanted.lines else "Amazon must be told which items were shipped."


def confirmation(wanted: ActionWanted, access: StoreAccess, *, at: datetime) -> HttpRequest:
    """The request that tells it."""
    package = {
        "packageReferenceId": reference(wanted.key),
        **_carrier(wanted.carrier.strip()),
        "trackingNumber": wanted.tracking.strip(),
        "shipDate": written(at - AMONG_CLOCKS),
        "orderItems": [{"orderItemId": line.external_id, "quantity": line.quantity} for line in wanted.lines],
    }
    path = f"/orders/v0/orders/{named(wanted.order)}/shipmentConfirmation"
    body = {"marketplaceId": marketplace_of(access).id, "packageDetail": package}
    return asked(access, path, CONFIRM, method="POST", body=body)


def reference(key: str) -> str:
    """Our number for the package: the same however often it is told. Amazon takes positive numbers alone."""
    return str(1 + int(sha256(key.encode()).hexdigest()[:12], 16) % 1_000_000_000)


def look(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """Whether the order shows the package, by our number for it or by its tracking number."""
    outcome = got(wanted.order, access)
    if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.NOT_FOUND:
        return NotDone()
    answer = read(outcome)
    if isinstance(answer, Stopped):
        return answer
    try:
        order = read_value(read_json(answer.body, OrderAnswer).order, Order)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong), after=AFTER_A_FAULT)
    ours = {reference(wanted.key)}
    for package in order.packages or ():
        if package.package_reference_id in ours or package.tracking_number == wanted.tracking.strip():
            return Done(external_id=package.package_reference_id)
    return NotDone()


def _carrier(name: str) -> Mapping[str, str]:
    known = CARRIERS.get(name.casefold())
    return {"carrierCode": known} if known else {"carrierCode": "Other", "carrierName": name}
