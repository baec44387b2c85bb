"""Pieces that have left, told to OTTO with their parcel and with the number by which they can come back."""

from collections.abc import Mapping, Sequence

import msgspec

from tresen.channels.countries import three_letters
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Detail, Done, NotDone
from tresen.channels.otto.interface import today
from tresen.channels.otto.interface.asking import stamp
from tresen.channels.otto.interface.carriers import CARRIERS, PARCEL_CARRIERS, RETURN_CARRIERS
from tresen.channels.otto.interface.one_order import looked, not_read, order_of, post
from tresen.channels.otto.interface.orders import PROCESSABLE
from tresen.channels.otto.interface.shapes import PositionItem
from tresen.channels.outbound import Refused, StoreAccess
from tresen.channels.setup_fields import SetupField
from tresen.channels.typed_json import NotAsDocumented, read_json

NOTHING_WAITS = "Nothing of this order waits to be shipped at OTTO."
NO_ORIGIN = "OTTO wants to know where parcels leave from: enter that with the store’s connection."
NO_RETURN = "OTTO wants the number by which this parcel can come back."
_CITY, _POSTCODE, _COUNTRY = "ship_from_city", "ship_from_postcode", "ship_from_country"
_RETURN_CARRIER, _RETURN_TRACKING = "return_carrier", "return_tracking"
_NEEDED = "Needed with DHL, DHL Express, DPD, GLS, Hermes and UPS; freight goes without."
ORIGIN = (
    SetupField(name=_CITY, label="City that parcels leave from", required=False),
    SetupField(name=_POSTCODE, label="Its postcode", required=False),
    SetupField(
        name=_COUNTRY,
        label="Its country",
        required=False,
        help_text="Three letters, as DEU. All three are needed to mark orders as shipped.",
        pattern="|".join(three_letters()),
        unfit="The three letters of a country, as DEU.",
    ),
)


class _Created(msgspec.Struct, frozen=True, rename="camel"):
    shipment_id: str = ""


def _ship(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """These pieces left in one parcel."""
    origin = _origin(access)
    back = _return_key(wanted)
    if origin is None:
        return Refused(reason=NO_ORIGIN)
    if back is None and wanted.carrier in PARCEL_CARRIERS:
        return Refused(reason=NO_RETURN)
    order = order_of(wanted, access)
    if isinstance(order, Stopped):
        return not_read(order)
    items = _pieces(wanted, order.position_items)
    if not items:
        return Refused(reason=NOTHING_WAITS)
    piece = {"salesOrderId": order.sales_order_id, **({"returnTrackingKey": back} if back else {})}
    said = {
        "trackingKey": {"carrier": wanted.carrier, "trackingNumber": wanted.tracking.strip()},
        "shipDate": stamp(today.handed_over()),
        "shipFromAddress": origin,
        "positionItems": [{"positionItemId": item.position_item_id, **piece} for item in items],
    }
    outcome = post(access, "/v1/shipments", said)
    return Done(external_id=_name_of(outcome)) if isinstance(outcome, HttpResponse) else outcome


def _pieces(wanted: ActionWanted, items: Sequence[PositionItem]) -> Sequence[PositionItem]:
    """Those asked for that still wait; all that wait where none are named."""
    asked = {line.external_id for line in wanted.lines if line.quantity}
    return [
        item
        for item in items
        if item.fulfillment_status == PROCESSABLE and (not asked or item.position_item_id in asked)
    ]


def _origin(access: StoreAccess) -> Mapping[str, str] | None:
    told = {
        "city": access.setting(_CITY).strip(),
        "zipCode": access.setting(_POSTCODE).strip(),
        "countryCode": access.setting(_COUNTRY).strip().upper(),
    }
    return told if all(told.values()) else None


def _return_key(wanted: ActionWanted) -> Mapping[str, str] | None:
    carrier, number = (wanted.details.get(name, "") for name in (_RETURN_CARRIER, _RETURN_TRACKING))
    return {"carrier": carrier, "trackingNumber": number} if carrier and number else None


def _name_of(answer: HttpResponse) -> str:
    """What OTTO calls the parcel. It was taken, whatever can be read of that."""
    try:
        return read_json(answer.body, _Created).shipment_id
    except NotAsDocumented:
        return ""


def _was_shipped(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """A piece in a parcel of this number is enough: OTTO takes a parcel as a whole, or not."""
    number = wanted.tracking.strip()
    return looked(
        wanted,
        access,
        lambda items: any(one.tracking_info and one.tracking_info.tracking_number == number for one in items),
    )


SHIPPING = ActionOffer(
    perform=_ship,
    look=_was_shipped,
    carriers=CARRIERS,
    details=(
        Detail(
            name=_RETURN_CARRIER,
            label="Carrier of the return",
            choices=RETURN_CARRIERS,
            help_text=_NEEDED,
            with_carriers=PARCEL_CARRIERS,
        ),
        Detail(
            name=_RETURN_TRACKING,
            label="Tracking number of the return",
            help_text="It stands on the return label in the parcel.",
            with_carriers=PARCEL_CARRIERS,
        ),
    ),
    says=("OTTO makes the buyer’s receipt as soon as it is told.",),
)
SAYS = (NOTHING_WAITS, NO_ORIGIN, NO_RETURN)
