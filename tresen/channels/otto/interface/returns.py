"""From OTTO's returned pieces to what they say, and from its stock. Pure.

What a buyer has announced waits for the seller: he accepts it, whether it has come or not, or rejects it.
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from tresen.channels.order_news import ReturnItem, ReturnNotice, ReturnState, StockNotice
from tresen.channels.otto.interface.other_shapes import Level, ReturnDetails, ReturnedItem, ReturnScan
from tresen.channels.typed_json import instant

MISDIRECTED = "MISDIRECTED"
_STATES = {
    "ANNOUNCED": ReturnState.REQUESTED,
    "ACCEPTED": ReturnState.REFUNDED,
    "REJECTED": ReturnState.REFUSED,
    # It reached a warehouse of OTTO's; whether it can be decided from there is not documented.
    MISDIRECTED: ReturnState.ON_THE_WAY,
}
_ARRIVED = "DELIVERED"


class Bought(msgspec.Struct, frozen=True):
    """The piece that comes back, as its order tells it."""

    number: str
    title: str
    sku: str


def return_notice(
    told: ReturnedItem, bought: Mapping[str, Bought], scans: Mapping[str, list[ReturnScan]]
) -> ReturnNotice:
    """The return, which is as old as what was last heard of it. Raises ValueError for a state we do not know."""
    of = bought.get(told.position_item_id)
    if of is None:
        raise ValueError(f"{told.position_item_id}: its order is not told.")
    if told.status not in _STATES:
        raise ValueError(f"{told.position_item_id}: its state “{told.status}” is not known.")
    details = told.details or ReturnDetails()
    key = details.return_tracking_key
    numbers = tuple(key.tracking_numbers) if key else ()
    seen = [scan for number in numbers for scan in scans.get(number, ())]
    arrived = [instant(scan.occurred_on) for scan in seen if scan.state == _ARRIVED]
    heard = (told.occurred_time, *(scan.occurred_on for scan in seen))
    return ReturnNotice(
        external_id=told.position_item_id,
        order_number=of.number,
        changed_at=max(map(instant, heard)),
        state=_STATES[told.status],
        requested_at=min(map(instant, heard)),
        reason=details.reason or (told.status if told.status == MISDIRECTED else ""),
        comment=_comment(details),
        carrier=(key.carrier if key else None) or "",
        tracking=", ".join(numbers),
        received_at=max(arrived) if arrived else None,
        items=[ReturnItem(title=of.title, quantity=1, sku=of.sku)],
    )


def stock_notice(told: Level, *, at: datetime) -> StockNotice:
    """How much of a product there was at that time."""
    return StockNotice(sku=told.sku, at=at, available=told.quantity)


def condition(letter: str) -> str:
    """The state of what came back, as it is kept."""
    return f"Condition {letter}"


def _comment(details: ReturnDetails) -> str:
    """What OTTO tells besides the reason: to which warehouse it went, or its condition."""
    return details.otto_warehouse or (condition(details.condition) if details.condition else "")
