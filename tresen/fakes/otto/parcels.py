"""A fake OTTO's parcels, there and back."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from tresen.channels.order_news import ReturnState
from tresen.channels.tracking import TrackingState
from tresen.fakes.faults import as_told
from tresen.fakes.otto.answering import Refusal, asked_moment, cursor_of, limit_of, link, parts_of, written
from tresen.fakes.otto.orders import Piece, piece_named, pieces_of, return_of, status_of
from tresen.fakes.sales import GoodsBack, Parcel, Sale

if TYPE_CHECKING:
    from tresen.fakes.otto import FakeOtto

type Json = dict[str, Any]
PARCEL_CARRIERS = frozenset({"DHL", "DHL_EXPRESS", "GLS", "HERMES", "DPD", "UPS"})
RETURN_CARRIERS = frozenset({"DHL", "GLS", "HERMES"})
_STATES = {
    TrackingState.PENDING: "SENT",
    TrackingState.IN_TRANSIT: "ON_THE_WAY",
    TrackingState.OUT_FOR_DELIVERY: "DELIVERED_FOR_PICKUP",
    TrackingState.DELIVERED: "DELIVERED",
    TrackingState.EXCEPTION: "DELIVERY_ATTEMPT_FAILED",
    TrackingState.RETURNED: "DELIVERY_ATTEMPT_FAILED",
}
_USUAL, _MOST = 25, 100


def listed(fake: "FakeOtto", request: Request) -> Json:
    """GET /v1/shipments: those told of since a day, without what is in them."""
    since = _day_of(request)
    found = [(sale, one) for sale in fake.world.sales.values() for one in sale.parcels if one.shipped_at >= since]
    return _page(request, "/v1/shipments", [_listed(sale, one) for sale, one in sorted(found, key=_oldest)])


def one(fake: "FakeOtto", request: Request, shipment: str) -> Json:
    """GET /v1/shipments/{shipmentId}."""
    del request
    for sale in fake.world.sales.values():
        for parcel in sale.parcels:
            if parcel.id == shipment:
                return _whole(fake, sale, parcel)
    raise Refusal("RESOURCE_NOT_FOUND", f"Found no shipment with id {shipment}", status=404)


def numbered(fake: "FakeOtto", request: Request, carrier: str, number: str) -> Json:
    """GET /v1/shipments/carriers/{carrier}/trackingnumbers/{trackingNumber}."""
    del request
    for sale in fake.world.sales.values():
        for parcel in sale.parcels:
            if (parcel.carrier, parcel.tracking) == (carrier, number):
                return _whole(fake, sale, parcel)
    where = f"carrier {carrier} and tracking number {number}"
    raise Refusal("RESOURCE_NOT_FOUND", f"Found no shipment with {where}", status=404)


def create(fake: "FakeOtto", request: Request) -> Json:
    """POST /v1/shipments: these pieces have left; parcels name how they can come back."""
    said = json.loads(request.get_data())
    carrier, number = said["trackingKey"]["carrier"], said["trackingKey"].get("trackingNumber", "")
    if any(
        (one.carrier, one.tracking) == (carrier, number) for sale in fake.world.sales.values() for one in sale.parcels
    ):
        raise Refusal("DUPLICATE_TRACKING_KEY", "Tracking key already exists for another shipment.", status=409)
    pieces = [_to_send(fake, place, one, carrier) for place, one in enumerate(said["positionItems"])]
    sales = {sale.number for _item, sale, _line in pieces}
    if len(sales) != 1:
        raise Refusal("BAD_REQUEST", "This fake takes the pieces of one order at a time.", where="positionItems")
    counts: dict[str, int] = {}
    for _item, _sale, line in pieces:
        counts[line.id] = counts.get(line.id, 0) + 1
    parcel = fake.world.ship(sales.pop(), carrier=carrier, tracking=number, pieces=counts)
    parcel.state = TrackingState.PENDING
    fake.inside |= {item: parcel.id for item, _sale, _line in pieces}
    return {"shipmentId": parcel.id}


def coming_back(fake: "FakeOtto", request: Request, carrier: str, number: str) -> Json:
    """GET /v1/return-shipments/carriers/{carrier}/trackingnumbers/{trackingNumber}."""
    del request
    for sale in fake.world.sales.values():
        for piece in pieces_of(sale):
            back = return_of(piece)
            if back is not None and back_key(back) == (carrier, number):
                return _back(piece, back)
    where = f"carrier {carrier} and tracking number {number}"
    raise Refusal("RESOURCE_NOT_FOUND", f"Found no return shipment with {where}", status=404)


def back_key(back: GoodsBack) -> tuple[str, str]:
    """Carrier and number by which a return comes."""
    return "HERMES", f"H{back.id.removeprefix('ret'):0>13}"


def _day_of(request: Request) -> datetime:
    since = asked_moment(request, "datefrom")
    if since is None:
        raise Refusal("BAD_REQUEST", "datefrom is missing.")
    return since


def _oldest(one: tuple[Sale, Parcel]) -> tuple[datetime, str]:
    return one[1].shipped_at, one[1].id


def _page(request: Request, path: str, found: list[Json]) -> Json:
    limit = limit_of(request, usual=_USUAL, most=_MOST)
    (start,) = parts_of(request.args["next"]) if "next" in request.args else (0,)
    more = start + limit < len(found)
    following = link(path, next=cursor_of(start + limit), limit=limit, datefrom=request.args["datefrom"])
    return {
        "resources": list(as_told(request.environ, found[start : start + limit])),
        "links": [following] if more else [],
    }


def _listed(sale: Sale, parcel: Parcel) -> Json:
    return {
        "shipmentId": parcel.id,
        "creationDate": written(parcel.shipped_at),
        "trackingKey": {"carrier": parcel.carrier, "trackingNumber": parcel.tracking},
        "states": _scans(sale, parcel),
    }


def _scans(sale: Sale, parcel: Parcel) -> list[Json]:
    told = [{"state": "SENT", "occurredOn": written(parcel.shipped_at)}]
    if parcel.state is not TrackingState.PENDING:
        at = parcel.delivered_at or max(parcel.shipped_at, sale.changed_at)
        told.append({"state": _STATES[parcel.state], "occurredOn": written(at)})
    return told


def _whole(fake: "FakeOtto", sale: Sale, parcel: Parcel) -> Json:
    return {
        **_listed(sale, parcel),
        "shipDate": written(parcel.shipped_at),
        "shipFromAddress": {"city": "Musterstadt", "countryCode": "DEU", "zipCode": "12345"},
        "positionItems": [
            {
                "positionItemId": piece[0],
                "salesOrderId": sale.id,
                "returnTrackingKey": {"carrier": "HERMES", "trackingNumber": f"R{parcel.tracking}"},
            }
            for piece in pieces_of(sale)
            if status_of(fake, piece) in {"SENT", "RETURNED"} and fake.parcel_of(piece) is parcel
        ],
    }


def _to_send(fake: "FakeOtto", place: int, said: Mapping[str, Any], carrier: str) -> Piece:
    """The piece that is told of. Raises Refusal."""
    where = f"positionItems[{place}]"
    piece = piece_named(fake, said["positionItemId"])
    if piece[1].id != said["salesOrderId"]:
        detail = "The partner is not allowed to create/update a shipment for position item ID"
        raise Refusal("INSUFFICIENT_PERMISSION", detail, where=f"{where}.positionItemId")
    if status_of(fake, piece) != "PROCESSABLE":
        detail = "One or more of the given position item ids already exist in another shipment"
        raise Refusal("POSITION_ITEM_INCLUDED_IN_OTHER_SHIPMENT", detail, status=409)
    key = said.get("returnTrackingKey")
    if carrier in PARCEL_CARRIERS and key is None:
        raise Refusal("PROPERTY_IS_MANDATORY", "The property is mandatory", where=f"{where}.returnTrackingKey")
    if key is not None and (key["carrier"] not in RETURN_CARRIERS or not key["trackingNumber"]):
        raise Refusal("BAD_REQUEST", "The return tracking key is not valid.", where=f"{where}.returnTrackingKey")
    return piece


def _back(piece: Piece, back: GoodsBack) -> Json:
    carrier, number = back_key(back)
    told = [{"state": "ANNOUNCED", "occurredOn": written(back.asked_at)}]
    seen = {ReturnState.ON_THE_WAY: "ON_THE_WAY", ReturnState.RECEIVED: "DELIVERED"}.get(back.state)
    if seen:
        told.append({"state": seen, "occurredOn": written(back.changed_at)})
    return {
        "returnShipmentId": f"rs-{back.id}",
        "createdAt": written(back.asked_at),
        "trackingKey": {"carrier": carrier, "trackingNumber": number},
        "returnPositionItems": [{"salesOrderId": piece[1].id, "salesOrderPositionItemId": piece[0]}],
        "states": told,
    }
