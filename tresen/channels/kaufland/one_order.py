"""One order read anew, with what hangs on it."""

from collections.abc import Iterable, Sequence

import msgspec

from tresen.channels.feeds import Stopped, Told
from tresen.channels.http import HttpResponse
from tresen.channels.kaufland.asking import Missing, answer_to, at_storefront, path_part, read
from tresen.channels.kaufland.parsing import ORDERS, UNITS
from tresen.channels.kaufland.reading import once, pieces_of_return
from tresen.channels.kaufland.shapes import OrderAsked
from tresen.channels.order_door import NoSuchOrder, OrderDoor, OrderRef
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json

MOST_ASIDE = 5
"""So many pieces of an order are asked about when it is read anew."""


class _ReturnNumber(msgspec.Struct, frozen=True):
    id_return: int


class _WithReturn(msgspec.Struct, frozen=True):
    return_unit: _ReturnNumber | None = None


class _UnitsReturn(msgspec.Struct, frozen=True):
    data: _WithReturn


def _read_order(order: OrderRef, access: StoreAccess) -> Sequence[Told] | NoSuchOrder | Stopped:
    """The order, its returns, and what is there of its products."""
    answer = answer_to(access, f"/orders/{path_part(order.number)}")
    if isinstance(answer, Missing):
        return NoSuchOrder()
    if isinstance(answer, Stopped):
        return answer
    told = [Told(about=ORDERS, body=answer.body)]
    try:
        units = read_json(answer.body, OrderAsked).data.order_units
    except NotAsDocumented:
        return told  # parsing says why
    for back in _returns_of(access, [unit.id_order_unit for unit in units[:MOST_ASIDE]]):
        pieces = pieces_of_return(access, back)
        told += pieces if not isinstance(pieces, Missing | Stopped) else ()
    for offer in once(unit.id_offer or "" for unit in units)[:MOST_ASIDE]:
        query = (*at_storefront(access), ("embedded", "products"), ("id_offer", offer))
        level = answer_to(access, "/units", *query)
        if isinstance(level, HttpResponse):  # what is beside the order may be missing for once
            told.append(Told(about=UNITS, body=level.body))
    return told


def _returns_of(access: StoreAccess, units: Iterable[int]) -> Sequence[str]:
    """The returns that these pieces come back in."""
    found = []
    for number in units:
        unit = read(access, _UnitsReturn, f"/order-units/{number}", ("embedded", "return_unit"))
        if isinstance(unit, _UnitsReturn) and unit.data.return_unit:
            found.append(str(unit.data.return_unit.id_return))
    return once(found)


ORDER = OrderDoor(read=_read_order)
