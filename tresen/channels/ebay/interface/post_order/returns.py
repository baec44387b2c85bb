"""Returns: what eBay tells of them, and what we decide. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tresen.channels.contract import Ignored, Inbound, RawPayload, Unreadable
from tresen.channels.ebay.interface.post_order.shapes import Found, Return
from tresen.channels.order_news import ReturnItem, ReturnNotice, ReturnState
from tresen.channels.typed_json import NotAsDocumented, instant, read_json, read_value

_STATES: Mapping[ReturnState, tuple[str, ...]] = {
    ReturnState.REQUESTED: (
        *("INITIAL", "RETURN_REQUESTED", "RETURN_REQUEST_TIMEOUT", "REPLACEMENT_REQUESTED"),
        *("REPLACEMENT_REQUEST_TIMEOUT", "PARTIAL_REFUND_REQUESTED", "PARTIAL_REFUND_DECLINED"),
    ),
    ReturnState.AUTHORISED: (
        *("RMA_PENDING", "RETURN_LABEL_REQUESTED", "RETURN_LABEL_REQUESTED_TIMEOUT", "RETURN_LABEL_PENDING"),
        *("RETURN_LABEL_PENDING_TIMEOUT", "ITEM_READY_TO_SHIP", "REPLACEMENT_RMA_PENDING", "REPLACEMENT_STARTED"),
        *("REPLACEMENT_LABEL_REQUESTED", "REPLACEMENT_LABEL_REQUESTED_TIMEOUT", "REPLACEMENT_SHIPPED"),
        *("REPLACEMENT_DELIVERED", "PARTIAL_REFUND_FAILED"),
    ),
    ReturnState.REFUSED: ("RETURN_REJECTED",),
    ReturnState.ON_THE_WAY: ("ITEM_SHIPPED",),
    ReturnState.RECEIVED: ("ITEM_DELIVERED", "REFUND_TIMEOUT"),
    ReturnState.REFUNDED: (
        *("REFUND_INITIATED", "AUTO_REFUND_INITIATED", "PAYOUT_INITIATED", "REFUND_SENT_PENDING_CONFIRMATION"),
        *("PARTIAL_REFUNDED", "PARTIAL_REFUND_INITIATED", "PARTIAL_REFUND_NON_PAYPAL_INITIATED"),
        *("PARTIAL_REFUND_AS_PAYOUT_INITIATED", "LESS_THAN_A_FULL_REFUND_ISSUED", "ITEM_KEPT"),
    ),
    ReturnState.CLOSED: ("CLOSED", "REPLACED", "REPLACEMENT_CLOSED"),
}
"""EBay's states (types/ReturnStateEnum, read 2026-11-30) by ours."""
_OURS = {word: state for state, words in _STATES.items() for word in words}


def parse_returns(payload: RawPayload) -> Sequence[Inbound]:
    """A page of the search for returns. Raises NotAsDocumented for what is no page."""
    found = read_json(payload.body, Found).members
    return tuple(_one(told, at=payload.received_at) for told in found or ()) or (Ignored(reason="empty_page"),)


def _one(told: object, *, at: datetime) -> Inbound:
    try:
        return _notice(read_value(told, Return), at=at)
    except NotAsDocumented as wrong:
        number = told.get("returnId", "") if isinstance(told, dict) else ""
        return Unreadable(reason="not_as_documented", subject=str(number)[:80], excerpt=str(wrong))


def _notice(one: Return, *, at: datetime) -> ReturnNotice:
    """The return as it was when it was read. Raises NotAsDocumented for a state that we do not know."""
    began, due = one.creation_info, one.seller_response_due
    requested_at = began.creation_date.value
    if requested_at is None or not one.order_id:
        raise NotAsDocumented("It says no time, or no order.")
    state = state_of(one)
    respond_by = due.respond_by_date.value if due and due.respond_by_date else None
    return ReturnNotice(
        external_id=str(one.return_id),
        order_number=one.order_id,
        changed_at=instant(at),
        state=state,
        requested_at=instant(requested_at),
        reason=began.reason or "",
        comment=(began.comments.content or "") if began.comments else "",
        decide_by=instant(respond_by) if respond_by and state is ReturnState.REQUESTED else None,
        items=_items(one),
    )


def state_of(one: Return) -> ReturnState:
    """How far a return is. Raises NotAsDocumented for a state that we do not know."""
    state = _OURS.get(one.state or "")
    if state is None:
        raise NotAsDocumented(f"There is no state “{(one.state or '')[:60]}”.")
    return state


def _items(one: Return) -> tuple[ReturnItem, ...]:
    item = one.creation_info.item
    if item is None or not item.item_id:
        return ()
    return (ReturnItem(title=str(item.item_id), quantity=item.return_quantity),)
