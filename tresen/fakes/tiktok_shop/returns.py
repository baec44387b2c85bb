"""A fake TikTok Shop's returns, and the cancellations that its buyers ask for."""

from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from tresen.channels.money import in_decimals
from tresen.channels.order_news import ReturnState
from tresen.fakes.sales import GoodsBack, Sale
from tresen.fakes.tiktok_shop.answering import Json, changed_within, number_of, page, seconds
from tresen.fakes.tiktok_shop.orders import pieces_of

if TYPE_CHECKING:
    from tresen.fakes.tiktok_shop import FakeTikTokShop

MOST = 50
STATES = {
    ReturnState.REQUESTED: "RETURN_OR_REFUND_REQUEST_PENDING",
    ReturnState.AUTHORISED: "AWAITING_BUYER_SHIP",
    ReturnState.REFUSED: "REFUND_OR_RETURN_REQUEST_REJECT",
    ReturnState.ON_THE_WAY: "BUYER_SHIPPED_ITEM",
    ReturnState.RECEIVED: "RETURN_OR_REFUND_REQUEST_SUCCESS",
    ReturnState.REFUNDED: "RETURN_OR_REFUND_REQUEST_COMPLETE",
    ReturnState.CLOSED: "RETURN_OR_REFUND_REQUEST_CANCEL",
}


def searched(fake: "FakeTikTokShop", request: Request) -> Json:
    """POST /return_refund/202602/returns/search, the longest unchanged first."""
    told = request.get_json()
    orders, ids = told.get("order_ids"), told.get("return_ids")
    found = [
        (sale, back)
        for sale in fake.world.sales.values()
        for back in sale.returns
        if changed_within(request, back.changed_at)
        and (orders is None or sale.number in orders)
        and (ids is None or return_number(back) in ids)
    ]
    found.sort(key=lambda one: (one[1].changed_at, one[1].id))
    shown, token = page(request, found, key=lambda one: return_number(one[1]), most=MOST)
    return {
        "return_orders": [_return(fake, *one) for one in shown],
        "next_page_token": token,
        "total_count": len(found),
    }


def cancellations(fake: "FakeTikTokShop", request: Request) -> Json:
    """POST /return_refund/202602/cancellations/search."""
    told = request.get_json()
    orders, ids = told.get("order_ids"), told.get("cancel_ids")
    found = [
        sale
        for sale in fake.world.sales.values()
        if sale.cancel_asked_at is not None
        and changed_within(request, sale.changed_at)
        and (orders is None or sale.number in orders)
        and (ids is None or cancel_number(sale) in ids)
    ]
    found.sort(key=lambda sale: (sale.changed_at, sale.number))
    shown, token = page(request, found, key=cancel_number, most=MOST)
    return {
        "cancellations": [_cancellation(fake, sale) for sale in shown],
        "next_page_token": token,
        "total_count": len(found),
    }


def return_number(back: GoodsBack) -> str:
    """What TikTok Shop calls a return."""
    return str(4_035_000_000_000_000_000 + number_of(back.id))


def cancel_number(sale: Sale) -> str:
    """What TikTok Shop calls a cancellation."""
    return str(4_036_000_000_000_000_000 + number_of(sale.number) % 10**15)


def cancel_status(fake: "FakeTikTokShop", sale: Sale) -> str:
    """How far a cancellation is."""
    if sale.cancelled_at is not None:
        return "CANCELLATION_REQUEST_COMPLETE"
    return "CANCELLATION_REQUEST_CANCEL" if sale.number in fake.kept else "CANCELLATION_REQUEST_PENDING"


def _return(fake: "FakeTikTokShop", sale: Sale, back: GoodsBack) -> Json:
    came = back.id in fake.came
    waits = came or back.state is ReturnState.REQUESTED
    action = "SELLER_RESPOND_RECEIVE_PACKAGE" if came else "SELLER_RESPOND_RETURN"
    next_actions = [{"action": action, "deadline": seconds(back.decide_by)}] if waits and back.decide_by else []
    return {
        "return_id": return_number(back),
        "order_id": sale.number,
        "return_type": "RETURN_AND_REFUND",
        "return_status": STATES[ReturnState.ON_THE_WAY if came else back.state],
        "role": "BUYER",
        "return_reason": back.reason,
        "return_reason_text": back.comment or back.reason,
        "create_time": seconds(back.asked_at),
        "update_time": seconds(back.changed_at),
        "refund_amount": {"currency": sale.currency, "refund_total": str(in_decimals(sale.total, sale.currency))},
        "seller_next_action_response": next_actions,
        "return_line_items": [
            {
                "return_line_item_id": str(number),
                "order_line_item_id": str(number),
                "product_name": line.title,
                "seller_sku": line.sku,
            }
            for _sale, line, number, _state in pieces_of(sale)
        ],
    }


def _cancellation(fake: "FakeTikTokShop", sale: Sale) -> Json:
    state = cancel_status(fake, sale)
    assert sale.cancel_asked_at is not None
    waits = state == "CANCELLATION_REQUEST_PENDING"
    deadline = seconds(sale.cancel_asked_at) + 2 * 86_400
    return {
        "cancel_id": cancel_number(sale),
        "order_id": sale.number,
        "cancel_type": "BUYER_CANCEL",
        "cancel_status": state,
        "role": "BUYER",
        "cancel_reason": "ecom_order_to_ship_canceled_reason_no_longer_needed",
        "cancel_reason_text": "No longer needed",
        "create_time": seconds(sale.cancel_asked_at),
        "update_time": seconds(sale.changed_at),
        "seller_next_action_response": [{"action": "SELLER_RESPOND_CANCEL", "deadline": deadline}] if waits else [],
    }
