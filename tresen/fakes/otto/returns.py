"""A fake OTTO's returns: a piece at a time. Accepting one pays the buyer at once."""

import json
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from tresen.channels.order_news import ReturnState
from tresen.fakes.faults import as_told
from tresen.fakes.otto.answering import limit_of, link, written
from tresen.fakes.otto.orders import Piece, pieces_of, return_of
from tresen.fakes.otto.parcels import back_key
from tresen.fakes.sales import GoodsBack

if TYPE_CHECKING:
    from tresen.fakes.otto import FakeOtto

type Json = dict[str, Any]
type Back = tuple[Piece, GoodsBack]
_DECIDED = {
    ReturnState.REFUSED: "REJECTED",
    ReturnState.REFUNDED: "ACCEPTED",
    ReturnState.CLOSED: "ACCEPTED",
}
_USUAL, _MOST = 10, 50
CONDITIONS = frozenset("ABCDE")
ACCEPTED = frozenset(
    {
        "RETURN_RECEIVED",
        "STATUS_SENT_BY_ACCIDENT",
        "CANCEL_REQUEST_BY_CUSTOMER",
        "REFUND_AFTER_AFFIDAVIT",
        "COMPLAINT",
        "SHIPMENT_LOST",
        "RETURN_LOST",
        "UNDELIVERABLE",
    }
)
REJECTED = frozenset(
    {
        "THIRD_PARTY_ITEM",
        "WRONG_ITEM",
        "EXCHANGE",
        "DAMAGE_TO_THE_HYGIENE_SEAL",
        "ITEM_DAMAGED",
        "RETURN_PERIOD_EXCEEDED",
        "ITEM_NOT_IN_THE_PARCEL",
    }
)


def listed(fake: "FakeOtto", request: Request) -> Json:
    """GET /v3/returns: the newest change first."""
    limit, page = limit_of(request, usual=_USUAL, most=_MOST), int(request.args.get("page", 1))
    wanted = request.args.get("status", "").upper()
    backs = [one for one in _backs(fake) if not wanted or _status(one[1]) == wanted]
    found = sorted(backs, key=lambda one: (one[1].changed_at, one[0][0]), reverse=True)
    start = (page - 1) * limit
    following = link("/v3/returns", page=page + 1, limit=limit, **({"status": wanted} if wanted else {}))
    return {
        "positionItems": [_told(fake, one) for one in as_told(request.environ, found[start : start + limit])],
        "links": [following] if start + limit < len(found) else [],
    }


def accept(fake: "FakeOtto", request: Request) -> Json:
    """POST acceptance, piece by piece: some may be taken and others not."""
    return _decided(fake, request, approve=True)


def reject(fake: "FakeOtto", request: Request) -> Json:
    """POST rejection, likewise."""
    return _decided(fake, request, approve=False)


def _backs(fake: "FakeOtto") -> list[Back]:
    pieces = [piece for sale in fake.world.sales.values() if sale.returns for piece in pieces_of(sale)]
    return [(piece, back) for piece in pieces if (back := return_of(piece)) is not None]


def _status(back: GoodsBack) -> str:
    return _DECIDED.get(back.state, "ANNOUNCED")


def _told(fake: "FakeOtto", one: Back) -> Json:
    (item, sale, _line), back = one
    status = _status(back)
    carrier, number = back_key(back)
    announced = {"returnTrackingKey": {"carrier": carrier, "trackingNumbers": [number]}}
    return {
        "positionItemId": item,
        "salesOrderId": sale.id,
        "status": status,
        "occurredTime": written(back.asked_at if status == "ANNOUNCED" else back.changed_at),
        "details": announced if status == "ANNOUNCED" else fake.decided.get(item, {"condition": "A"}),
    }


def _decided(fake: "FakeOtto", request: Request, *, approve: bool) -> Json:
    results, errors = [], []
    for said in json.loads(request.get_data())["positionItems"]:
        wrong = _decide(fake, said, approve=approve)
        if wrong:
            path = f"{request.path}/{said['positionItemId']}"
            errors.append({"path": path, "title": "INVALID_RETURN", "detail": wrong, "logref": fake.world.number("l")})
        else:
            results.append(said)
    return {"results": results, "errors": errors}


def _decide(fake: "FakeOtto", said: Json, *, approve: bool) -> str:
    """Why not; empty where it was done."""
    if said.get("condition") not in CONDITIONS or said.get("reason") not in (ACCEPTED if approve else REJECTED):
        return "condition or reason is not valid."
    found = next((one for one in _backs(fake) if one[0][0] == said["positionItemId"]), None)
    if found is None or found[0][1].id != said["salesOrderId"]:
        return "There is no such return."
    (item, sale, line), back = found
    if _status(back) == "ACCEPTED":
        return "The return was accepted already."
    if back.state is not ReturnState.REQUESTED:
        back.state = ReturnState.REQUESTED  # a rejection can be turned, and what is under way can be decided
    fake.world.decide_return(back.id, approve=approve)
    fake.decided[item] = {"condition": said["condition"], "reason": said["reason"]}
    if approve:
        back.state = ReturnState.REFUNDED
        fake.world.refund(sale.number, amount=min(line.price, sale.total - sale.refunded), reason="RETURN").line = item
    return ""
