"""From Kaufland's orders, returns and offers to what they say. Pure."""

from collections.abc import Sequence
from datetime import datetime

from tresen.channels.kaufland.asking import KAUFLAND
from tresen.channels.kaufland.shapes import KauflandAddress, KauflandOrder, OrderUnit, ReturnUnit, Unit
from tresen.channels.order_news import (
    Address,
    FulfilledBy,
    LineTold,
    OrderSnapshot,
    OrderState,
    ReturnItem,
    ReturnNotice,
    ReturnState,
    StockNotice,
)
from tresen.channels.senders import IdentityKind, Sender
from tresen.channels.typed_json import instant

CANCELLED = "cancelled"
TO_SEND = frozenset({"need_to_be_sent"})
_BACK = frozenset({"returned", "returned_paid"})
_ARRIVED = frozenset({"received"}) | _BACK
GONE_OUT = frozenset({"sent", "sent_and_autopaid"}) | _ARRIVED
NOT_OUT = frozenset({"open"}) | TO_SEND
_KNOWN = frozenset({CANCELLED}) | NOT_OUT | GONE_OUT
_RETURNS = {
    "need_to_be_returned": ReturnState.AUTHORISED,
    # It has arrived, and we decide about it: accept, clarify, reject.
    "return_arrived": ReturnState.REQUESTED,
    "return_in_clarification": ReturnState.RECEIVED,
    "return_in_repair": ReturnState.RECEIVED,
    "return_accepted": ReturnState.REFUNDED,
    "return_rejected": ReturnState.REFUSED,
    "return_closed": ReturnState.CLOSED,
}


def snapshot(order: KauflandOrder) -> OrderSnapshot:
    """The order by its units. Raises ValueError for states we do not know, and for an order without any unit."""
    units = order.order_units
    if not units:
        raise ValueError(f"{order.id_order} has no units.")
    waiting = [unit for unit in units if unit.status not in GONE_OUT | {CANCELLED}] or units
    deadlines = [unit.delivery_time_expires_iso for unit in waiting if unit.delivery_time_expires_iso]
    return OrderSnapshot(
        number=order.id_order,
        changed_at=max(instant(unit.ts_updated_iso) for unit in units),
        state=_state(order),
        fulfilled_by=FulfilledBy.PLATFORM if order.fulfillment_type == KAUFLAND else FulfilledBy.US,
        currency=units[0].currency,
        total=sum(unit.price + unit.shipping_rate for unit in _paid(units)),
        ordered_at=instant(order.ts_created_iso),
        ship_by=min(map(instant, deadlines)) if deadlines else None,
        buyer=_buyer(order),
        ship_to=_address(order.shipping_address) if order.shipping_address else None,
        lines=[_line(unit) for unit in units],
    )


def _paid(units: Sequence[OrderUnit]) -> Sequence[OrderUnit]:
    """What the buyer pays for: Kaufland takes nothing for what was cancelled. Of an order that was, what it cost."""
    return [unit for unit in units if unit.status != CANCELLED] or units


def buyer_key(number: int) -> str:
    """How a buyer is known."""
    return str(number)


def return_notice(unit: ReturnUnit, *, at: datetime, carrier: str, tracking: str) -> ReturnNotice:
    """A piece that comes back, as it was at that time: Kaufland does not tell when it changed. Raises ValueError."""
    if unit.status not in _RETURNS:
        raise ValueError(f"{unit.id_return_unit}: its state “{unit.status}” is not known.")
    if unit.order_unit is None:
        raise ValueError(f"{unit.id_return_unit}: what was bought is not told.")
    bought = unit.order_unit
    return ReturnNotice(
        external_id=str(unit.id_return_unit),
        order_number=bought.id_order,
        changed_at=at,
        state=_RETURNS[unit.status],
        requested_at=instant(unit.ts_created_iso),
        reason=unit.reason,
        comment=unit.note or "",
        carrier=carrier,
        tracking=tracking,
        items=[ReturnItem(title=_title(bought), quantity=1, sku=bought.id_offer or "")],
    )


def stock_notice(unit: Unit, *, at: datetime) -> StockNotice | None:
    """How much of an offer there was at that time; None for one without a number of ours."""
    if not unit.id_offer:
        return None
    return StockNotice(
        sku=unit.id_offer,
        at=at,
        available=unit.amount,
        item_id=str(unit.id_product or ""),
        title=unit.product.title if unit.product else "",
    )


def _state(order: KauflandOrder) -> OrderState:
    states = [unit.status for unit in order.order_units]
    unknown = next((state for state in states if state not in _KNOWN), None)
    if unknown is not None:
        raise ValueError(f"{order.id_order}: its state “{unknown}” is not known.")
    return _state_of([state for state in states if state != CANCELLED])


def _state_of(live: Sequence[str]) -> OrderState:
    """How far an order is whose units that are not cancelled are in these states."""
    for state, of_all in (
        (OrderState.CANCELLED, not live),
        (OrderState.RETURNED, _BACK.issuperset(live)),
        (OrderState.DELIVERED, _ARRIVED.issuperset(live)),
        (OrderState.SHIPPED, GONE_OUT.issuperset(live)),
        (OrderState.PART_SHIPPED, not GONE_OUT.isdisjoint(live)),
        (OrderState.OPEN, not TO_SEND.isdisjoint(live)),
    ):
        if of_all:
            return state
    return OrderState.PENDING


def _buyer(order: KauflandOrder) -> Sender | None:
    """By his number; mail is no way to reach him, so his address is left out."""
    if order.buyer is None:
        return None
    address = order.shipping_address or order.billing_address
    name = f"{address.first_name} {address.last_name}".strip() if address else ""
    return Sender(kind=IdentityKind.USERNAME, key=buyer_key(order.buyer.id_buyer), name=name)


def _address(to: KauflandAddress) -> Address:
    lines = (
        f"{to.first_name} {to.last_name}",
        to.company_name,
        f"{to.street} {to.house_number}",
        to.additional_field,
        f"{to.postcode} {to.city}",
        to.country,
    )
    code = to.country.strip().upper()
    return Address(
        lines=tuple(line.strip() for line in lines if line and line.strip()),
        postcode=to.postcode,
        city=to.city,
        country=code if len(code) == 2 and code.isascii() and code.isalpha() else "",  # noqa: PLR2004 - ISO 3166
    )


def _title(unit: OrderUnit) -> str:
    return (unit.product.title if unit.product else "") or unit.id_offer or str(unit.id_order_unit)


def _line(unit: OrderUnit) -> LineTold:
    product = unit.product
    return LineTold(
        external_id=str(unit.id_order_unit),
        title=_title(unit),
        quantity=1,
        price=unit.price,
        sku=unit.id_offer or "",
        item_id=str((product.id_product if product else None) or ""),
        picture=(product.main_picture if product else None) or "",
        shipped=1 if unit.status in GONE_OUT else 0,
        cancelled=1 if unit.status == CANCELLED else 0,
    )
