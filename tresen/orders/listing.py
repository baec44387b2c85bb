"""Lists of orders, page by page, inside a scope. What a page costs does not grow with the orders there are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tresen.accounts.scope import Scope
from tresen.orders.models import Order
from tresen.orders.queries import visible_orders
from tresen.stores.models import Store


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the order that stands there last."""

    ordered_at: datetime
    id: int

    @classmethod
    def of(cls, order: Order) -> "Place":
        """The place of an order."""
        return cls(order.ordered_at, order.pk)

    @classmethod
    def read(cls, written: str) -> "Place | None":
        """The place that an address names; None for none, and for what is no place."""
        at, _, number = written.partition("~")
        try:
            when, order = datetime.fromisoformat(at), int(number)
        except ValueError:
            return None
        return cls(when, order) if when.tzinfo is not None and 0 <= order < 1 << 62 else None

    @property
    def written(self) -> str:
        """As an address names it."""
        return f"{self.ordered_at.isoformat()}~{self.id}"


def newest_orders(*, scope: Scope, after: Place | None = None, most: int) -> list[Order]:
    """The newest orders, `most` of them, behind the place `after`."""
    return _newest(None, scope=scope, after=after, most=most)


def orders_of_number(number: str, *, scope: Scope, most: int = 5) -> list[Order]:
    """The orders of just this number, with or without the # that some shops write before it; the newest first."""
    return _newest(spellings(number), scope=scope, after=None, most=most)


def spellings(number: str) -> list[str]:
    """A number as shops may write it."""
    bare = number.strip().removeprefix("#")
    return sorted({number.strip(), bare, f"#{bare}"})


def stores_in(scope: Scope) -> list[int]:
    """The stores that a scope shows."""
    stores = Store.objects.all()
    if scope.stores is not None and scope.brands is not None:
        stores = stores.filter(pk__in=scope.stores) | stores.filter(brand__in=scope.brands)
    return list(stores.values_list("pk", flat=True))


def orders_listed(order_ids: Collection[int], *, scope: Scope) -> list[Order]:
    """These orders as a list shows them, with store and buyer, the newest first."""
    found = visible_orders(scope).filter(pk__in=order_ids).select_related("store", "identity")
    return list(found.order_by("-ordered_at", "-pk"))


def _newest(numbers: Sequence[str] | None, *, scope: Scope, after: Place | None, most: int) -> list[Order]:
    # One short walk along an index in each store, merged: never a sort of all orders.
    values = {
        "stores": stores_in(scope),
        "numbers": list(numbers) if numbers is not None else None,
        "at": after.ordered_at if after else None,
        "id": after.id if after else None,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERED if numbers is not None else _NEWEST, values)
        ids = [row[0] for row in cursor.fetchall()]
    return orders_listed(ids, scope=scope)


_EACH = """
    SELECT found.id FROM unnest(%(stores)s::bigint[]) AS given (store) CROSS JOIN LATERAL (
        SELECT one.id, one.ordered_at FROM orders_order one
        WHERE one.store_id = given.store {}
          AND (%(at)s::timestamptz IS NULL OR (one.ordered_at, one.id) < (%(at)s::timestamptz, %(id)s::bigint))
        ORDER BY one.ordered_at DESC, one.id DESC LIMIT %(most)s
    ) found ORDER BY found.ordered_at DESC, found.id DESC LIMIT %(most)s
"""
_NEWEST = _EACH.format("")
_NUMBERED = _EACH.format("AND one.number = ANY(%(numbers)s::text[])")
