"""What an answer of the Admin API means, by what was asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from tresen.channels.inbound import Ignored, Inbound, RawPayload, Unreadable
from tresen.channels.shopify.admin.disputes import DISPUTES, notices_in
from tresen.channels.shopify.admin.order_questions import FEW, MANY, Parts
from tresen.channels.shopify.admin.order_shapes import GraphOrder
from tresen.channels.shopify.admin.reading_orders import ORDER, ORDERS, OrdersPage
from tresen.channels.shopify.admin.returns import RETURNS, returns_in
from tresen.channels.shopify.admin.stock import STOCK, VARIANT, levels_in
from tresen.channels.shopify.orders import snapshot
from tresen.channels.typed_json import read_json, read_value

type Understood = Iterator[Inbound]
_NOTHING = Ignored(reason="nothing_new")


class _Answer(msgspec.Struct, frozen=True):
    data: dict[str, Any]


def parse_answer(payload: RawPayload) -> Sequence[Inbound]:
    """All that it tells; what cannot be understood says so, and takes nothing else along."""
    understand = _BY_ABOUT.get(payload.about)
    if understand is None:
        return (Ignored(reason="asked_by_nobody"),)
    try:
        return tuple(understand(read_json(payload.body, _Answer).data, payload)) or (_NOTHING,)
    except ValueError as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)


def _orders(data: Mapping[str, Any], _payload: RawPayload) -> Understood:
    """One by one: a strange one loses none of the others."""
    for told in read_value(data.get("orders"), OrdersPage).nodes:
        try:
            yield _order(told, FEW)
        except ValueError as wrong:
            yield Unreadable(reason="not_as_documented", subject=_called(told), excerpt=str(wrong))


def _whole_order(data: Mapping[str, Any], _payload: RawPayload) -> Understood:
    if data.get("order") is not None:
        yield _order(data["order"], MANY)


def _called(told: object) -> str:
    """What people call it by, if it says."""
    name = told.get("name") if isinstance(told, dict) else ""
    return name[:80] if isinstance(name, str) else ""


def _order(told: object, asked: Parts) -> Inbound:
    return snapshot(read_value(told, GraphOrder).as_told_by_webhook(asked))


_BY_ABOUT: Mapping[str, Callable[[Mapping[str, Any], RawPayload], Understood]] = {
    ORDERS: _orders,
    ORDER: _whole_order,
    RETURNS: lambda data, _payload: returns_in(data),
    STOCK: lambda data, _payload: levels_in(data),
    VARIANT: lambda data, _payload: levels_in(data),
    DISPUTES: lambda data, payload: notices_in(data, recorded_at=payload.recorded_at),
}
