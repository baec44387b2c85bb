"""From a return at TikTok Shop to what it says. Pure.

There are returns, refunds without goods, replacements and exchanges; all of them wait for the seller in the same way.
"""

from collections.abc import Iterable

from tresen.channels.money import minor_units
from tresen.channels.order_news import ReturnItem, ReturnNotice, ReturnState
from tresen.channels.tiktok_shop.asking import moment
from tresen.channels.tiktok_shop.order_shapes import ReturnedItem, TikTokReturn

ON_ITS_WAY = "BUYER_SHIPPED_ITEM"
_BACK = "RETURN_AND_REFUND"
_RECEIVED = "SELLER_RESPOND_RECEIVE_PACKAGE"
"""The seller is to say whether what came back is as it should be."""
_STATES = {
    "RETURN_OR_REFUND_REQUEST_PENDING": ReturnState.REQUESTED,
    "REPLACEMENT_REQUEST_PENDING": ReturnState.REQUESTED,
    "EXCHANGE_REQUEST_PENDING": ReturnState.REQUESTED,
    # We offered a part of the money, and the buyer has not said yet whether that will do.
    "AWAITING_BUYER_RESPONSE": ReturnState.REQUESTED,
    "AWAITING_BUYER_SHIP": ReturnState.AUTHORISED,
    ON_ITS_WAY: ReturnState.ON_THE_WAY,
    "REFUND_OR_RETURN_REQUEST_REJECT": ReturnState.REFUSED,
    "REJECT_RECEIVE_PACKAGE": ReturnState.REFUSED,
    "REPLACEMENT_REQUEST_REJECT": ReturnState.REFUSED,
    # Agreed, and the money not back yet; goods that come back are there by then.
    "RETURN_OR_REFUND_REQUEST_SUCCESS": ReturnState.AUTHORISED,
    "RETURN_OR_REFUND_REQUEST_COMPLETE": ReturnState.REFUNDED,
    "REPLACEMENT_REQUEST_REFUND_SUCCESS": ReturnState.REFUNDED,
    "EXCHANGE_REQUEST_REFUND_SUCCESS": ReturnState.REFUNDED,
    "RETURN_OR_REFUND_REQUEST_CANCEL": ReturnState.CLOSED,
    "REPLACEMENT_REQUEST_CANCEL": ReturnState.CLOSED,
    "REPLACEMENT_REQUEST_COMPLETE": ReturnState.CLOSED,
    "EXCHANGE_REQUEST_CANCEL": ReturnState.CLOSED,
    "EXCHANGE_REQUEST_COMPLETE": ReturnState.CLOSED,
}
STATES = frozenset(_STATES)
"""All that are documented."""


def return_notice(told: TikTokReturn) -> ReturnNotice:
    """The return as it is. Raises ValueError for a state we do not know."""
    deadlines = [one.deadline for one in told.seller_next_action_response if one.deadline]
    return ReturnNotice(
        external_id=told.return_id,
        order_number=told.order_id,
        changed_at=moment(told.update_time or told.create_time),
        state=state_of(told),
        requested_at=moment(told.create_time),
        reason=told.return_reason_text.strip() or told.return_reason.replace("_", " "),
        carrier=told.return_provider_name.strip(),
        tracking=told.return_tracking_number.strip(),
        decide_by=moment(min(deadlines)) if deadlines else None,
        pays=_pays(told),
        items=list(_items(told.return_line_items)),
    )


def state_of(told: TikTokReturn) -> ReturnState:
    """How far it is; what has come waits for the seller once more. Raises ValueError."""
    if told.return_status not in _STATES:
        raise ValueError(f"{told.return_id}: its state “{told.return_status}” is not known.")
    if told.return_status == "RETURN_OR_REFUND_REQUEST_SUCCESS" and told.return_type == _BACK:
        return ReturnState.RECEIVED
    if has_come(told):
        return ReturnState.REQUESTED
    return _STATES[told.return_status]


def _pays(told: TikTokReturn) -> int | None:
    """What approving it gives back at once: for goods that are still to come nothing, and for a replacement either."""
    if told.return_type != "REFUND" and not (told.return_type == _BACK and has_come(told)):
        return 0
    back = told.refund_amount
    return minor_units(back.refund_total, back.currency) if back.refund_total and back.currency else None


def has_come(told: TikTokReturn) -> bool:
    """Whether TikTok Shop waits for the seller to take what came back, or not."""
    waits = any(one.action == _RECEIVED for one in told.seller_next_action_response)
    return told.return_status == ON_ITS_WAY and waits


def _items(told: Iterable[ReturnedItem]) -> Iterable[ReturnItem]:
    """Each piece is told by itself; the same ones are counted."""
    counted: dict[tuple[str, str], int] = {}
    for one in told:
        title = " – ".join(filter(None, (one.product_name.strip(), one.sku_name.strip()))) or one.seller_sku
        key = (title, one.seller_sku.strip())
        counted[key] = counted.get(key, 0) + 1
    return (ReturnItem(title=title, quantity=count, sku=sku) for (title, sku), count in counted.items())
