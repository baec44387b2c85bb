"""Mark as shipped (fulfillmentCreate): what is open of the order, or some pieces of it, with its tracking."""

from collections.abc import Iterator, Sequence

import msgspec

from tresen.channels.feeds import Stopped
from tresen.channels.order_door import ActionLine, ActionOffer, ActionResult, ActionWanted, Done, NotDone
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain
from tresen.channels.shopify.acting.answers import (
    CHANGE,
    Made,
    changed,
    found_among,
    looked_at_order,
    read_first,
)
from tresen.channels.shopify.admin.asking import Question
from tresen.channels.shopify.admin.order_shapes import Legacy, Nodes, number_in
from tresen.channels.shopify.shapes import Text

_OPEN = Question(
    document="""
query OpenFulfillments($id: ID!) {
  order(id: $id) {
    fulfillmentOrders(first: 10) {
      nodes {
        id
        supportedActions { action }
        assignedLocation { location { id } }
        lineItems(first: 20) { nodes { id remainingQuantity lineItem { id } } }
      }
    }
  }
}
""",
    cost=3 + 10 * (6 + 2 * 20),
)
_SHIP = Question(
    document="""
mutation Ship($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { legacyResourceId } userErrors { message } }
}
""",
    cost=CHANGE,
)
_LOOK = Question(
    document="""
query Shipped($id: ID!) {
  order(id: $id) {
    fulfillments(first: 50) { legacyResourceId status createdAt trackingInfo(first: 3) { number } }
  }
}
""",
    cost=1 + 4 * 50,
)


class _Id(msgspec.Struct, frozen=True):
    id: str


class _Action(msgspec.Struct, frozen=True):
    action: str


class _Place(msgspec.Struct, frozen=True):
    location: _Id | None = None


class _Line(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    remaining_quantity: int
    line_item: _Id


class _Part(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    supported_actions: Sequence[_Action]
    assigned_location: _Place
    line_items: Nodes[_Line]


class _Order(msgspec.Struct, frozen=True, rename="camel"):
    fulfillment_orders: Nodes[_Part]


class _Created(msgspec.Struct, frozen=True):
    fulfillment: Legacy | None = None


class _Number(msgspec.Struct, frozen=True):
    number: Text = None


class _Shipped(Made, frozen=True, rename="camel"):
    status: str
    tracking_info: Sequence[_Number] = ()


class _ShippedOrder(msgspec.Struct, frozen=True):
    fulfillments: Sequence[_Shipped]


def perform(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Read what is open, and ask once."""
    read = read_first(wanted, access, _OPEN, _Order)
    if isinstance(read, Later | Refused):
        return read
    _id, order = read
    parts = [part for part in order.fulfillment_orders.nodes if _may_be_shipped(part)]
    chosen = [*_chosen(parts, wanted.lines)] if wanted.lines else [*map(_all_of, parts)]
    if not chosen or sum(map(_pieces, chosen)) < sum(line.quantity for line in wanted.lines):
        return Refused(reason="So much is not open to be shipped.")
    asked_for = {one["fulfillmentOrderId"] for one in chosen}
    if len({part.assigned_location for part in parts if part.id in asked_for}) > 1:
        return Refused(reason="It lies at several locations: mark each part as shipped at Shopify.")
    fulfillment = {
        "lineItemsByFulfillmentOrder": chosen,
        "notifyCustomer": True,
        "trackingInfo": {"company": wanted.carrier or None, "number": wanted.tracking or None},
    }
    answer = changed(
        access, _SHIP, {"fulfillment": fulfillment}, name="fulfillmentCreate", kind=_Created, errors="userErrors"
    )
    if isinstance(answer, Later | Refused | Uncertain):
        return answer
    return Done(external_id=str(answer.fulfillment.legacy_resource_id) if answer.fulfillment else "")


def look(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """Whether something was handed over since it was tried, with this tracking where there is one."""
    order = looked_at_order(wanted, access, _LOOK, _ShippedOrder)
    if isinstance(order, Stopped):
        return order
    return found_among(
        order.fulfillments, wanted, fits=lambda one: one.status == "SUCCESS" and wanted.tracking in _numbers(one)
    )


def _numbers(shipped: _Shipped) -> set[str]:
    return {told.number or "" for told in shipped.tracking_info} or {""}


def _may_be_shipped(part: _Part) -> bool:
    return any(one.action == "CREATE_FULFILLMENT" for one in part.supported_actions)


def _all_of(part: _Part) -> dict[str, object]:
    return {"fulfillmentOrderId": part.id}


def _chosen(parts: Sequence[_Part], lines: Sequence[ActionLine]) -> Iterator[dict[str, object]]:
    """Pieces of the lines that are wanted, from where they are open."""
    left = {line.external_id: line.quantity for line in lines}
    for part in parts:
        taken = []
        for line in part.line_items.nodes:
            number = str(number_in(line.line_item.id))
            pieces = min(left.get(number, 0), line.remaining_quantity)
            if pieces > 0:
                left[number] -= pieces
                taken.append({"id": line.id, "quantity": pieces})
        if taken:
            yield {"fulfillmentOrderId": part.id, "fulfillmentOrderLineItems": taken}


def _pieces(chosen: dict[str, object]) -> int:
    lines = chosen.get("fulfillmentOrderLineItems")
    return sum(one["quantity"] for one in lines) if isinstance(lines, list) else 0


SHIP = ActionOffer(perform=perform, look=look, says=("Shopify tells the buyer by e-mail.",))
