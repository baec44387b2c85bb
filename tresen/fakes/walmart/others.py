"""A fake Walmart's returns and inventories."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from tresen.channels.money import in_decimals
from tresen.channels.order_news import ReturnState
from tresen.fakes.sales import GoodsBack, Sale, Shelved
from tresen.fakes.walmart.answering import Refusal, asked_moment, page
from tresen.fakes.walmart.orders import line_number, parts_of, relay_address

if TYPE_CHECKING:
    from tresen.fakes.walmart import FakeWalmart

type Json = dict[str, Any]
_STATES = {
    ReturnState.RECEIVED: ("DELIVERED", "REFUND_INITIATED"),
    ReturnState.REFUNDED: ("COMPLETED", "REFUND_COMPLETED"),
    ReturnState.CLOSED: ("COMPLETED", "REFUND_CANCELLED"),
}
_USUAL = 10
_MOST_PRODUCTS = 50
_WINDOWS = frozenset({"14", "30", "60", "90"})


def returns(fake: "FakeWalmart", request: Request) -> Json:
    """GET /v3/returns: Walmart authorises each by itself."""
    since = asked_moment(request, "returnLastModifiedStartDate")
    until = asked_moment(request, "returnLastModifiedEndDate")
    number = request.args.get("customerOrderId", "")
    found = [
        (sale, back)
        for sale in fake.world.sales.values()
        for back in sale.returns
        if (not number or sale.number == number)
        and (since is None or back.changed_at >= since)
        and (until is None or back.changed_at < until)
    ]
    told, cursor = page(request, sorted(found, key=lambda one: one[1].id), usual=_USUAL)
    meta = {"totalCount": len(found), "limit": len(told), "nextCursor": cursor}
    return {"meta": meta, "returnOrders": [_return(fake, *one) for one in told]}


def inventories(fake: "FakeWalmart", request: Request) -> Json:
    """GET /v3/inventories: the place is a word of ours."""
    most = int(request.args.get("limit", _USUAL))
    if most > _MOST_PRODUCTS:
        raise Refusal("Limit cannot be more than 50.")
    offset = int(request.args.get("nextCursor", "n0").removeprefix("n"))
    found = [level for _sku, level in sorted(fake.world.stock.items())]
    more = {"nextCursor": f"n{offset + most}"} if offset + most < len(found) else {}
    told = [_inventory(level) for level in found[offset : offset + most]]
    return {"meta": {"totalCount": len(found), **more}, "elements": {"inventories": told}}


def response_rate(fake: "FakeWalmart", request: Request) -> Json:
    """GET /v3/insights/performance/srr/summary: over one of the windows that Walmart offers."""
    if request.args.get("reportDuration", "30") not in _WINDOWS:
        raise Refusal("reportDuration must be 14, 30, 60 or 90.", code="INVALID_REQUEST_PARAM.GMP_GATEWAY_API")
    return {"status": "OK", "payload": {"cumulativeRate": fake.rate, "cumulativeRateTrend": "NEUTRAL"}}


def _return(fake: "FakeWalmart", sale: Sale, back: GoodsBack) -> Json:
    status, paid_back = _STATES.get(back.state, ("INITIATED", "NOT_INITIATED"))
    return {
        "returnOrderId": back.id,
        "customerEmailId": relay_address(sale.buyer),
        "returnType": "REFUND",
        "customerOrderId": sale.number,
        "returnOrderDate": _written(back.asked_at),
        "returnLineGroups": [],
        "returnOrderLines": [
            {
                "returnOrderLineNumber": place,
                "salesOrderLineNumber": int(line_number(sale, line)),
                "returnReason": back.reason,
                "purchaseOrderId": parts_of(fake, sale)[0][0],
                "purchaseOrderLineNumber": int(line_number(sale, line)),
                "item": {"sku": line.sku, "productName": line.title},
                "quantity": {"unitOfMeasure": "EACH", "measurementValue": line.quantity},
                "unitPrice": {
                    "currencyAmount": float(in_decimals(line.price, sale.currency)),
                    "currencyUnit": sale.currency,
                },
                "currentRefundStatus": paid_back,
                "returnTrackingDetail": _events(back),
                "status": status,
                "statusTime": _written(back.changed_at),
            }
            for place, line in enumerate(sale.lines, start=1)
        ],
    }


def _events(back: GoodsBack) -> list[Json]:
    told = [{"sequenceNo": 0, "eventTag": "RETURN_INITIATED", "eventTime": _written(back.asked_at)}]
    if back.state is ReturnState.ON_THE_WAY:
        told.append({"sequenceNo": 1, "eventTag": "RETURN_IN_TRANSIT", "eventTime": _written(back.changed_at)})
    return told


def _inventory(level: Shelved) -> Json:
    there = {"unit": "EACH", "amount": level.available}
    node = {
        "shipNode": "100009",
        "inputQty": there,
        "availToSellQty": there,
        "reservedQty": {"unit": "EACH", "amount": 0},
    }
    return {"sku": level.sku, "nodes": [node]}


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
