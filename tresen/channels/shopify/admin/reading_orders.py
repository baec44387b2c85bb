"""Orders that changed, and one order anew."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from tresen.channels.feeds import Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.order_door import NoSuchOrder, OrderDoor, OrderRef
from tresen.channels.outbound import StoreAccess
from tresen.channels.shopify.admin.asking import ask_to_read
from tresen.channels.shopify.admin.order_questions import CHANGED, FEW, MANY, NAMED, PAGE, WHOLE
from tresen.channels.shopify.admin.order_shapes import GraphOrder, Legacy, More, Nodes
from tresen.channels.shopify.admin.places import Place, between, not_read, order_gid, place_in, rest_of
from tresen.channels.typed_json import NotAsDocumented, read_value

ORDERS, ORDER = "orders", "order"
"""Pages of orders with `FEW` of their parts, and one order with `MANY`."""


class OrdersPage(msgspec.Struct, frozen=True, rename="camel"):
    """A page whose orders are looked at one by one: a strange one loses none of the others."""

    nodes: Sequence[Any] = ()
    page_info: More = More()


class _Named(Legacy, frozen=True, rename="camel"):
    name: str


def read(access: StoreAccess, window: Window, place: str) -> Step:
    """One page of what changed, or one order of it that has many parts."""
    at = place_in(place)
    if isinstance(at, Stale):
        return at
    if at.alone:
        answer = ask_to_read(access, WHOLE, {"id": order_gid(at.alone[0]), **MANY.variables()})
        if isinstance(answer, Stopped):
            return answer
        return Page(told=(Told(about=ORDER, body=answer.body),), next=rest_of(at).text())
    asked = {"query": between(window.since, window.until), "first": PAGE, "after": at.after or None}
    answer = ask_to_read(access, CHANGED, {**asked, **FEW.variables()})
    if isinstance(answer, Stopped):
        return not_read(answer, at)
    try:
        page = read_value(answer.data.get("orders"), OrdersPage)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    cut = [*filter(None, map(_number_if_cut, page.nodes))]
    following = Place(alone=cut, after=page.page_info.after)
    return Page(told=(Told(about=ORDERS, body=answer.body),), next=following.text())


def read_one(order: OrderRef, access: StoreAccess) -> Sequence[Told] | NoSuchOrder | Stopped:
    """All that the shop tells of one order."""
    number = order.external_id or number_of(order, access)
    if isinstance(number, NoSuchOrder | Stopped):
        return number
    answer = ask_to_read(access, WHOLE, {"id": order_gid(number), **MANY.variables()})
    if isinstance(answer, Stopped):
        return answer
    return (Told(about=ORDER, body=answer.body),) if answer.data.get("order") else NoSuchOrder()


def number_of(order: OrderRef, access: StoreAccess) -> str | NoSuchOrder | Stopped:
    """The older interface's number of the order that people call "#1042", with or without its sign."""
    name = order.number.strip().lstrip("#")
    if not name or "'" in name or "\\" in name:
        return NoSuchOrder()
    answer = ask_to_read(access, NAMED, {"query": f"name:'{name}'"})
    if isinstance(answer, Stopped):
        return answer
    try:
        found = read_value(answer.data.get("orders"), Nodes[_Named]).nodes
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    return next((str(one.legacy_resource_id) for one in found if one.name.lstrip("#") == name), NoSuchOrder())


def _number_if_cut(told: object) -> str:
    """The number of an order that has more parts than the page; what is no order is understood later, or not."""
    try:
        order = read_value(told, GraphOrder)
    except NotAsDocumented:
        return ""
    return str(order.legacy_resource_id) if order.is_cut(FEW) else ""


FEED = Feed(key=ORDERS, title="Orders", read=read, every=timedelta(minutes=5), reach=timedelta(days=3650))
DOOR = OrderDoor(read=read_one)
