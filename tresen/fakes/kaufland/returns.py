"""A fake Kaufland's returns: one piece in each, which has arrived and waits to be decided about."""

from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from tresen.channels.order_news import ReturnState
from tresen.fakes.kaufland.answering import (
    KAUFLAND,
    MERCHANT,
    Json,
    Refusal,
    asked_moment,
    moment,
    number_of,
    paged,
    sent_by,
)
from tresen.fakes.kaufland.orders import Piece, pieces_of, unit_told
from tresen.fakes.sales import By, GoodsBack, Sale, Talk

if TYPE_CHECKING:
    from tresen.fakes.kaufland import FakeKaufland

MOST = 100
_STATES = {
    ReturnState.REQUESTED: "return_arrived",
    ReturnState.AUTHORISED: "return_accepted",
    ReturnState.REFUSED: "return_rejected",
    ReturnState.ON_THE_WAY: "need_to_be_returned",
    ReturnState.RECEIVED: "return_arrived",
    ReturnState.REFUNDED: "return_accepted",
    ReturnState.CLOSED: "return_closed",
}
_REASONS = frozenset({"defect", "delivered_damaged", "dislike", "no_reason", "wrong_article", "wrong_size", "too_late"})


def listed(fake: "FakeKaufland", request: Request) -> Json:
    """GET /returns, what changed last first."""
    since = asked_moment(request, "ts_updated_from_iso")
    found = [
        (sale, back)
        for sale in fake.world.sales.values()
        for back in sale.returns
        if sent_by(request, platform=sale.by_platform) and (since is None or back.changed_at >= since)
    ]
    found.sort(key=lambda one: (one[1].changed_at, one[1].id), reverse=True)
    return paged(request, [_return(fake, *one) for one in found], most=MOST)


def one(fake: "FakeKaufland", request: Request, id_return: int) -> Json:
    """GET /returns/{id_return}."""
    sale, back = _found(fake, id_return)
    told = _return(fake, sale, back)
    if request.args.get("embedded") == "return_units":
        told["return_units"] = [_unit(fake, sale, back)]
    return {"data": told}


def unit(fake: "FakeKaufland", request: Request, id_return_unit: int) -> Json:
    """GET /return-units/{id_return_unit}."""
    sale, back = _found(fake, id_return_unit)
    told = {**_unit(fake, sale, back), "return": _return(fake, sale, back)}
    if request.args.get("embedded") == "order_unit":
        told["order_unit"] = unit_told(fake, _piece(fake, sale))
    return {"data": told}


def accept(fake: "FakeKaufland", request: Request, id_return_unit: int) -> None:
    """PATCH …/accept."""
    del request
    _decide(fake, id_return_unit, approve=True)


def reject(fake: "FakeKaufland", request: Request, id_return_unit: int) -> None:
    """PATCH …/reject: a ticket to the buyer is opened with the message."""
    message = request.get_json()["message"]
    sale, _back = _found(fake, id_return_unit)
    _decide(fake, id_return_unit, approve=False)
    talk = fake.world.begin(
        Talk(id=fake.world.number("990"), buyer=sale.buyer, topic="return_check_status", sale=sale.number)
    )
    fake.world.write(talk.id, by=By.SELLER, text=message)


def return_of(fake: "FakeKaufland", piece: Piece) -> Json | None:
    """The return that a piece comes back in."""
    sale = piece.sale
    if not sale.returns or piece.number != _piece(fake, sale).number:
        return None
    return _unit(fake, sale, sale.returns[-1])


def _decide(fake: "FakeKaufland", number: int, *, approve: bool) -> None:
    _sale, back = _found(fake, number)
    if back.state is not ReturnState.REQUESTED:
        raise Refusal("returns/unit-wrong-status", f"The return is {_STATES[back.state]}.", status=403)
    fake.world.decide_return(back.id, approve=approve)


def _found(fake: "FakeKaufland", number: int) -> tuple[Sale, GoodsBack]:
    for sale in fake.world.sales.values():
        for back in sale.returns:
            if number_of(back.id) == number:
                return sale, back
    raise Refusal("not-found", status=404)


def _piece(fake: "FakeKaufland", sale: Sale) -> Piece:
    return next(pieces_of(fake, sale))


def _return(fake: "FakeKaufland", sale: Sale, back: GoodsBack) -> Json:
    return {
        "id_return": number_of(back.id),
        "ts_created_iso": moment(back.asked_at),
        "ts_updated_iso": moment(back.changed_at),
        "storefront": fake.site,
        "tracking_provider": "DHL",
        "tracking_code": "MADEUP123",
        "status": "package_received",
        "fulfillment_type": KAUFLAND if sale.by_platform else MERCHANT,
    }


def _unit(fake: "FakeKaufland", sale: Sale, back: GoodsBack) -> Json:
    return {
        "id_return_unit": number_of(back.id),
        "id_return": number_of(back.id),
        "id_order_unit": _piece(fake, sale).number,
        "ts_created_iso": moment(back.asked_at),
        "status": _STATES[back.state],
        "note": back.comment or None,
        "reason": back.reason if back.reason in _REASONS else "no_reason",
        "storefront": fake.site,
        "fulfillment_type": KAUFLAND if sale.by_platform else MERCHANT,
    }
