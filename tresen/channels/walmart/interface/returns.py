"""From Walmart's returns and inventories to what they say. Pure.

Walmart authorises returns by itself: none waits for a decision of the seller's.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tresen.channels.order_news import ReturnItem, ReturnNotice, ReturnState, StockNotice
from tresen.channels.typed_json import instant
from tresen.channels.walmart.interface.other_shapes import CarrierInfo, Inventory, Pieces, ReturnLine, WalmartReturn

_IN_TRANSIT = "RETURN_IN_TRANSIT"
_PAID_BACK = "REFUND_COMPLETED"
_ORDER = (
    ReturnState.AUTHORISED,
    ReturnState.ON_THE_WAY,
    ReturnState.RECEIVED,
    ReturnState.CLOSED,
    ReturnState.REFUNDED,
)
"""A return is as far as the line of it that is least far."""


def return_notice(told: WalmartReturn) -> ReturnNotice:
    """The return as Walmart has it. Raises ValueError for a state we do not know, and for a return of nothing."""
    if not told.return_order_lines:
        raise ValueError(f"{told.return_order_id} has no lines.")
    states = [_state(line, told.return_order_id) for line in told.return_order_lines]
    requested = instant(told.return_order_date)
    carrier = next(iter(_carriers(told)), CarrierInfo())
    received = [line.status_time for line in told.return_order_lines if line.status == "DELIVERED" and line.status_time]
    return ReturnNotice(
        external_id=told.return_order_id,
        order_number=told.customer_order_id,
        changed_at=max((requested, *_times(told.return_order_lines))),
        state=min(states, key=_ORDER.index),
        requested_at=requested,
        reason=next((line.return_reason for line in told.return_order_lines if line.return_reason), ""),
        carrier=carrier.carrier_name or "",
        tracking=carrier.tracking_no or "",
        received_at=instant(max(received)) if received else None,
        items=[_item(line) for line in told.return_order_lines],
    )


def stock_notice(told: Inventory, *, at: datetime) -> StockNotice:
    """How much of a product there was at that time, in all places together."""
    available = [node.avail_to_sell_qty or node.input_qty for node in told.nodes]
    return StockNotice(
        sku=told.sku,
        at=at,
        available=_sum(available),
        reserved=_sum([node.reserved_qty for node in told.nodes]),
    )


def _state(line: ReturnLine, number: str) -> ReturnState:
    match line.status:
        case "INITIATED":
            sent = any(event.event_tag == _IN_TRANSIT for event in line.return_tracking_detail)
            return ReturnState.ON_THE_WAY if sent else ReturnState.AUTHORISED
        case "DELIVERED":
            return ReturnState.RECEIVED
        case "COMPLETED":
            return ReturnState.REFUNDED if line.current_refund_status == _PAID_BACK else ReturnState.CLOSED
        case other:
            raise ValueError(f"{number}: its state “{other}” is not known.")


def _times(lines: Sequence[ReturnLine]) -> Iterator[datetime]:
    for line in lines:
        told = [line.status_time, *(event.event_time for event in line.return_tracking_detail)]
        told += [one.status_time for one in line.current_tracking_statuses]
        yield from (instant(at) for at in told if at is not None)


def _carriers(told: WalmartReturn) -> Iterator[CarrierInfo]:
    for group in told.return_line_groups:
        for label in group.labels:
            yield from label.carrier_info_list


def _item(line: ReturnLine) -> ReturnItem:
    sku = (line.item.sku if line.item else None) or ""
    title = (line.item.product_name if line.item else None) or sku
    return ReturnItem(title=title, quantity=int(line.quantity.measurement_value) if line.quantity else 1, sku=sku)


def _sum(counts: Sequence[Pieces | None]) -> int:
    return sum(int(one.amount) for one in counts if one is not None)
