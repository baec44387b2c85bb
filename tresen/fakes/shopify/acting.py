"""What the shop does when it is told to: refunds, cancellations, returns, shipping."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from graphql import GraphQLError, GraphQLResolveInfo, GraphQLSchema, get_directive_values

from tresen.fakes.sales import GoodsBack, MoneyBack, Sale
from tresen.fakes.shopify.connections import Told, gid, moment, number_of
from tresen.fakes.shopify.orders import fulfillment_told
from tresen.fakes.shopify.resolving import Shop, sale_of
from tresen.fakes.shopify.returns import return_told
from tresen.fakes.shopify.shipping import remaining_of
from tresen.fakes.world import NotPossible


def mutation_root(shop: Shop) -> Told:
    """The root's fields."""
    return {
        "refundCreate": lambda info, input: _refund(shop, info, input),  # noqa: A006 - the argument's name
        "orderCancel": lambda _info, **asked: _cancel(shop, asked),
        "returnApproveRequest": lambda _info, input: _decide(shop, input, approve=True),  # noqa: A006
        "returnDeclineRequest": lambda _info, input: _decide(shop, input, approve=False),  # noqa: A006
        "fulfillmentCreate": lambda _info, fulfillment: _ship(shop, fulfillment),
    }


def _refund(shop: Shop, info: GraphQLResolveInfo[None], asked: Mapping[str, Any]) -> Told:
    shop.needs("write_orders", "refundCreate")
    key = _key(info.schema, info)
    known = shop.keys.setdefault(key, asked)
    if known != asked:
        raise GraphQLError(
            "The same key was used with other parameters.",
            extensions={"code": "IDEMPOTENCY_KEY_PARAMETER_MISMATCH"},
        )
    sale = sale_of(shop, asked["orderId"])
    if sale is None:
        return {"refund": None, "userErrors": [_wrong("Order does not exist", "orderId")]}
    digits = get_currency_precision(sale.currency)
    amounts = [Decimal(str(one["amount"])).scaleb(digits) for one in asked.get("transactions") or ()]
    try:
        refund = shop.world.refund(sale.number, amount=int(sum(amounts)), reason=asked.get("note") or "", key=key)
    except NotPossible as wrong:
        del shop.keys[key]
        return {"refund": None, "userErrors": [_wrong(str(wrong), "transactions")]}
    return {"refund": _refund_told(refund), "userErrors": []}


def _key(schema: GraphQLSchema, info: GraphQLResolveInfo[None]) -> str:
    """Needed for refunds since 2026-04."""
    directive = schema.get_directive("idempotent")
    assert directive is not None
    given = get_directive_values(directive, info.field_nodes[0], info.variable_values)
    if not given:
        raise GraphQLError(
            "The @idempotent directive is required for this mutation.", extensions={"code": "BAD_REQUEST"}
        )
    return str(given["key"])


def _refund_told(refund: MoneyBack) -> Told:
    return {
        "id": gid("Refund", refund.id),
        "legacyResourceId": str(number_of(refund.id)),
        "createdAt": moment(refund.at),
    }


def _cancel(shop: Shop, asked: Mapping[str, Any]) -> Told:
    shop.needs("write_orders", "orderCancel")
    sale = sale_of(shop, asked["orderId"])
    if sale is None:
        return {"job": None, "orderCancelUserErrors": [_wrong("Order does not exist", "orderId")]}
    try:
        shop.world.cancel(sale.number)
    except NotPossible as wrong:
        return {"job": None, "orderCancelUserErrors": [_wrong(str(wrong), "orderId")]}
    return {"job": {"id": gid("Job", sale.id), "done": False}, "orderCancelUserErrors": []}


def _decide(shop: Shop, asked: Mapping[str, Any], *, approve: bool) -> Told:
    shop.needs("write_returns", "returnApproveRequest" if approve else "returnDeclineRequest")
    found = _return(shop, asked["id"])
    if found is None:
        return {"return": None, "userErrors": [_wrong("Return does not exist", "input", "id")]}
    sale, back = found
    try:
        shop.world.decide_return(back.id, approve=approve)
    except NotPossible as wrong:
        return {"return": None, "userErrors": [_wrong(str(wrong), "input", "id")]}
    return {"return": return_told(back, sale=sale), "userErrors": []}


def _return(shop: Shop, id_: str) -> tuple[Sale, GoodsBack] | None:
    for sale in shop.world.sales.values():
        for back in sale.returns:
            if gid("Return", back.id) == id_:
                return sale, back
    return None


def _ship(shop: Shop, asked: Mapping[str, Any]) -> Told:
    shop.needs("write_merchant_managed_fulfillment_orders", "fulfillmentCreate")
    (parts,) = asked["lineItemsByFulfillmentOrder"]
    sale = next(
        (one for one in shop.world.sales.values() if gid("FulfillmentOrder", one.id) == parts["fulfillmentOrderId"]),
        None,
    )
    if sale is None:
        return {"fulfillment": None, "userErrors": [_wrong("Fulfillment order does not exist", "fulfillment")]}
    tracking = asked.get("trackingInfo") or {}
    try:
        parcel = shop.world.ship(
            sale.number,
            carrier=tracking.get("company") or "",
            tracking=tracking.get("number") or "",
            pieces=_pieces(sale, parts.get("fulfillmentOrderLineItems")),
        )
    except NotPossible as wrong:
        return {"fulfillment": None, "userErrors": [_wrong(str(wrong), "fulfillment")]}
    return {"fulfillment": fulfillment_told(parcel), "userErrors": []}


def _pieces(sale: Sale, asked: list[Mapping[str, Any]] | None) -> Mapping[str, int]:
    if not asked:
        return {line.id: remaining_of(line) for line in sale.lines if remaining_of(line)}
    wanted = {one["id"]: one["quantity"] for one in asked}
    ids = {gid("FulfillmentOrderLineItem", line.id): line.id for line in sale.lines}
    if unknown := wanted.keys() - ids.keys():
        raise NotPossible(f"There is no line {min(unknown)}.")
    return {ids[one]: quantity for one, quantity in wanted.items()}


def _wrong(message: str, *where: str) -> Told:
    return {"field": list(where), "message": message}
