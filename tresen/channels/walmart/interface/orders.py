"""From purchase orders to the customer's order that they are parts of. Pure.

Buyers and Walmart's mails name the customer's order, the interface acts on purchase orders. What is told here is always
all purchase orders of a customer's order together, as `reading` asks for them.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from tresen.channels.countries import two_letters
from tresen.channels.money import minor_units
from tresen.channels.order_news import (
    Address,
    FulfilledBy,
    LineTold,
    OrderSnapshot,
    OrderState,
    ParcelTold,
    Payment,
    RefundTold,
)
from tresen.channels.senders import IdentityKind, Sender
from tresen.channels.tracking import TrackingState
from tresen.channels.typed_json import NotAsDocumented
from tresen.channels.walmart.addresses import is_relay
from tresen.channels.walmart.interface.shapes import (
    Charge,
    OrderLine,
    PostalAddress,
    PurchaseOrder,
    Refund,
    ShipNode,
    TrackingInfo,
)

CREATED = frozenset({"Created"})
OPEN = CREATED | {"Acknowledged"}
GONE = frozenset({"Shipped", "Delivered", "Refund"})
_CANCELLED = "Cancelled"
_KNOWN = OPEN | GONE | {_CANCELLED}
_BY_WALMART = "WFSFulfilled"
_NO = frozenset({"", "false", "no"})
USUAL_CURRENCY = "USD"


def snapshot(parts: Sequence[PurchaseOrder], *, at: datetime) -> OrderSnapshot:
    """The customer's order as it was when it was read: Walmart tells no time of its last change.

    Raises ValueError for sums and times that are none, and for states we do not know.
    """
    first = parts[0]
    lines = [(part, line) for part in parts for line in part.order_lines.order_line]
    for part, line in lines:
        for one in line.order_line_statuses.order_line_status:
            if one.status not in _KNOWN:
                raise ValueError(f"{part.purchase_order_id}: its state “{one.status}” is not known.")
    currency = next((c.charge_amount.currency for _part, line in lines for c in line.charges.charge), USUAL_CURRENCY)
    total = _total([line for _part, line in lines], currency)
    refunds = [refund_told(part, line, currency) for part, line in lines if line.refund]
    asked = [line.status_date for _part, line in lines if asks_to_cancel(line) and pieces(line, OPEN)]
    return OrderSnapshot(
        number=first.customer_order_id,
        external_id=first.purchase_order_id,
        changed_at=at,
        state=_state([line for _part, line in lines]),
        payment=_payment(total, refunds),
        fulfilled_by=FulfilledBy.PLATFORM if all(map(_by_walmart, parts)) else FulfilledBy.US,
        currency=currency,
        total=total,
        ordered_at=moment(min(part.order_date for part in parts)),
        ship_by=_earliest(part.shipping_info.estimated_ship_date for part in parts),
        deliver_by=_earliest(part.shipping_info.estimated_delivery_date for part in parts),
        cancel_asked_at=_earliest(asked),
        buyer=_buyer(first),
        ship_to=_address(first.shipping_info.postal_address) if first.shipping_info.postal_address else None,
        lines=[_line(part, line, currency) for part, line in lines],
        parcels=_parcels([line for _part, line in lines]),
        refunds=refunds,
    )


def line_id(part: PurchaseOrder, line: OrderLine) -> str:
    """How a line is known: lines are numbered within the customer's order, and acted on within a purchase order."""
    return f"{part.purchase_order_id}/{line.line_number}"


def pieces(line: OrderLine, states: frozenset[str]) -> int:
    """How many of a line's pieces are in one of these states."""
    told = line.order_line_statuses.order_line_status
    return sum(one.status_quantity.amount for one in told if one.status in states)


def asks_to_cancel(line: OrderLine) -> bool:
    """Whether the buyer wants the line cancelled."""
    return str(line.intent_to_cancel or "").casefold() not in _NO


def paid(line: OrderLine, currency: str) -> int:
    """What the buyer pays for a line, with shipping and tax."""
    return sum(_with_tax(charge, currency) for charge in line.charges.charge)


def _total(lines: Sequence[OrderLine], currency: str) -> int:
    """What the buyer pays: nothing is charged for pieces that were cancelled. Of an order that was, what it cost."""
    live = sum(
        paid(line, currency) * (quantity - pieces(line, frozenset({_CANCELLED}))) // quantity
        for line in lines
        if (quantity := line.order_line_quantity.amount) > 0
    )
    return live or sum(paid(line, currency) for line in lines)


def refunded(refund: Refund, currency: str) -> int:
    """What went back in all; whether it is told with a minus is not documented."""
    return sum(abs(_with_tax(one.charge, currency)) for one in refund.refund_charges.refund_charge)


def refund_name(part: PurchaseOrder, line: OrderLine) -> str:
    """What Walmart calls what went back for a line; the line's own number where it tells none."""
    return (line.refund.refund_id if line.refund else None) or line_id(part, line)


