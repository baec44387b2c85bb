"""What can be done about orders at a fake TikTok Shop. A decision with a key of before is the one of then."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from tresen.channels.order_news import ReturnState
from tresen.fakes.sales import GoodsBack, Sale
from tresen.fakes.tiktok_shop.answering import WRONG_PARAMETER, Json, Refusal
from tresen.fakes.tiktok_shop.orders import DELIVERY_OPTION, PROVIDERS, pieces_of, sku_id
from tresen.fakes.tiktok_shop.returns import cancel_number, cancel_status, return_number

if TYPE_CHECKING:
    from tresen.fakes.tiktok_shop import FakeTikTokShop

NOT_POSSIBLE = 25_001_001
CANCEL_REASONS = ("seller_cancel_reason_out_of_stock", "seller_cancel_reason_wrong_price")
REJECT_REASONS = {"reject_made_up_agreement": "You have reached an agreement with the buyer"}
_DECISIONS = {
    "RETURN": ("APPROVE_RETURN", "REJECT_RETURN"),
    "GOODS": ("APPROVE_RECEIVED_PACKAGE", "REJECT_RECEIVED_PACKAGE"),
    "CANCEL": ("APPROVE_REQUEST_CANCEL", "REJECT_REQUEST_CANCEL"),
}
_WAITS = "CANCELLATION_REQUEST_PENDING"


def eligibility(fake: "FakeTikTokShop", request: Request) -> Json:
    """GET /return_refund/202601/decision_eligibility."""
    number = request.args["return_or_cancel_id"]
    back, sale = _back(fake, number), _cancelled(fake, number)
    if back is not None:
        possible = _possible(fake, back)
    elif sale is not None:
        possible = _DECISIONS["CANCEL"] if cancel_status(fake, sale) == _WAITS else ()
    else:
        raise Refusal(WRONG_PARAMETER, "return_or_cancel_id is not valid.")
    return {"decisions": [_told(name, name in possible) for name in request.args["check_decisions"].split(",")]}


def _possible(fake: "FakeTikTokShop", back: GoodsBack) -> tuple[str, ...]:
    if back.id in fake.came:
        return _DECISIONS["GOODS"]
    return _DECISIONS["RETURN"] if back.state is ReturnState.REQUESTED else ()


def _told(name: str, eligible: bool) -> Json:  # noqa: FBT001 - as TikTok Shop tells it
    reasons = [{"name": key, "text": text} for key, text in REJECT_REASONS.items()] if name.startswith("REJECT") else []
    why = {} if eligible else {"ineligible_code": NOT_POSSIBLE, "ineligible_reason": "The status does not allow it."}
    return {"decision": name, "eligible": eligible, **why, "available_reject_reasons": reasons if eligible else []}


def approve_return(fake: "FakeTikTokShop", request: Request, number: str) -> Json:
    """POST /return_refund/202309/returns/{return_id}/approve."""
    decision = request.get_json()["decision"]
    return _once(fake, request, lambda: _decide(fake, number, decision, approve=True))


def reject_return(fake: "FakeTikTokShop", request: Request, number: str) -> Json:
    """POST /return_refund/202606/returns/{return_id}/reject."""
    told = request.get_json()
    _named(told["reject_reason"], *REJECT_REASONS)
    return _once(fake, request, lambda: _decide(fake, number, told["decision"], approve=False))


def approve_cancellation(fake: "FakeTikTokShop", request: Request, number: str) -> Json:
    """POST /return_refund/202309/cancellations/{cancel_id}/approve."""
    return _once(fake, request, lambda: fake.world.cancel(_waiting(fake, number).number))


def reject_cancellation(fake: "FakeTikTokShop", request: Request, number: str) -> Json:
    """POST /return_refund/202309/cancellations/{cancel_id}/reject."""
    _named(request.get_json()["reject_reason"], *REJECT_REASONS)
    return _once(fake, request, lambda: fake.kept.add(_waiting(fake, number).number))


def cancel(fake: "FakeTikTokShop", request: Request) -> Json:
    """POST /return_refund/202602/cancellations."""
    told = request.get_json()
    _named(told["cancel_reason"], *CANCEL_REASONS)
    sale = fake.world.cancel(told["order_id"])
    return {"cancel_id": cancel_number(sale), "cancel_status": "CANCELLATION_REQUEST_SUCCESS"}


def aftersale(fake: "FakeTikTokShop", request: Request, number: str) -> Json:
    """GET /return_refund/202602/orders/{order_id}/aftersale_eligibility."""
    _named(request.args["request_types"], "CANCEL")
    sale = fake.world.sale(number)
    open_ones = {line.sku: str(piece) for _sale, line, piece, state in pieces_of(sale) if state == "AWAITING_SHIPMENT"}
    told = [
        {
            "sku_id": sku_id(line.sku),
            "line_item_eligibility": [
                {
                    "request_type": "CANCEL",
                    "eligible": line.sku in open_ones,
                    "order_line_items_ids": [open_ones[line.sku]] if line.sku in open_ones else [],
                    "available_reason_names": list(CANCEL_REASONS) if line.sku in open_ones else [],
                }
            ],
        }
        for line in sale.lines
    ]
    return {"sku_eligibility": told}


def providers(fake: "FakeTikTokShop", request: Request, option: str) -> Json:
    """GET /logistics/202309/delivery_options/{delivery_option_id}/shipping_providers."""
    del fake, request
    _named(option, DELIVERY_OPTION)
    return {"shipping_providers": [{"id": number, "name": name} for number, name in PROVIDERS.items()]}


def ship(fake: "FakeTikTokShop", request: Request, number: str) -> Json:
    """POST /fulfillment/202610/orders/{order_id}/packages."""
    told = request.get_json()
    wanted = {one["order_line_id"] for one in told["order_line_list"]}
    (parcel,) = told["shipping_info_list"]
    pieces: dict[str, int] = {}
    for _sale, line, piece, state in pieces_of(fake.world.sale(number)):
        if str(piece) in wanted and state == "AWAITING_SHIPMENT":
            pieces[line.id] = pieces.get(line.id, 0) + 1
    if sum(pieces.values()) != len(wanted):
        raise Refusal(NOT_POSSIBLE, "Some of the lines cannot be shipped.")
    carrier = PROVIDERS[parcel["shipping_provider_id"]]
    sent = fake.world.ship(number, carrier=carrier, tracking=parcel["tracking_number"], pieces=pieces)
    return {"order_id": number, "order_line_item_ids": sorted(wanted), "package_id": str(sent.id)}


def _once(fake: "FakeTikTokShop", request: Request, do: Callable[[], object]) -> Json:
    key = request.args.get("idempotency_key", "")
    if not key or key not in fake.keys:
        do()
        fake.keys.add(key)
    return {}


def _decide(fake: "FakeTikTokShop", number: str, decision: str, *, approve: bool) -> None:
    back = _back(fake, number)
    if back is None:
        raise Refusal(WRONG_PARAMETER, "return_id is not valid.")
    if decision not in _possible(fake, back):
        raise Refusal(NOT_POSSIBLE, "The status does not allow it.")
    has_come = back.id in fake.came
    fake.came.discard(back.id)
    fake.world.decide_return(back.id, approve=approve, has_come=has_come)


def _named(given: str, *known: str) -> None:
    if given not in known:
        raise Refusal(WRONG_PARAMETER, f"{given} is not valid.")


def _back(fake: "FakeTikTokShop", number: str) -> GoodsBack | None:
    found = (back for sale in fake.world.sales.values() for back in sale.returns if return_number(back) == number)
    return next(found, None)


def _cancelled(fake: "FakeTikTokShop", number: str) -> Sale | None:
    found = (sale for sale in fake.world.sales.values() if sale.cancel_asked_at and cancel_number(sale) == number)
    return next(found, None)


def _waiting(fake: "FakeTikTokShop", number: str) -> Sale:
    sale = _cancelled(fake, number)
    if sale is None or cancel_status(fake, sale) != _WAITS:
        raise Refusal(NOT_POSSIBLE, "The status does not allow it.")
    return sale
