"""What one answer of Walmart's interface means, by what was asked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial

from tresen.channels.inbound import Ignored, Inbound, RawPayload, Unreadable
from tresen.channels.typed_json import read_json, read_value
from tresen.channels.walmart.interface.orders import snapshot
from tresen.channels.walmart.interface.other_shapes import Inventory, Returns, Stock, WalmartReturn
from tresen.channels.walmart.interface.returns import return_notice, stock_notice
from tresen.channels.walmart.interface.shapes import Orders, PurchaseOrder

ORDERS, RETURNS, STOCK = "orders", "returns", "stock"


def parse_answer(payload: RawPayload) -> Sequence[Inbound]:
    """Orders, returns or stock."""
    reader = _READERS.get(payload.about)
    if reader is None:
        return (Ignored(reason="answer_of_another_kind"),)
    try:
        return tuple(reader(payload)) or (Ignored(reason="empty_page"),)
    except ValueError as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)


def _orders(payload: RawPayload) -> Iterator[Inbound]:
    """Purchase orders of one customer's order are one; where a part is not understood, nothing is told of it."""
    together: dict[str, list[object]] = {}
    for told in read_json(payload.body, Orders).list.elements.order:
        together.setdefault(_name(told, "customerOrderId"), []).append(told)
    for number, parts in together.items():
        yield _each(number, partial(_whole, parts, payload.received_at))


def _whole(parts: Sequence[object], at: datetime) -> Inbound:
    return snapshot(purchase_orders(parts), at=at)


def purchase_orders(told: Iterable[object]) -> Sequence[PurchaseOrder]:
    """Each purchase order once: a list that moves while it is told may name one twice. Raises NotAsDocumented."""
    return list({one.purchase_order_id: one for one in (read_value(each, PurchaseOrder) for each in told)}.values())


def _returns(payload: RawPayload) -> Iterator[Inbound]:
    for told in read_json(payload.body, Returns).return_orders:
        yield _each(_name(told, "returnOrderId"), partial(_return, told))


def _return(told: object) -> Inbound:
    return return_notice(read_value(told, WalmartReturn))


def _stock(payload: RawPayload) -> Iterator[Inbound]:
    for told in read_json(payload.body, Stock).elements.inventories:
        yield _each(_name(told, "sku"), partial(_product, told, payload.received_at))


def _product(told: object, at: datetime) -> Inbound:
    return stock_notice(read_value(told, Inventory), at=at)


def _name(told: object, field: str) -> str:
    return str(told.get(field, ""))[:200] if isinstance(told, dict) else ""


def _each(name: str, read: Callable[[], Inbound]) -> Inbound:
    """What one entry of a page means; one that is wrong is told by its number, and the others stay."""
    try:
        return read()
    except (ValueError, ArithmeticError) as wrong:
        return Unreadable(reason="not_as_documented", subject=name, excerpt=str(wrong)[:300])


_READERS: dict[str, Callable[[RawPayload], Iterator[Inbound]]] = {ORDERS: _orders, RETURNS: _returns, STOCK: _stock}