def refund_told(part: PurchaseOrder, line: OrderLine, currency: str) -> RefundTold:
    """What went back for a line, at the time of its newest state."""
    if line.refund is None:
        raise ValueError(f"{line_id(part, line)} has no refund.")
    charges = line.refund.refund_charges.refund_charge
    return RefundTold(
        external_id=refund_name(part, line),
        amount=refunded(line.refund, currency),
        at=moment(line.status_date),
        reason=(charges[0].refund_reason if charges else None) or "",
    )


def moment(milliseconds: int) -> datetime:
    """A time from Walmart's milliseconds. Raises NotAsDocumented for one beyond the calendar."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        raise NotAsDocumented(f"{milliseconds} is no time of this world.") from None


def _earliest(times: Iterator[int | None] | Sequence[int]) -> datetime | None:
    known = [one for one in times if one is not None]
    return moment(min(known)) if known else None


def _with_tax(charge: Charge, currency: str) -> int:
    tax = charge.tax.tax_amount.amount if charge.tax else Decimal(0)
    return minor_units(charge.charge_amount.amount, currency) + minor_units(tax, currency)


def _by_walmart(part: PurchaseOrder) -> bool:
    nodes = [part.ship_node] if isinstance(part.ship_node, ShipNode) else part.ship_node or ()
    return any(node.type == _BY_WALMART for node in nodes)


def _state(lines: Sequence[OrderLine]) -> OrderState:
    waiting, gone = sum(pieces(line, OPEN) for line in lines), sum(pieces(line, GONE) for line in lines)
    if waiting:
        return OrderState.PART_SHIPPED if gone else OrderState.OPEN
    if not gone:
        return OrderState.CANCELLED
    under_way = sum(pieces(line, frozenset({"Shipped"})) for line in lines)
    return OrderState.SHIPPED if under_way else OrderState.DELIVERED


def _payment(total: int, refunds: Sequence[RefundTold]) -> Payment | None:
    """Walmart charges the buyer as soon as goods are shipped, and does not tell that it has."""
    back = sum(one.amount for one in refunds)
    if not back:
        return None
    return Payment.REFUNDED if back >= total else Payment.PART_REFUNDED


def _buyer(part: PurchaseOrder) -> Sender | None:
    """Known by the relay address of this order, as in mails; some orders name one that reaches nobody."""
    email = (part.customer_email_id or "").strip()
    name = (part.shipping_info.postal_address.name if part.shipping_info.postal_address else None) or ""
    if is_relay(email):
        return Sender(kind=IdentityKind.RELAY, key=email.lower(), name=name, reply_to=email)
    return Sender(kind=IdentityKind.USERNAME, key=part.buyer_id, name=name) if part.buyer_id else None


def _address(to: PostalAddress) -> Address:
    place = " ".join(piece for piece in (to.city, to.state, to.postal_code) if piece)
    lines = (to.name, to.address1, to.address2, place, to.country)
    return Address(
        lines=tuple(line.strip() for line in lines if line and line.strip()),
        postcode=to.postal_code or "",
        city=to.city or "",
        region=to.state or "",
        country=two_letters(to.country or ""),
    )


def _line(part: PurchaseOrder, line: OrderLine, currency: str) -> LineTold:
    quantity = line.order_line_quantity.amount
    goods = sum(
        minor_units(charge.charge_amount.amount, currency)
        for charge in line.charges.charge
        if charge.charge_type == "PRODUCT"
    )
    return LineTold(
        external_id=line_id(part, line),
        title=line.item.product_name,
        quantity=quantity,
        price=goods // max(quantity, 1),
        sku=line.item.sku,
        picture=_web(line.item.image_url),
        shipped=pieces(line, GONE),
        cancelled=pieces(line, frozenset({_CANCELLED})),
    )


def _parcels(lines: Sequence[OrderLine]) -> list[ParcelTold]:
    found: dict[str, ParcelTold] = {}
    for line in lines:
        for one in line.order_line_statuses.order_line_status:
            if one.tracking_info and one.tracking_info.tracking_number:
                parcel = _parcel(one.tracking_info, one.status)
                found.setdefault(parcel.external_id, parcel)
    return list(found.values())


def _parcel(told: TrackingInfo, status: str) -> ParcelTold:
    named = told.carrier_name
    carrier = (named.carrier or named.other_carrier if named else None) or ""
    number = told.tracking_number or ""
    return ParcelTold(
        external_id=f"{carrier}/{number}",
        state=TrackingState.DELIVERED if status == "Delivered" else TrackingState.IN_TRANSIT,
        said=status,
        carrier=carrier,
        tracking=number,
        tracking_address=_web(told.address),
        shipped_at=moment(told.ship_date_time) if told.ship_date_time is not None else None,
    )


def _web(address: str | None) -> str:
    return address if address and address.startswith(("https://", "http://")) else ""
