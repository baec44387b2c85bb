"""Returns of orders that changed. Shopify has no list of returns: orders are gone through, those with any read alone.

A return has no time of its last change; its order's stands for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tresen.channels.feeds import Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.inbound import Inbound, Unreadable
from tresen.channels.order_news import ReturnItem, ReturnNotice, ReturnState
from tresen.channels.outbound import StoreAccess
from tresen.channels.shopify.admin.asking import Question, ask_to_read
from tresen.channels.shopify.admin.order_shapes import Legacy, More, Nodes, number_in
from tresen.channels.shopify.admin.places import Place, between, not_read, order_gid, place_in, rest_of
from tresen.channels.shopify.shapes import Text
from tresen.channels.typed_json import NotAsDocumented, instant, read_value

RETURNS = "returns"
_PAGE = 50
_GONE_THROUGH = Question(
    document="""
query OrdersWithReturns($query: String!, $first: Int!, $after: String) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { legacyResourceId returns(first: 1) { nodes { id } } }
    pageInfo { hasNextPage endCursor }
  }
}
""",
    cost=2 + 4 * _PAGE,
)
_OF_ONE_ORDER = Question(
    document="""
query ReturnsOfOrder($id: ID!) {
  order(id: $id) {
    name updatedAt
    returns(first: 10) {
      nodes {
        id status createdAt closedAt
        returnLineItems(first: 10) {
          nodes {
            quantity customerNote returnReasonNote
            returnReasonDefinition { name }
            ... on ReturnLineItem { fulfillmentLineItem { lineItem { title sku } } }
          }
        }
        reverseFulfillmentOrders(first: 1) {
          nodes {
            reverseDeliveries(first: 1) {
              nodes { deliverable { ... on ReverseDeliveryShippingDeliverable { tracking { carrierName number } } } }
            }
          }
        }
      }
    }
  }
}
""",
    cost=3 + 10 * 51,
)
_STATES = {
    "REQUESTED": ReturnState.REQUESTED,
    "OPEN": ReturnState.AUTHORISED,
    "DECLINED": ReturnState.REFUSED,
    "CLOSED": ReturnState.CLOSED,
    "CANCELED": ReturnState.CLOSED,
}


class _WithReturns(Legacy, frozen=True, rename="camel"):
    returns: Nodes[Any]


class _OrdersPage(msgspec.Struct, frozen=True, rename="camel"):
    nodes: Sequence[_WithReturns] = ()
    page_info: More = More()


class _Named(msgspec.Struct, frozen=True):
    name: str


class _LineItem(msgspec.Struct, frozen=True):
    title: Text = None
    sku: Text = None


class _Fulfilled(msgspec.Struct, frozen=True, rename="camel"):
    line_item: _LineItem


class _Item(msgspec.Struct, frozen=True, rename="camel"):
    quantity: int
    customer_note: Text = None
    return_reason_note: Text = None
    return_reason_definition: _Named | None = None
    fulfillment_line_item: _Fulfilled | None = None


class _Tracking(msgspec.Struct, frozen=True, rename="camel"):
    carrier_name: Text = None
    number: Text = None


class _Deliverable(msgspec.Struct, frozen=True):
    tracking: _Tracking | None = None


class _Delivery(msgspec.Struct, frozen=True):
    deliverable: _Deliverable | None = None


class _Reverse(msgspec.Struct, frozen=True, rename="camel"):
    reverse_deliveries: Nodes[_Delivery] = Nodes()


class _Return(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    status: str
    created_at: datetime
    closed_at: datetime | None = None
    return_line_items: Nodes[_Item] = Nodes()
    reverse_fulfillment_orders: Nodes[_Reverse] = Nodes()


class _Order(msgspec.Struct, frozen=True, rename="camel"):
    name: str
    updated_at: datetime
    returns: Nodes[Any]


def read(access: StoreAccess, window: Window, place: str) -> Step:
    """Go through a page of orders, which tells nothing yet, or read one order's returns."""
    at = place_in(place)
    if isinstance(at, Stale):
        return at
    if at.alone:
        answer = ask_to_read(access, _OF_ONE_ORDER, {"id": order_gid(at.alone[0])})
        if isinstance(answer, Stopped):
            return answer
        return Page(told=(Told(about=RETURNS, body=answer.body),), next=rest_of(at).text())
    asked = {"query": between(window.since, window.until), "first": _PAGE, "after": at.after or None}
    answer = ask_to_read(access, _GONE_THROUGH, asked)
    if isinstance(answer, Stopped):
        return not_read(answer, at)
    try:
        page = read_value(answer.data.get("orders"), _OrdersPage)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    found = [str(order.legacy_resource_id) for order in page.nodes if order.returns.nodes]
    return Page(told=(), next=Place(alone=found, after=page.page_info.after).text())


def returns_in(data: Mapping[str, Any]) -> Iterator[Inbound]:
    """The returns of one order."""
    if data.get("order") is None:
        return
    order = read_value(data["order"], _Order)
    for told in order.returns.nodes:
        try:
            yield _notice(read_value(told, _Return), order)
        except ValueError as wrong:
            yield Unreadable(reason="not_as_documented", subject=order.name, excerpt=str(wrong))


def _notice(back: _Return, order: _Order) -> ReturnNotice:
    state = _STATES.get(back.status)
    if state is None:
        raise NotAsDocumented(f"“{back.status[:40]}” is no state of a return that we know.")
    items = back.return_line_items.nodes
    tracking = _tracking(back)
    return ReturnNotice(
        external_id=str(number_in(back.id)),
        order_number=order.name.strip(),
        changed_at=instant(order.updated_at),
        state=state,
        requested_at=instant(back.created_at),
        reason=next((one.return_reason_definition.name for one in items if one.return_reason_definition), ""),
        comment=next((note for one in items if (note := one.customer_note or one.return_reason_note)), ""),
        carrier=tracking.carrier_name or "",
        tracking=tracking.number or "",
        received_at=instant(back.closed_at) if back.closed_at and back.status == "CLOSED" else None,
        items=[*map(_item, items)],
    )


def _tracking(back: _Return) -> _Tracking:
    for reverse in back.reverse_fulfillment_orders.nodes:
        for delivery in reverse.reverse_deliveries.nodes:
            if delivery.deliverable and delivery.deliverable.tracking:
                return delivery.deliverable.tracking
    return _Tracking()


def _item(told: _Item) -> ReturnItem:
    line = told.fulfillment_line_item.line_item if told.fulfillment_line_item else _LineItem()
    return ReturnItem(title=line.title or "", quantity=told.quantity, sku=line.sku or "")


FEED = Feed(key=RETURNS, title="Returns", read=read, every=timedelta(minutes=15), reach=timedelta(days=180))
