"""Reading the mirror of the channels' orders."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from tresen.accounts.scope import Scope
from tresen.orders.models import Order, StockLevel

MOST_ASKED = 5_000
PARTS = ("lines", "fulfilments", "returns", "refunds", "cases", "documents")


class OrderHidden(LookupError):
    """No such order in this scope."""


def orders_named(order_ids: Collection[int]) -> list[Order]:
    """These orders with all their parts, the newest first. The caller has shown that the agent may see them."""
    found = Order.objects.filter(pk__in=order_ids).select_related("store").prefetch_related(*PARTS)
    return list(found.order_by("-ordered_at", "-pk"))


def visible_orders(scope: Scope) -> QuerySet[Order]:
    """The orders of a scope: those of its stores and brands."""
    found = Order.objects.all()
    if scope.stores is not None and scope.brands is not None:
        found = found.filter(Q(store__in=scope.stores) | Q(brand__in=scope.brands))
    return found


def order_in(scope: Scope, order_id: int) -> Order:
    """The order with its store and its buyer. Raises OrderHidden."""
    order = visible_orders(scope).select_related("store__brand", "identity").filter(pk=order_id).first()
    if order is None:
        raise OrderHidden(f"There is no order {order_id} here.")
    return order


def orders_of_customer(customer_id: int, *, scope: Scope, most: int = 20) -> list[Order]:
    """The customer's orders over all of his identities and stores, the newest first."""
    mine = visible_orders(scope).filter(identity__customer=customer_id)
    found = mine.select_related("store").prefetch_related("lines")
    return list(found.order_by("-ordered_at", "-pk")[:most])


def stock_of(products: Collection[tuple[int, str]]) -> dict[tuple[int, str], StockLevel]:
    """What is on the shelf of these products, by store and SKU."""
    if not products:
        return {}
    stores, skus = zip(*products, strict=True)
    found = StockLevel.objects.filter(store__in=set(stores), sku__in=set(skus))
    return {(level.store_id, level.sku): level for level in found if (level.store_id, level.sku) in set(products)}


def currencies_in_use() -> list[str]:
    """The currencies of the newest orders, by their codes."""
    newest = Order.objects.order_by("-pk").values("currency")[:MOST_ASKED]
    return sorted({row["currency"] for row in newest if row["currency"]})
