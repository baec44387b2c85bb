"""What the shop answers to each question of the query root."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo

from tresen.fakes.sales import Sale
from tresen.fakes.shopify.connections import Told, gid, listed, moment
from tresen.fakes.shopify.disputes import Dispute, dispute_told
from tresen.fakes.shopify.orders import order_told
from tresen.fakes.shopify.returns import return_told
from tresen.fakes.shopify.stock import variant_told
from tresen.fakes.world import World

ALL_SCOPES = frozenset(
    {
        "read_all_orders",
        "read_customers",
        "read_products",
        "read_inventory",
        "read_shopify_payments_disputes",
        "write_orders",
        "write_returns",
        "write_merchant_managed_fulfillment_orders",
    }
)
_TIME = re.compile(r"(updated_at|initiated_at):(>=|<=|<|>)'([^']+)'")
_NAME = re.compile(r"name:'([^']*)'")


@dataclass(slots=True, kw_only=True)
class Shop:
    """One shop: its account of the world, and what its app may do."""

    world: World
    name: str = "Birkenhof"
    domain: str = "birkenhof.myshopify.com"
    scopes: frozenset[str] = ALL_SCOPES
    disputes: dict[str, Dispute] = field(default_factory=dict)
    keys: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """What each idempotency key was used for."""

    def needs(self, scope: str, name: str) -> None:
        """Refuse a field that the app has no right to."""
        if not {scope, scope.replace("read_", "write_")} & self.scopes:
            raise GraphQLError(
                f"Access denied for {name} field. Required access: `{scope}` access scope.",
                extensions={"code": "ACCESS_DENIED", "requiredAccess": f"`{scope}` access scope."},
            )


def query_root(shop: Shop) -> Told:
    """The root's fields."""
    return {
        "shop": {"name": shop.name, "myshopifyDomain": shop.domain},
        "currentAppInstallation": {"accessScopes": [{"handle": scope} for scope in sorted(shop.scopes)]},
        "order": lambda _info, id: _order(shop, id),  # noqa: A006 - the field's name
        "orders": lambda info, **asked: _orders(shop, info, asked),
        "return": lambda _info, id: _return(shop, id),  # noqa: A006 - the field's name
        "productVariant": lambda _info, id: _variant(shop, id),  # noqa: A006 - the field's name
        "productVariants": lambda info, **asked: _variants(shop, info, asked),
        "disputes": lambda info, **asked: _disputes(shop, info, asked),
    }


def sale_of(shop: Shop, order: str) -> Sale | None:
    """The sale with this id of Shopify's."""
    return next((sale for sale in shop.world.sales.values() if gid("Order", sale.id) == order), None)


def told_of(shop: Shop, sale: Sale) -> Told:
    """The order as far as the app may see it."""
    told = dict(order_told(sale, pictures=shop.world.pictures))
    returns = told["returns"]

    def guarded(info: GraphQLResolveInfo[Any], **asked: object) -> Any:
        shop.needs("read_returns", "returns")
        return returns(info, **asked)

    return told | {"returns": guarded}


def _order(shop: Shop, order: str) -> Told | None:
    shop.needs("read_orders", "order")
    sale = sale_of(shop, order)
    return told_of(shop, sale) if sale else None


def _orders(shop: Shop, info: GraphQLResolveInfo[Any], asked: dict[str, Any]) -> Told:
    shop.needs("read_orders", "orders")
    query = asked.pop("query", None) or ""
    fits = _between(query, "updated_at")
    named = [name.lstrip("#") for name in _NAME.findall(query)]
    found = [
        sale
        for sale in shop.world.sales.values()
        if fits(sale.changed_at)
        and (not named or sale.number.lstrip("#") in named)
        and (sale.returns or "return_status" not in query)
    ]
    return listed(
        found,
        lambda sale: told_of(shop, sale),
        by=lambda sale: f"{moment(sale.changed_at)} {sale.id}",
        info=info,
    )(**asked)


def _return(shop: Shop, id_: str) -> Told | None:
    shop.needs("read_returns", "return")
    for sale in shop.world.sales.values():
        for back in sale.returns:
            if gid("Return", back.id) == id_:
                return return_told(back, sale=sale)
    return None


def _variants(shop: Shop, info: GraphQLResolveInfo[Any], asked: dict[str, Any]) -> Told:
    shop.needs("read_products", "productVariants")
    shop.needs("read_inventory", "inventoryLevels")
    asked.pop("query", None)
    return listed([*shop.world.stock.values()], variant_told, by=lambda level: level.sku, info=info)(**asked)


def _variant(shop: Shop, id_: str) -> Told | None:
    found = [variant_told(level) for level in shop.world.stock.values() if gid("ProductVariant", level.sku) == id_]
    return found[0] if found else None


def _disputes(shop: Shop, info: GraphQLResolveInfo[Any], asked: dict[str, Any]) -> Told:
    shop.needs("read_shopify_payments_disputes", "disputes")
    fits = _between(asked.pop("query", None) or "", "initiated_at")
    found = [dispute for dispute in shop.disputes.values() if fits(dispute.initiated_at)]

    def told(dispute: Dispute) -> Told:
        return dispute_told(dispute, sale_of(shop, gid("Order", dispute.sale)))

    return listed(found, told, by=lambda dispute: dispute.id, info=info)(**asked)


def _between(query: str, name: str) -> Callable[[datetime], bool]:
    """Whether a time, in whole seconds as Shopify keeps it, fits the query."""
    bounds = [(sign, value) for field_, sign, value in _TIME.findall(query) if field_ == name]

    def fits(at: datetime) -> bool:
        told = moment(at) or ""
        return all(
            {">=": told >= value, "<=": told <= value, "<": told < value, ">": told > value}[sign]
            for sign, value in bounds
        )

    return fits
